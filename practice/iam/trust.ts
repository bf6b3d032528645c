import type { Context } from './context.ts';
import { type Decision, evaluate, type Policies } from './evaluate.ts';
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
	const decision = evaluate({
		action,
		resource: role.arn,
		principal,
		policies: { ...policies, resource: trust },
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

/** Whether a role lets an AWS service assume it: what CreateFunction, CreateProject and others ask of the role they are given. */
export const trustsService = (role: { arn: string; trust: Policy }, service: string, context?: Context): boolean =>
	evaluateTrust({
		role,
		principal: { kind: 'service', service, arn: service, id: service },
		policies: {},
		...(context && { context }),
	}).allowed;
