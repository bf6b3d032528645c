import {
	CreateUser$,
	type CreateUserRequest,
	type CreateUserResponse,
	DeleteUser$,
	type DeleteUserRequest,
	GetUser$,
	type GetUserRequest,
	type GetUserResponse,
	ListUsers$,
	type ListUsersRequest,
	type ListUsersResponse,
} from '@aws-sdk/client-iam';
import { type Access, operation } from '../../../operation.ts';
import { below, onUser } from '../access.ts';
import { checkBoundary } from '../boundary.ts';
import { callersName } from '../callers-name.ts';
import { deleteConflict } from '../faults.ts';
import { checkedPath, checkName, uniqueId } from '../names.ts';
import { page } from '../pages.ts';
import { Users } from '../stores/users.ts';
import { readTags, requestTags } from '../tags.ts';
import { listedUser, wholeUser } from '../views.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html */
export const createUser = operation(
	CreateUser$,
	(input: CreateUserRequest, { account }): CreateUserResponse => {
		const name = input.UserName!;
		checkName('userName', name);
		const path = checkedPath(input.Path);
		const user = account.store(Users).add({
			name,
			path,
			id: uniqueId('AIDA'),
			arn: account.arn('iam', `user${path}${name}`),
			created: account.clock.now(),
			inline: {},
			attached: [],
			groups: [],
			keys: [],
			tags: readTags(input.Tags),
			...(input.PermissionsBoundary && { boundary: checkBoundary(account, input.PermissionsBoundary) }),
		});
		return { User: wholeUser(user) };
	},
	{
		access({ UserName, Path, PermissionsBoundary, Tags }, { account }): Access[] {
			const resource = account.arn('iam', `user${Path ?? '/'}${UserName}`);
			const context = {
				...requestTags(Tags),
				...(PermissionsBoundary && { 'iam:PermissionsBoundary': PermissionsBoundary }),
			};
			return [{ resource, context }, ...(Tags?.length ? [{ action: 'iam:TagUser', resource, context }] : [])];
		},
		touches: ({ UserName }) => UserName,
	},
);

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUser.html */
export const getUser = operation(
	GetUser$,
	({ UserName }: GetUserRequest, { account, principal }): GetUserResponse => ({
		User: wholeUser(account.store(Users).find(UserName ?? callersName(principal))),
	}),
	{ access: onUser },
);

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUsers.html */
export const listUsers = operation(
	ListUsers$,
	({ PathPrefix = '/', ...request }: ListUsersRequest, { account }): ListUsersResponse => {
		const all = account
			.store(Users)
			.list()
			.filter(({ path }) => path.startsWith(PathPrefix));
		const { items, rest } = page(all, ({ name }) => name.toLowerCase(), request);
		return { Users: items.map(listedUser), ...rest };
	},
	{ access: below('user') },
);

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUser.html */
export const deleteUser = operation(
	DeleteUser$,
	({ UserName }: DeleteUserRequest, { account }) => {
		const users = account.store(Users);
		const user = users.find(UserName!);
		if (user.keys.length > 0) throw deleteConflict('Cannot delete entity, must delete access keys first.');
		if (user.groups.length > 0) throw deleteConflict('Cannot delete entity, must remove users from group first.');
		if (user.attached.length > 0) throw deleteConflict('Cannot delete entity, must detach all policies first.');
		if (Object.keys(user.inline).length > 0) {
			throw deleteConflict('Cannot delete entity, must delete policies first.');
		}
		users.delete(user.name);
	},
	{ access: onUser, touches: ({ UserName }) => UserName },
);
