import {
	CreateAccessKey$,
	type CreateAccessKeyRequest,
	type CreateAccessKeyResponse,
	DeleteAccessKey$,
	type DeleteAccessKeyRequest,
	ListAccessKeys$,
	type ListAccessKeysRequest,
	type ListAccessKeysResponse,
	UpdateAccessKey$,
	type UpdateAccessKeyRequest,
} from '@aws-sdk/client-iam';
import { type Call, operation } from '../../../operation.ts';
import { onUser } from '../access.ts';
import { callersName } from '../callers-name.ts';
import { limitExceeded, noSuchEntity, unfit } from '../faults.ts';
import { byKey, page } from '../pages.ts';
import { type User, Users } from '../stores/users.ts';

interface Owned {
	UserName?: string | undefined;
}
const options = { access: onUser, touches: ({ UserName }: Owned) => UserName };

function owner({ UserName }: Owned, { account, principal }: Call): { users: Users; user: User } {
	const users = account.store(Users);
	return { users, user: users.find(UserName ?? callersName(principal)) };
}

function checkOwned(user: User, id: string): void {
	if (!user.keys.some((key) => key.id === id)) {
		throw noSuchEntity(`The Access Key with id ${id} cannot be found.`);
	}
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html */
export const createAccessKey = operation(
	CreateAccessKey$,
	(input: CreateAccessKeyRequest, call: Call): CreateAccessKeyResponse => {
		const { users, user } = owner(input, call);
		if (user.keys.length >= 2) throw limitExceeded('Cannot exceed quota for AccessKeysPerUser: 2');
		const { account } = call.account;
		const key = account.keys.issue({ kind: 'user', name: user.name, arn: user.arn, id: user.id });
		const created = account.clock.now();
		user.keys.push({ id: key.accessKeyId, created });
		users.put(user.name, user);
		return {
			AccessKey: {
				UserName: user.name,
				AccessKeyId: key.accessKeyId,
				Status: 'Active',
				SecretAccessKey: key.secretAccessKey,
				CreateDate: new Date(created),
			},
		};
	},
	options,
);

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccessKeys.html */
export const listAccessKeys = operation(
	ListAccessKeys$,
	(input: ListAccessKeysRequest, call: Call): ListAccessKeysResponse => {
		const { user } = owner(input, call);
		const keys = call.account.account.keys;
		const { items, rest } = page(user.keys.toSorted(byKey(({ id }) => id)), ({ id }) => id, input);
		return {
			AccessKeyMetadata: items.map(({ id, created }) => ({
				UserName: user.name,
				AccessKeyId: id,
				Status: keys.find(id)?.active ? 'Active' : 'Inactive',
				CreateDate: new Date(created),
			})),
			...rest,
		};
	},
	{ access: onUser },
);

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccessKey.html */
export const updateAccessKey = operation(
	UpdateAccessKey$,
	(input: UpdateAccessKeyRequest, call: Call) => {
		const { user } = owner(input, call);
		if (input.Status !== 'Active' && input.Status !== 'Inactive') {
			throw unfit(input.Status, 'status', 'satisfy enum value set: [Active, Inactive]');
		}
		checkOwned(user, input.AccessKeyId!);
		const keys = call.account.account.keys;
		keys.update({ ...keys.find(input.AccessKeyId!)!, active: input.Status === 'Active' });
	},
	options,
);

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccessKey.html */
export const deleteAccessKey = operation(
	DeleteAccessKey$,
	(input: DeleteAccessKeyRequest, call: Call) => {
		const { users, user } = owner(input, call);
		checkOwned(user, input.AccessKeyId!);
		call.account.account.keys.delete(input.AccessKeyId!);
		user.keys = user.keys.filter(({ id }) => id !== input.AccessKeyId);
		users.put(user.name, user);
	},
	options,
);
