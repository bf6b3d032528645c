import {
	type ContextEntry,
	type EvaluationResult,
	SimulateCustomPolicy$,
	type SimulateCustomPolicyRequest,
	type SimulatePolicyResponse,
	SimulatePrincipalPolicy$,
	type SimulatePrincipalPolicyRequest,
	type Statement,
} from '@aws-sdk/client-iam';
import type { AccountInRegion } from '../../../account/account.ts';
import type { Principal } from '../../../account/principal.ts';
import { refuseParameters } from '../../../fault.ts';
import { type Context, contextOf } from '../../../iam/context.ts';
import { evaluate, type Match, type NamedPolicy, type Policies } from '../../../iam/evaluate.ts';
import { pattern } from '../../../iam/pattern.ts';
import { principalKeys } from '../../../iam/principal.ts';
import { operation } from '../../../operation.ts';
import { invalidInput, readDocument } from '../faults.ts';
import { page } from '../pages.ts';
import { entityPolicies } from '../permissions.ts';
import { Groups } from '../stores/groups.ts';
import { Roles } from '../stores/roles.ts';
import { Users } from '../stores/users.ts';

type Asked = Pick<
	SimulatePrincipalPolicyRequest,
	| 'ActionNames'
	| 'ResourceArns'
	| 'ResourcePolicy'
	| 'ResourceOwner'
	| 'ContextEntries'
	| 'PolicyInputList'
	| 'PermissionsBoundaryPolicyInputList'
	| 'Marker'
	| 'MaxItems'
>;
interface Whom {
	principal: Principal;
	tags: Record<string, string>;
	identity: NamedPolicy[];
	boundary?: NamedPolicy | undefined;
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html */
export const simulatePrincipalPolicy = operation(
	SimulatePrincipalPolicy$,
	(input: SimulatePrincipalPolicyRequest, { account }): SimulatePolicyResponse => {
		refuseParameters('SimulatePrincipalPolicy', input, ['CallerArn', 'PolicyExclusionList', 'ResourceHandlingOption']);
		return simulate(input, whom(account, input.PolicySourceArn!));
	},
	{ access: ({ PolicySourceArn }) => ({ resource: PolicySourceArn! }) },
);

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html */
export const simulateCustomPolicy = operation(
	SimulateCustomPolicy$,
	(input: SimulateCustomPolicyRequest, { account }): SimulatePolicyResponse => {
		refuseParameters('SimulateCustomPolicy', input, ['CallerArn', 'PolicyExclusionList', 'ResourceHandlingOption']);
		const arn = account.arn('iam', 'user/simulated');
		return simulate(input, {
			principal: { kind: 'user', name: 'simulated', arn, id: 'AIDASIMULATED' },
			tags: {},
			identity: [],
		});
	},
);

function whom(account: AccountInRegion, arn: string): Whom {
	const [, kind, name] = /^arn:aws:iam::\d{12}:(user|role)\/(?:.*\/)?([^/]+)$/.exec(arn) ?? [];
	if (!name) throw invalidInput(`Invalid Entity Arn: ${arn} does not clearly define entity type and name.`);
	if (kind === 'user') {
		const user = account.store(Users).find(name);
		const groups = user.groups.map((group) => account.store(Groups).find(group));
		const principal: Principal = { kind: 'user', name: user.name, arn: user.arn, id: user.id };
		return { principal, tags: user.tags, ...entityPolicies(account, user, groups) };
	}
	const role = account.store(Roles).find(name);
	const principal: Principal = {
		kind: 'session',
		role: role.name,
		roleArn: role.arn,
		name: 'simulated',
		arn: account.arn('sts', `assumed-role/${role.name}/simulated`),
		id: `${role.id}:simulated`,
	};
	return { principal, tags: role.tags, ...entityPolicies(account, role) };
}

function simulate(input: Asked, { principal, tags, identity, boundary }: Whom): SimulatePolicyResponse {
	const inputs = (texts: string[] | undefined, list: string) =>
		(texts ?? []).map((text, index) => ({
			name: `${list}.${index + 1}`,
			document: readDocument(text, 'identity'),
		}));
	const policies: Policies = {
		identity: [...identity, ...inputs(input.PolicyInputList, 'PolicyInputList')],
		boundary: inputs(input.PermissionsBoundaryPolicyInputList, 'PermissionsBoundaryPolicyInputList')[0] ?? boundary,
		resource: input.ResourcePolicy
			? { name: 'ResourcePolicy', document: readDocument(input.ResourcePolicy, 'resource') }
			: undefined,
	};
	const context = contextOf(principalKeys(principal, tags), entries(input.ContextEntries));
	const questions = input.ActionNames!.flatMap((action) =>
		(input.ResourceArns?.length ? input.ResourceArns : ['*']).map((resource) => ({ action, resource })),
	);
	const numbered = questions.map((question, index) => ({ ...question, key: String(index).padStart(6, '0') }));
	const { items, rest } = page(numbered, ({ key }) => key, input);
	return {
		EvaluationResults: items.map(({ action, resource }): EvaluationResult => {
			const owner = input.ResourceOwner?.split(':')[4];
			const request = { action, resource, principal, context, policies };
			const decision = evaluate({ ...request, ...(owner && { resourceAccount: owner }) });
			const { boundary: bound } = policies;
			const within = bound && evaluate({ ...request, policies: { identity: [bound] } }).allowed;
			return {
				EvalActionName: action,
				EvalResourceName: resource,
				EvalDecision: decision.allowed ? 'allowed' : decision.denial!.explicit ? 'explicitDeny' : 'implicitDeny',
				MatchedStatements: decision.decidedBy.map(asStatement),
				MissingContextValues: missing(policies, action, context),
				...(within !== undefined && {
					PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: within },
				}),
			};
		}),
		...rest,
	};
}

const entries = (given: ContextEntry[] | undefined) =>
	Object.fromEntries(
		(given ?? []).map(({ ContextKeyName, ContextKeyValues }) => [ContextKeyName!, ContextKeyValues ?? []]),
	);

const asStatement = ({ policy, type }: Match): Statement => ({
	SourcePolicyId: policy.name!,
	SourcePolicyType:
		type === 'resource'
			? 'resource'
			: !policy.arn
				? 'none'
				: policy.arn.includes('::aws:')
					? 'aws-managed'
					: 'user-managed',
});

/** Keys that statements about the action ask for and the simulation was not given. */
function missing({ identity = [], boundary, resource }: Policies, action: string, context: Context): string[] {
	const keys = [...identity, ...(boundary ? [boundary] : []), ...(resource ? [resource] : [])]
		.flatMap(({ document }) => document.statements)
		.filter(({ action: names }) =>
			names?.some((name) => pattern(name, { context, wildcards: true, ignoreCase: true })!.test(action)),
		)
		.flatMap(({ conditions }) => conditions.map(({ key }) => key))
		.filter((key) => !context.has(key.toLowerCase()));
	return [...new Set(keys)];
}
