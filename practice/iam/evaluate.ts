import { type Context, contextOf } from './context.ts';
import { fulfils } from './operators.ts';
import { pattern } from './pattern.ts';
import type { Policy, Statement } from './policy.ts';
import { type Asker, accountOf, type Naming, namingOf } from './principal.ts';

export type PolicyType = 'identity' | 'boundary' | 'session' | 'resource' | 'trust';

/** A policy with what tells it apart from others. */
export interface NamedPolicy {
	document: Policy;
	/** Of managed policies. */
	arn?: string;
	/** Of inline policies. */
	name?: string;
}

/** Everything that may decide a request. What is undefined is not there, and limits nothing. */
export interface Policies {
	identity?: NamedPolicy[];
	boundary?: NamedPolicy | undefined;
	/** An empty list is a session policy that allows nothing; undefined is no session policy. */
	session?: NamedPolicy[] | undefined;
	resource?: NamedPolicy | undefined;
}

export interface Request {
	/** `sqs:SendMessage` */
	action: string;
	/** An ARN, or `*` for an action that has no resource. */
	resource: string;
	principal: Asker;
	context?: Context;
	policies: Policies;
	/** The account that the resource is in, where that is not the principal's own. */
	resourceAccount?: string;
	/** For trust policies and KMS keys, to which an identity policy alone gives no access. */
	resourcePolicyRequired?: boolean;
}

/** A statement that matched the request. */
export interface Match {
	type: PolicyType;
	policy: NamedPolicy;
	statement: Statement;
}

export interface Decision {
	allowed: boolean;
	/** The statements that allow or explicitly deny; none for an implicit denial. */
	decidedBy: Match[];
	/** Present when the request is denied. */
	denial?: Denial;
}

export interface Denial {
	explicit: boolean;
	type: PolicyType;
	/** The managed policy with the explicit deny. */
	policyArn?: string;
}

/**
 * Decides a request as AWS does.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function evaluate(request: Request): Decision {
	const { principal, policies } = request;
	if (principal.kind === 'administrator') return { allowed: true, decidedBy: [] };

	const identity = look('identity', policies.identity ?? [], request);
	const resource = look('resource', policies.resource ? [policies.resource] : [], request);
	const boundary = look('boundary', policies.boundary ? [policies.boundary] : [], request);
	const session = look('session', policies.session ?? [], request);
	for (const { denies } of [identity, resource, boundary, session]) {
		const [first] = denies;
		if (!first) continue;
		const { arn } = first.policy;
		return {
			allowed: false,
			decidedBy: denies,
			denial: { explicit: true, type: first.type, ...(arn && { policyArn: arn }) },
		};
	}
	const lacking = (type: PolicyType): Decision => ({
		allowed: false,
		decidedBy: [],
		denial: { explicit: false, type },
	});

	const granted = strongest(resource.namings);
	const foreign = request.resourceAccount !== undefined && request.resourceAccount !== accountOf(principal.arn);
	const identified = principal.kind === 'user' || principal.kind === 'session';
	if (!identified) {
		return granted ? { allowed: true, decidedBy: resource.allows } : lacking('resource');
	}
	if (granted === 'direct' && !foreign) return { allowed: true, decidedBy: resource.allows };
	if (granted !== 'role' || foreign) {
		if (identity.allows.length === 0) return lacking('identity');
		if (!granted && (foreign || request.resourcePolicyRequired)) return lacking('resource');
	}
	if (policies.boundary && boundary.allows.length === 0) return lacking('boundary');
	if (policies.session && session.allows.length === 0) return lacking('session');
	return { allowed: true, decidedBy: [...identity.allows, ...resource.allows, ...boundary.allows, ...session.allows] };
}

interface Findings {
	allows: Match[];
	denies: Match[];
	/** How the allowing statements name the principal. */
	namings: Naming[];
}

function look(type: PolicyType, policies: NamedPolicy[], request: Request): Findings {
	const findings: Findings = { allows: [], denies: [], namings: [] };
	for (const policy of policies) {
		for (const statement of policy.document.statements) {
			const naming = matches(statement, policy.document.version, request);
			if (!naming) continue;
			const match = { type, policy, statement };
			if (statement.effect === 'Deny') findings.denies.push(match);
			else {
				findings.allows.push(match);
				findings.namings.push(naming);
			}
		}
	}
	return findings;
}

const nothing = contextOf();

/** Whether a statement is about this request, and how it names who asks. */
function matches(statement: Statement, version: Policy['version'], request: Request): Naming | undefined {
	const { action, resource, principal, context = nothing } = request;
	const variables = version === '2012-10-17';
	const anyAction = (names: string[]) =>
		names.some((name) => pattern(name, { context, wildcards: true, ignoreCase: true })?.test(action));
	const anyResource = (names: string[]) =>
		names.some((name) => pattern(completed(name), { context, wildcards: true, variables })?.test(resource));

	if (statement.action && !anyAction(statement.action)) return undefined;
	if (statement.notAction && anyAction(statement.notAction)) return undefined;
	if (statement.resource && !anyResource(statement.resource)) return undefined;
	if (statement.notResource && anyResource(statement.notResource)) return undefined;
	if (statement.notPrincipal && namingOf(statement.notPrincipal, principal)) return undefined;
	const naming = statement.principal ? namingOf(statement.principal, principal) : 'direct';
	if (!naming) return undefined;
	return statement.conditions.every((condition) => fulfils(condition, context, variables)) ? naming : undefined;
}

/** IAM reads an ARN of fewer than six parts as if the rest were `*`. */
function completed(resource: string): string {
	const missing = 6 - resource.split(':').length;
	return resource.startsWith('arn:') && missing > 0 ? resource + ':*'.repeat(missing) : resource;
}

const strongest = (namings: Naming[]): Naming | undefined =>
	(['direct', 'role', 'account'] as const).find((naming) => namings.includes(naming));
