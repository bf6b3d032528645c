import * as iam from '@aws-sdk/client-iam';
import type { AccountInRegion } from '../../../account/account.ts';
import { type Access, type Call, operation } from '../../../operation.ts';
import { onGroup, onRole, onUser } from '../access.ts';
import { limitExceeded, noSuchEntity, readDocument } from '../faults.ts';
import { checkName } from '../names.ts';
import { byKey, type PageRequest, page } from '../pages.ts';
import type { Entities, Entity } from '../stores/entities.ts';
import { Groups } from '../stores/groups.ts';
import { type Role, Roles } from '../stores/roles.ts';
import { Users } from '../stores/users.ts';
import { encoded } from '../views.ts';
import { protect } from './roles.ts';

interface Kind<K extends string> {
	schemas: Record<'put' | 'get' | 'list' | 'delete', Parameters<typeof operation>[0]>;
	/** The member that names the role, user or group. */
	member: K;
	store: (account: AccountInRegion) => Entities<Entity>;
	access: (input: { [key in K]?: string | undefined }, call: Call) => Access;
	/** Bytes that all of its inline policies together may have, spaces aside. */
	largest: number;
}
type Named<K extends string> = Record<K, string | undefined>;

/** The four operations on inline policies, which roles, users and groups have alike. */
function inlinePolicies<K extends 'RoleName' | 'UserName' | 'GroupName'>(kind: Kind<K>) {
	const { schemas, member, access, largest } = kind;
	const touches = (input: Named<K>) => input[member]!;
	const notThere = (entities: Entities<Entity>, name: string) =>
		noSuchEntity(`The ${entities.noun} policy with name ${name} cannot be found.`);

	const put = operation(
		schemas.put,
		(input: Named<K> & { PolicyName: string; PolicyDocument: string }, { account }) => {
			checkName('policyName', input.PolicyName);
			const entities = kind.store(account);
			entities.change(input[member]!, (entity) => {
				if (entities.noun === 'role') protect(entity as Role);
				readDocument(input.PolicyDocument, 'identity');
				entity.inline[input.PolicyName] = input.PolicyDocument;
				const size = Object.values(entity.inline).join('').replace(/\s/g, '').length;
				if (size > largest) {
					throw limitExceeded(`Maximum policy size of ${largest} bytes exceeded for ${entities.noun} ${entity.name}`);
				}
			});
		},
		{ access, touches },
	);

	const get = operation(
		schemas.get,
		(input: Named<K> & { PolicyName: string }, { account }) => {
			const entities = kind.store(account);
			const entity = entities.find(input[member]!);
			const document = entity.inline[input.PolicyName];
			if (document === undefined) throw notThere(entities, input.PolicyName);
			return { [member]: entity.name, PolicyName: input.PolicyName, PolicyDocument: encoded(document) };
		},
		{ access },
	);

	const list = operation(
		schemas.list,
		(input: Named<K> & PageRequest, { account }) => {
			const names = Object.keys(kind.store(account).find(input[member]!).inline).sort(byKey((name) => name));
			const { items, rest } = page(names, (name) => name, input);
			return { PolicyNames: items, ...rest };
		},
		{ access },
	);

	const remove = operation(
		schemas.delete,
		(input: Named<K> & { PolicyName: string }, { account }) => {
			const entities = kind.store(account);
			entities.change(input[member]!, (entity) => {
				if (entities.noun === 'role') protect(entity as Role);
				if (entity.inline[input.PolicyName] === undefined) throw notThere(entities, input.PolicyName);
				delete entity.inline[input.PolicyName];
			});
		},
		{ access, touches },
	);
	return { put, get, list, delete: remove };
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html */
export const rolePolicies = inlinePolicies({
	schemas: {
		put: iam.PutRolePolicy$,
		get: iam.GetRolePolicy$,
		list: iam.ListRolePolicies$,
		delete: iam.DeleteRolePolicy$,
	},
	member: 'RoleName',
	store: (account) => account.store(Roles) as never,
	access: onRole,
	largest: 10_240,
});

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPolicy.html */
export const userPolicies = inlinePolicies({
	schemas: {
		put: iam.PutUserPolicy$,
		get: iam.GetUserPolicy$,
		list: iam.ListUserPolicies$,
		delete: iam.DeleteUserPolicy$,
	},
	member: 'UserName',
	store: (account) => account.store(Users) as never,
	access: onUser,
	largest: 2_048,
});

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutGroupPolicy.html */
export const groupPolicies = inlinePolicies({
	schemas: {
		put: iam.PutGroupPolicy$,
		get: iam.GetGroupPolicy$,
		list: iam.ListGroupPolicies$,
		delete: iam.DeleteGroupPolicy$,
	},
	member: 'GroupName',
	store: (account) => account.store(Groups) as never,
	access: onGroup,
	largest: 5_120,
});
