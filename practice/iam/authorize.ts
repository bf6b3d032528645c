import { isIP } from 'node:net';
import type { Principal } from '../account/principal.ts';
import { Fault } from '../fault.ts';
import type { Call } from '../operation.ts';
import { permissionsOf, readPolicy } from '../services/iam/permissions.ts';
import { type ContextValues, contextOf } from './context.ts';
import { denialOf } from './denial.ts';
import { evaluate } from './evaluate.ts';
import { accountOf, principalKeys } from './principal.ts';

/** What is asked of IAM: may this principal do this action on this resource? */
export interface AuthorizationRequest {
	action: string;
	resource: string;
	context: Record<string, string | string[]>;
	/** The resource's own policy as JSON. */
	policy: string | undefined;
	/** The service that was called and words the denial, where it is not the action's: `iam:PassRole` is asked by others. */
	service?: string;
}

/** Throws AWS's AccessDenied unless the caller may. The administrator is never asked. */
export function authorize(call: Call, { action, resource, context, policy, service }: AuthorizationRequest): void {
	const { account, principal } = call;
	if (principal.kind === 'administrator') return;
	const { tags, ...policies } = permissionsOf(account, principal);
	const owner = accountOf(resource);
	const { denial } = evaluate({
		action,
		resource,
		principal,
		context: contextOf(globalKeys(call), principalKeys(principal, tags), context),
		policies: {
			...policies,
			resource: policy === undefined ? undefined : { document: readPolicy(policy, 'resource') },
		},
		resourceAccount: /^\d{12}$/.test(owner) ? owner : account.id,
	});
	if (!denial) return;
	const { code, message, status } = denialOf(service ?? action.split(':')[0]!.toLowerCase(), {
		principal: nameOf(principal),
		action,
		resource,
		denial,
	});
	throw new Fault(code, message, { status });
}

/**
 * The condition keys that every request has.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function globalKeys({ account, sourceIp, userAgent, principal }: Call): ContextValues {
	const now = account.clock.now();
	return {
		'aws:CurrentTime': new Date(now).toISOString(),
		'aws:EpochTime': Math.floor(now / 1000),
		'aws:RequestedRegion': account.region,
		'aws:ResourceAccount': account.id,
		// The loopback stands for the encrypted line to AWS: nothing leaves the machine, and `enforceSSL` must not lock everybody out.
		'aws:SecureTransport': true,
		'aws:SourceIp': isIP(sourceIp) ? sourceIp : undefined,
		'aws:UserAgent': userAgent || undefined,
		'aws:ViaAWSService': false,
		'aws:MultiFactorAuthPresent': principal.kind === 'session' ? false : undefined,
	};
}

const nameOf = (principal: Principal) => (principal.kind === 'anonymous' ? 'anonymous' : principal.arn);
