import {
	DeleteRolePermissionsBoundary$,
	type DeleteRolePermissionsBoundaryRequest,
	DeleteUserPermissionsBoundary$,
	type DeleteUserPermissionsBoundaryRequest,
	PutRolePermissionsBoundary$,
	type PutRolePermissionsBoundaryRequest,
	PutUserPermissionsBoundary$,
	type PutUserPermissionsBoundaryRequest,
} from '@aws-sdk/client-iam';
import { operation } from '../../../operation.ts';
import { onEntity, onRole, onUser } from '../access.ts';
import { checkBoundary } from '../boundary.ts';
import { Roles } from '../stores/roles.ts';
import { Users } from '../stores/users.ts';
import { protect } from './roles.ts';

const bounding = ({ PermissionsBoundary }: { PermissionsBoundary: string }) => ({
	'iam:PermissionsBoundary': PermissionsBoundary,
});

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePermissionsBoundary.html */
export const putRolePermissionsBoundary = operation(
	PutRolePermissionsBoundary$,
	({ RoleName, PermissionsBoundary }: PutRolePermissionsBoundaryRequest, { account }) => {
		account.store(Roles).change(RoleName!, (role) => {
			protect(role);
			role.boundary = checkBoundary(account, PermissionsBoundary!);
		});
	},
	{ access: onEntity('RoleName', Roles, bounding), touches: ({ RoleName }) => RoleName },
);

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRolePermissionsBoundary.html */
export const deleteRolePermissionsBoundary = operation(
	DeleteRolePermissionsBoundary$,
	({ RoleName }: DeleteRolePermissionsBoundaryRequest, { account }) => {
		account.store(Roles).change(RoleName!, (role) => {
			protect(role);
			delete role.boundary;
		});
	},
	{ access: onRole, touches: ({ RoleName }) => RoleName },
);

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPermissionsBoundary.html */
export const putUserPermissionsBoundary = operation(
	PutUserPermissionsBoundary$,
	({ UserName, PermissionsBoundary }: PutUserPermissionsBoundaryRequest, { account }) => {
		account.store(Users).change(UserName!, (user) => {
			user.boundary = checkBoundary(account, PermissionsBoundary!);
		});
	},
	{ access: onEntity('UserName', Users, bounding), touches: ({ UserName }) => UserName },
);

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUserPermissionsBoundary.html */
export const deleteUserPermissionsBoundary = operation(
	DeleteUserPermissionsBoundary$,
	({ UserName }: DeleteUserPermissionsBoundaryRequest, { account }) => {
		account.store(Users).change(UserName!, (user) => {
			delete user.boundary;
		});
	},
	{ access: onUser, touches: ({ UserName }) => UserName },
);
