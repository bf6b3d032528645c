import {
	CreatePolicy$,
	type CreatePolicyRequest,
	type CreatePolicyResponse,
	DeletePolicy$,
	type DeletePolicyRequest,
	GetPolicy$,
	type GetPolicyRequest,
	type GetPolicyResponse,
	ListEntitiesForPolicy$,
	type ListEntitiesForPolicyRequest,
	type ListEntitiesForPolicyResponse,
	ListPolicies$,
	type ListPoliciesRequest,
	type ListPoliciesResponse,
} from '@aws-sdk/client-iam';
import { Fault } from '../../../fault.ts';
import { type Access, operation } from '../../../operation.ts';
import { onPolicy } from '../access.ts';
import { alreadyExists, deleteConflict, limitExceeded, readDocument } from '../faults.ts';
import { checkedPath, checkName, uniqueId } from '../names.ts';
import { byKey, page } from '../pages.ts';
import type { Entity } from '../stores/entities.ts';
import { Groups } from '../stores/groups.ts';
import { ManagedPolicies, type ManagedPolicy } from '../stores/managed-policies.ts';
import { Roles } from '../stores/roles.ts';
import { Users } from '../stores/users.ts';
import { readTags, requestTags } from '../tags.ts';
import { listedPolicy, tagList, wholePolicy } from '../views.ts';

const touches = ({ PolicyArn }: { PolicyArn?: string | undefined }) => PolicyArn!;

/** A document that a managed policy may have. */
export function checkDocument(text: string): string {
	readDocument(text, 'identity');
	if (text.replace(/\s/g, '').length > 6_144) throw limitExceeded('Cannot exceed quota for PolicySize: 6144');
	return text;
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html */
export const createPolicy = operation(
	CreatePolicy$,
	(input: CreatePolicyRequest, { account }): CreatePolicyResponse => {
		const name = input.PolicyName!;
		checkName('policyName', name);
		const path = checkedPath(input.Path);
		const tags = readTags(input.Tags);
		const document = checkDocument(input.PolicyDocument!);
		const policies = account.store(ManagedPolicies);
		if (policies.list().some((policy) => policy.name.toLowerCase() === name.toLowerCase())) {
			throw alreadyExists(`A policy called ${name} already exists. Duplicate names are not allowed.`);
		}
		const arn = account.arn('iam', `policy${path}${name}`);
		const created = account.clock.now();
		const policy = policies.put(arn, {
			...{ name, path, id: uniqueId('ANPA'), arn, created, updated: created, tags },
			...{ defaultVersion: 'v1', newest: 1, versions: [{ id: 'v1', document, created }] },
			...(input.Description !== undefined && { description: input.Description }),
		});
		return {
			Policy: {
				...listedPolicy(account, policy),
				...(policy.description !== undefined && { Description: policy.description }),
				...(Object.keys(tags).length > 0 && { Tags: tagList(tags) }),
			},
		};
	},
	{
		access({ PolicyName, Path, Tags }, { account }): Access[] {
			const resource = account.arn('iam', `policy${Path ?? '/'}${PolicyName}`);
			const create = { resource, context: requestTags(Tags) };
			return Tags?.length ? [create, { ...create, action: 'iam:TagPolicy' }] : [create];
		},
		touches: ({ PolicyName }) => PolicyName,
	},
);

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicy.html */
export const getPolicy = operation(
	GetPolicy$,
	({ PolicyArn }: GetPolicyRequest, { account }): GetPolicyResponse => ({
		Policy: wholePolicy(account, account.store(ManagedPolicies).find(PolicyArn!)),
	}),
	{ access: onPolicy },
);

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicies.html */
export const listPolicies = operation(
	ListPolicies$,
	(input: ListPoliciesRequest, { account }): ListPoliciesResponse => {
		const { Scope = 'All', OnlyAttached = false, PathPrefix = '/', PolicyUsageFilter } = input;
		const policies = account.store(ManagedPolicies);
		const count = (names: Record<string, string[]>) => Object.values(names).flat().length;
		const all = [...(Scope === 'AWS' ? [] : policies.list()), ...(Scope === 'Local' ? [] : policies.ofAws)]
			.filter(({ path }) => path.startsWith(PathPrefix))
			.filter(({ arn }) => {
				const attached = count(policies.holders(arn));
				const bounding = count(policies.bounded(arn));
				if (PolicyUsageFilter === 'PermissionsPolicy' && attached === 0) return false;
				if (PolicyUsageFilter === 'PermissionsBoundary' && bounding === 0) return false;
				return !OnlyAttached || attached + bounding > 0;
			})
			.sort(byKey(({ arn }) => arn));
		const { items, rest } = page(all, ({ arn }) => arn, input);
		return { Policies: items.map((policy) => listedPolicy(account, policy)), ...rest };
	},
	{ access: ({ PathPrefix = '/' }, { account }) => ({ resource: account.arn('iam', `policy${PathPrefix}`) }) },
);

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListEntitiesForPolicy.html */
export const listEntitiesForPolicy = operation(
	ListEntitiesForPolicy$,
	(input: ListEntitiesForPolicyRequest, { account }): ListEntitiesForPolicyResponse => {
		const { EntityFilter, PathPrefix = '/', PolicyUsageFilter = 'PermissionsPolicy' } = input;
		const { arn } = account.store(ManagedPolicies).find(input.PolicyArn!);
		const holds = ({ attached, boundary, path }: Entity) =>
			path.startsWith(PathPrefix) &&
			(PolicyUsageFilter === 'PermissionsBoundary' ? boundary === arn : attached.includes(arn));
		const kinds = [
			['Group', account.store(Groups)],
			['Role', account.store(Roles)],
			['User', account.store(Users)],
		] as const;
		const all = kinds
			.filter(([kind]) => EntityFilter === undefined || EntityFilter === kind)
			.flatMap(([kind, store]) =>
				store
					.list()
					.filter(holds)
					.map((entity) => ({ kind, entity })),
			);
		const { items, rest } = page(all, ({ kind, entity }) => `${kind}/${entity.name.toLowerCase()}`, input);
		const of = (wanted: string) => items.filter(({ kind }) => kind === wanted).map(({ entity }) => entity);
		return {
			PolicyGroups: of('Group').map(({ name, id }) => ({ GroupName: name, GroupId: id })),
			PolicyRoles: of('Role').map(({ name, id }) => ({ RoleName: name, RoleId: id })),
			PolicyUsers: of('User').map(({ name, id }) => ({ UserName: name, UserId: id })),
			...rest,
		};
	},
	{ access: onPolicy },
);

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicy.html */
export const deletePolicy = operation(
	DeletePolicy$,
	({ PolicyArn }: DeletePolicyRequest, { account }) => {
		const policies = account.store(ManagedPolicies);
		const policy = ownPolicy(policies, PolicyArn!);
		const used = [policies.holders(policy.arn), policies.bounded(policy.arn)];
		if (used.some((names) => Object.values(names).flat().length > 0)) {
			throw deleteConflict('Cannot delete a policy attached to entities.');
		}
		if (policy.versions.length > 1) {
			throw deleteConflict(
				"This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
			);
		}
		policies.delete(policy.arn);
	},
	{ access: onPolicy, touches },
);

/** A policy that the account may change: AWS's own it may not. */
export function ownPolicy(policies: ManagedPolicies, arn: string): ManagedPolicy {
	const policy = policies.find(arn);
	if (arn.startsWith('arn:aws:iam::aws:')) {
		throw new Fault('AccessDenied', `Policy ${arn} is an AWS managed policy, which nobody but AWS can change.`, {
			status: 403,
		});
	}
	return policy;
}
