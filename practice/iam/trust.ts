import type { Context } from './context.ts';
import { type Decision, evaluate, type NamedPolicy, type Policies } from './evaluate.ts';
import type { Policy } from './policy.ts';
import { type Asker, accountOf } from './principal.ts';

export interface Assumption {
	/** `sts:AssumeRole` unless said otherwise; a trust policy must also allow `sts:TagSession` where session tags are passed. */
	action?: string;
	role: { arn: string; trust: Policy };
	principal: Asker;
	/** Holds `sts:ExternalId`, `sts:RoleSessionName` and the like. */
	context?: Context;
	/** Of the principal: its identity policies, boundary and session policies. */
	policies: Omit<Policies, 'resource'>;
}

/**
 * Decides whether somebody may assume a role. The trust policy must name them; where it names only their account, their
 * own identity policies must allow it as well, as they must where the role is in another account.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_terms-and-concepts.html
 */
export function evaluateTrust({ action = 'sts:AssumeRole', role, principal, context, policies }: Assumption): Decision {
	const trust = { document: role.trust };
	const asker = asUser(principal, policies);
	const decision = evaluate({
		action,
		resource: role.arn,
		principal: asker.principal,
		policies: { ...asker.policies, resource: trust },
		resourceAccount: accountOf(role.arn),
		resourcePolicyRequired: true,
		...(context && { context }),
	});
	const { denial, decidedBy, allowed } = decision;
	return {
		allowed,
		decidedBy: decidedBy.map((match) => (match.policy === trust ? { ...match, type: 'trust' } : match)),
		...(denial && { denial: denial.type === 'resource' ? { ...denial, type: 'trust' } : denial }),
	};
}

/** Even the administrator is let in by the trust policy alone; to their own policies they are a user who may do everything. */
function asUser(principal: Asker, policies: Assumption['policies']): Pick<Assumption, 'principal' | 'policies'> {
	if (principal.kind !== 'administrator') return { principal, policies };
	const { arn, id } = principal;
	return { principal: { kind: 'user', name: arn.split('/').at(-1)!, arn, id }, policies: { identity: [everything] } };
}

const everything: NamedPolicy = {
	document: {
		version: '2012-10-17',
		statements: [{ effect: 'Allow', action: ['*'], resource: ['*'], conditions: [] }],
	},
};

/** Whether a role lets an AWS service assume it: what CreateFunction, CreateProject and others ask of the role they are given. */
export const trustsService = (role: { arn: string; trust: Policy }, service: string, context?: Context): boolean =>
	evaluateTrust({
		role,
		principal: { kind: 'service', service, arn: service, id: service },
		policies: {},
		...(context && { context }),
	}).allowed;
