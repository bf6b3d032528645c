import { AssumeRole$, type AssumeRoleRequest, type AssumeRoleResponse, type Credentials } from '@aws-sdk/client-sts';
import type { AccountInRegion } from '../../account/account.ts';
import type { Key } from '../../account/keys.ts';
import { Fault, notImplemented, refuseParameters } from '../../fault.ts';
import { globalKeys } from '../../iam/authorize.ts';
import { contextOf } from '../../iam/context.ts';
import { denialOf } from '../../iam/denial.ts';
import { accountOf, principalKeys } from '../../iam/principal.ts';
import { evaluateTrust } from '../../iam/trust.ts';
import { type Call, operation } from '../../operation.ts';
import { invalid, readDocument, unfit } from '../iam/faults.ts';
import { permissionsOf, readPolicy } from '../iam/permissions.ts';
import { ManagedPolicies } from '../iam/stores/managed-policies.ts';
import { type Role, Roles } from '../iam/stores/roles.ts';
import { readTags, requestTags, resourceTags } from '../iam/tags.ts';
import { sessionOf, temporaryKeys } from './sessions.ts';

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export const assumeRole = operation(
	AssumeRole$,
	(input: AssumeRoleRequest, call: Call): AssumeRoleResponse => {
		refuseParameters('AssumeRole', input, [
			...['TransitiveTagKeys', 'SerialNumber', 'TokenCode', 'SourceIdentity', 'ProvidedContexts'],
			'MinimumSessionTokenSize',
		]);
		const { account } = call;
		checkSessionName(input.RoleSessionName!);
		const tags = readTags(input.Tags);
		const policies = sessionPolicies(input, account);
		const role = trusted(input, call);
		const seconds = duration(input.DurationSeconds, role, call);
		const limits = { ...(policies && { policies }), ...(input.Tags?.length && { tags }) };
		const session = sessionOf(account, role, input.RoleSessionName!, limits);
		const packed = [...(policies ?? []), ...(input.Tags?.length ? [JSON.stringify(tags)] : [])].join('').length;
		return {
			Credentials: credentials(account, temporaryKeys(account, session, seconds)),
			AssumedRoleUser: { AssumedRoleId: session.id, Arn: session.arn },
			...(packed > 0 && { PackedPolicySize: Math.ceil((packed / 2048) * 100) }),
		};
	},
	// Trust policy and identity policies are decided together, below.
	{ access: () => [], touches: ({ RoleArn }) => RoleArn },
);

/** The role, if its trust policy and the caller's own policies let the caller assume it. */
function trusted(input: AssumeRoleRequest, call: Call): Role {
	const { account, principal } = call;
	const arn = input.RoleArn!;
	if (!/^arn:aws:iam::\d{12}:role\/./.test(arn)) throw invalid(`${arn} is invalid`);
	if (accountOf(arn) !== account.id) throw notImplemented('roles of other accounts');
	const role = account.store(Roles).byArn(arn);
	if (!role) {
		// AWS does not tell whether it is the role or the trust that is missing.
		throw new Fault(
			'AccessDenied',
			`User: ${principal.arn} is not authorized to perform: sts:AssumeRole on resource: ${arn}`,
			{ status: 403 },
		);
	}
	const { tags, ...policies } = permissionsOf(account, principal);
	const context = contextOf(globalKeys(call), principalKeys(principal, tags), resourceTags(role.tags), {
		...requestTags(input.Tags),
		'sts:RoleSessionName': input.RoleSessionName,
		'sts:ExternalId': input.ExternalId,
	});
	for (const action of ['sts:AssumeRole', ...(input.Tags?.length ? ['sts:TagSession'] : [])]) {
		const trust = readPolicy(role.trust, 'trust');
		const { denial } = evaluateTrust({ action, role: { arn, trust }, principal, context, policies });
		if (!denial) continue;
		const { code, message, status } = denialOf('sts', { principal: principal.arn, action, resource: arn, denial });
		throw new Fault(code, message, { status });
	}
	return role;
}

/** The session policies as JSON; undefined when there are none, so that nothing is taken away. */
function sessionPolicies({ Policy, PolicyArns }: AssumeRoleRequest, account: AccountInRegion): string[] | undefined {
	if (Policy === undefined && !PolicyArns?.length) return undefined;
	if (Policy !== undefined) {
		if (Policy.length > 2048) throw unfit(Policy, 'policy', 'have length less than or equal to 2048');
		readDocument(Policy, 'identity');
	}
	if (PolicyArns && PolicyArns.length > 10) {
		throw unfit(PolicyArns.length, 'policyArns', 'have length less than or equal to 10');
	}
	const managed = account.store(ManagedPolicies);
	const documents = (PolicyArns ?? []).map(({ arn }) => {
		const policy = managed.attachable(arn!);
		return policy.versions.find(({ id }) => id === policy.defaultVersion)!.document;
	});
	return [...(Policy === undefined ? [] : [Policy]), ...documents];
}

function checkSessionName(name: string): void {
	const member = 'roleSessionName';
	if (name.length < 2) throw unfit(name, member, 'have length greater than or equal to 2');
	if (name.length > 64) throw unfit(name, member, 'have length less than or equal to 64');
	if (!/^[\w+=,.@-]*$/.test(name)) {
		throw unfit(name, member, 'satisfy regular expression pattern: [\\w+=,.@-]*');
	}
}

function duration(seconds: number | undefined, role: Role, { principal }: Call): number {
	if (seconds === undefined) return 3600;
	checkDuration(seconds, 43_200);
	if (principal.kind === 'session' && seconds > 3600) {
		throw invalid('The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.');
	}
	if (seconds > role.longestSession) {
		throw invalid('The requested DurationSeconds exceeds the MaxSessionDuration set for this role.');
	}
	return seconds;
}

export function checkDuration(seconds: number, most: number): void {
	if (seconds < 900) throw unfit(seconds, 'durationSeconds', 'have value greater than or equal to 900');
	if (seconds > most) throw unfit(seconds, 'durationSeconds', `have value less than or equal to ${most}`);
}

/** Keys as STS answers them. Their end is host time; the wire takes the account's offset from what it sends. */
export const credentials = (account: AccountInRegion, key: Key): Credentials => ({
	AccessKeyId: key.accessKeyId,
	SecretAccessKey: key.secretAccessKey,
	SessionToken: key.sessionToken,
	Expiration: new Date(account.clock.fromWire(key.expires!)),
});
