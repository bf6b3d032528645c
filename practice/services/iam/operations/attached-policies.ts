import * as iam from '@aws-sdk/client-iam';
import type { AccountInRegion } from '../../../account/account.ts';
import { type Access, type Call, operation } from '../../../operation.ts';
import { onEntity } from '../access.ts';
import { limitExceeded, noSuchEntity } from '../faults.ts';
import { byKey, type PageRequest, page } from '../pages.ts';
import type { Entities, Entity } from '../stores/entities.ts';
import { Groups } from '../stores/groups.ts';
import { ManagedPolicies } from '../stores/managed-policies.ts';
import { type Role, Roles } from '../stores/roles.ts';
import { Users } from '../stores/users.ts';
import { protect } from './roles.ts';

interface Kind<K extends string> {
	schemas: Record<'attach' | 'detach' | 'list', Parameters<typeof operation>[0]>;
	/** The member that names the role, user or group. */
	member: K;
	store: (account: AccountInRegion) => Entities<Entity>;
	access: (input: { [key in K]?: string | undefined }, call: Call) => Access;
	/** As the error calls the quota of ten. */
	quota: string;
}
type Named<K extends string> = Record<K, string | undefined>;

const quota = 10;
const attaching = ({ PolicyArn }: { PolicyArn?: string }) =>
	(PolicyArn ? { 'iam:PolicyARN': PolicyArn } : {}) as Record<string, string>;

/** The three operations on managed policies that are attached, which roles, users and groups have alike. */
function attachedPolicies<K extends 'RoleName' | 'UserName' | 'GroupName'>(kind: Kind<K>) {
	const { schemas, member, access } = kind;
	const touches = (input: Named<K>) => input[member]!;

	const attach = operation(
		schemas.attach,
		(input: Named<K> & { PolicyArn: string }, { account }) => {
			const entities = kind.store(account);
			entities.change(input[member]!, (entity) => {
				if (entities.noun === 'role') protect(entity as Role);
				const { arn } = account.store(ManagedPolicies).attachable(input.PolicyArn);
				if (entity.attached.includes(arn)) return;
				if (entity.attached.length >= quota) throw limitExceeded(`Cannot exceed quota for ${kind.quota}: ${quota}`);
				entity.attached.push(arn);
			});
		},
		{ access, touches },
	);

	const detach = operation(
		schemas.detach,
		(input: Named<K> & { PolicyArn: string }, { account }) => {
			const entities = kind.store(account);
			entities.change(input[member]!, (entity) => {
				if (entities.noun === 'role') protect(entity as Role);
				if (!entity.attached.includes(input.PolicyArn)) {
					throw noSuchEntity(`Policy ${input.PolicyArn} was not found.`);
				}
				entity.attached = entity.attached.filter((arn) => arn !== input.PolicyArn);
			});
		},
		{ access, touches },
	);

	const list = operation(
		schemas.list,
		(input: Named<K> & PageRequest & { PathPrefix?: string }, { account }) => {
			const policies = account.store(ManagedPolicies);
			const attached = kind
				.store(account)
				.find(input[member]!)
				.attached.map((arn) => policies.find(arn))
				.filter(({ path }) => path.startsWith(input.PathPrefix ?? '/'))
				.sort(byKey(({ arn }) => arn));
			const { items, rest } = page(attached, ({ arn }) => arn, input);
			return { AttachedPolicies: items.map(({ name, arn }) => ({ PolicyName: name, PolicyArn: arn })), ...rest };
		},
		{ access },
	);
	return { attach, detach, list };
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy.html */
export const attachedToRole = attachedPolicies({
	schemas: { attach: iam.AttachRolePolicy$, detach: iam.DetachRolePolicy$, list: iam.ListAttachedRolePolicies$ },
	member: 'RoleName',
	store: (account) => account.store(Roles) as never,
	access: onEntity('RoleName', Roles, attaching),
	quota: 'PoliciesPerRole',
});

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachUserPolicy.html */
export const attachedToUser = attachedPolicies({
	schemas: { attach: iam.AttachUserPolicy$, detach: iam.DetachUserPolicy$, list: iam.ListAttachedUserPolicies$ },
	member: 'UserName',
	store: (account) => account.store(Users) as never,
	access: onEntity('UserName', Users, attaching),
	quota: 'PoliciesPerUser',
});

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachGroupPolicy.html */
export const attachedToGroup = attachedPolicies({
	schemas: { attach: iam.AttachGroupPolicy$, detach: iam.DetachGroupPolicy$, list: iam.ListAttachedGroupPolicies$ },
	member: 'GroupName',
	store: (account) => account.store(Groups) as never,
	access: onEntity('GroupName', Groups, attaching),
	quota: 'PoliciesPerGroup',
});
