import {
	AddUserToGroup$,
	type AddUserToGroupRequest,
	CreateGroup$,
	type CreateGroupRequest,
	type CreateGroupResponse,
	DeleteGroup$,
	type DeleteGroupRequest,
	GetGroup$,
	type GetGroupRequest,
	type GetGroupResponse,
	ListGroups$,
	ListGroupsForUser$,
	type ListGroupsForUserRequest,
	type ListGroupsForUserResponse,
	type ListGroupsRequest,
	type ListGroupsResponse,
	RemoveUserFromGroup$,
	type RemoveUserFromGroupRequest,
} from '@aws-sdk/client-iam';
import type { AccountInRegion } from '../../../account/account.ts';
import { operation } from '../../../operation.ts';
import { below, onGroup, onUser } from '../access.ts';
import { deleteConflict } from '../faults.ts';
import { checkedPath, checkName, uniqueId } from '../names.ts';
import { page } from '../pages.ts';
import { Groups } from '../stores/groups.ts';
import { Users } from '../stores/users.ts';
import { asGroup, listedUser } from '../views.ts';

const touches = ({ GroupName }: { GroupName?: string | undefined }) => GroupName!;
const membersOf = (account: AccountInRegion, group: string) =>
	account
		.store(Users)
		.list()
		.filter(({ groups }) => groups.includes(group));

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateGroup.html */
export const createGroup = operation(
	CreateGroup$,
	(input: CreateGroupRequest, { account }): CreateGroupResponse => {
		const name = input.GroupName!;
		checkName('groupName', name);
		const path = checkedPath(input.Path);
		const group = account.store(Groups).add({
			name,
			path,
			id: uniqueId('AGPA'),
			arn: account.arn('iam', `group${path}${name}`),
			created: account.clock.now(),
			inline: {},
			attached: [],
			tags: {},
		});
		return { Group: asGroup(group) };
	},
	{
		access: ({ GroupName, Path }, { account }) => ({
			resource: account.arn('iam', `group${Path ?? '/'}${GroupName}`),
		}),
		touches,
	},
);

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetGroup.html */
export const getGroup = operation(
	GetGroup$,
	(input: GetGroupRequest, { account }): GetGroupResponse => {
		const group = account.store(Groups).find(input.GroupName!);
		const { items, rest } = page(membersOf(account, group.name), ({ name }) => name.toLowerCase(), input);
		return { Group: asGroup(group), Users: items.map(listedUser), ...rest };
	},
	{ access: onGroup },
);

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroups.html */
export const listGroups = operation(
	ListGroups$,
	({ PathPrefix = '/', ...request }: ListGroupsRequest, { account }): ListGroupsResponse => {
		const all = account
			.store(Groups)
			.list()
			.filter(({ path }) => path.startsWith(PathPrefix));
		const { items, rest } = page(all, ({ name }) => name.toLowerCase(), request);
		return { Groups: items.map(asGroup), ...rest };
	},
	{ access: below('group') },
);

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteGroup.html */
export const deleteGroup = operation(
	DeleteGroup$,
	({ GroupName }: DeleteGroupRequest, { account }) => {
		const groups = account.store(Groups);
		const group = groups.find(GroupName!);
		if (membersOf(account, group.name).length > 0) {
			throw deleteConflict('Cannot delete entity, must remove users from group first.');
		}
		if (group.attached.length > 0) throw deleteConflict('Cannot delete entity, must detach all policies first.');
		if (Object.keys(group.inline).length > 0) {
			throw deleteConflict('Cannot delete entity, must delete policies first.');
		}
		groups.delete(group.name);
	},
	{ access: onGroup, touches },
);

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddUserToGroup.html */
export const addUserToGroup = operation(
	AddUserToGroup$,
	({ GroupName, UserName }: AddUserToGroupRequest, { account }) => {
		const { name } = account.store(Groups).find(GroupName!);
		account.store(Users).change(UserName!, (user) => {
			if (!user.groups.includes(name)) user.groups.push(name);
		});
	},
	{ access: onGroup, touches },
);

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveUserFromGroup.html */
export const removeUserFromGroup = operation(
	RemoveUserFromGroup$,
	({ GroupName, UserName }: RemoveUserFromGroupRequest, { account }) => {
		const { name } = account.store(Groups).find(GroupName!);
		account.store(Users).change(UserName!, (user) => {
			user.groups = user.groups.filter((group) => group !== name);
		});
	},
	{ access: onGroup, touches },
);

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroupsForUser.html */
export const listGroupsForUser = operation(
	ListGroupsForUser$,
	(input: ListGroupsForUserRequest, { account }): ListGroupsForUserResponse => {
		const groups = account.store(Groups);
		const names = [...account.store(Users).find(input.UserName!).groups].sort();
		const { items, rest } = page(names, (name) => name, input);
		return { Groups: items.map((name) => asGroup(groups.find(name))), ...rest };
	},
	{ access: onUser },
);
