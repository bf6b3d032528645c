import {
	CreateRole$,
	type CreateRoleRequest,
	type CreateRoleResponse,
	DeleteRole$,
	type DeleteRoleRequest,
	GetRole$,
	type GetRoleRequest,
	type GetRoleResponse,
	ListRoles$,
	type ListRolesRequest,
	type ListRolesResponse,
	UpdateAssumeRolePolicy$,
	type UpdateAssumeRolePolicyRequest,
	UpdateRole$,
	UpdateRoleDescription$,
	type UpdateRoleDescriptionRequest,
	type UpdateRoleDescriptionResponse,
	type UpdateRoleRequest,
} from '@aws-sdk/client-iam';
import { type Access, type Call, operation } from '../../../operation.ts';
import { below, onRole } from '../access.ts';
import { checkBoundary } from '../boundary.ts';
import { deleteConflict, unfit, unmodifiable } from '../faults.ts';
import { checkedPath, checkName, uniqueId } from '../names.ts';
import { page } from '../pages.ts';
import { InstanceProfiles } from '../stores/instance-profiles.ts';
import { type Role, Roles } from '../stores/roles.ts';
import { readTags, requestTags } from '../tags.ts';
import { checkTrust } from '../trust.ts';
import { createdRole, listedRole, wholeRole } from '../views.ts';

const touches = ({ RoleName }: { RoleName?: string | undefined }) => RoleName!;

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
export const createRole = operation(
	CreateRole$,
	(input: CreateRoleRequest, { account }: Call): CreateRoleResponse => {
		const name = input.RoleName!;
		checkName('roleName', name);
		const path = checkedPath(input.Path);
		const longestSession = checkedSession(input.MaxSessionDuration ?? 3600);
		const tags = readTags(input.Tags);
		const roles = account.store(Roles);
		if (!roles.has(name)) checkTrust(account, input.AssumeRolePolicyDocument!);
		const role = roles.add({
			name,
			path,
			id: uniqueId('AROA'),
			arn: account.arn('iam', `role${path}${name}`),
			created: account.clock.now(),
			trust: input.AssumeRolePolicyDocument!,
			longestSession,
			inline: {},
			attached: [],
			tags,
			...(input.Description !== undefined && { description: input.Description }),
			...(input.PermissionsBoundary && { boundary: checkBoundary(account, input.PermissionsBoundary) }),
		});
		return { Role: createdRole(role) };
	},
	{
		access({ RoleName, Path, PermissionsBoundary, Tags }, { account }): Access[] {
			const resource = account.arn('iam', `role${Path ?? '/'}${RoleName}`);
			const context = {
				...requestTags(Tags),
				...(PermissionsBoundary && { 'iam:PermissionsBoundary': PermissionsBoundary }),
			};
			const create = { resource, context };
			return Tags?.length ? [create, { action: 'iam:TagRole', resource, context }] : [create];
		},
		touches,
	},
);

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html */
export const getRole = operation(
	GetRole$,
	({ RoleName }: GetRoleRequest, { account }): GetRoleResponse => ({
		Role: wholeRole(account.store(Roles).find(RoleName!)),
	}),
	{ access: onRole },
);

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html */
export const listRoles = operation(
	ListRoles$,
	({ PathPrefix = '/', ...request }: ListRolesRequest, { account }): ListRolesResponse => {
		const all = account
			.store(Roles)
			.list()
			.filter(({ path }) => path.startsWith(PathPrefix));
		const { items, rest } = page(all, ({ name }) => name.toLowerCase(), request);
		return { Roles: items.map(listedRole), ...rest };
	},
	{ access: below('role') },
);

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRole.html */
export const updateRole = operation(
	UpdateRole$,
	({ RoleName, Description, MaxSessionDuration }: UpdateRoleRequest, { account }) => {
		account.store(Roles).change(RoleName!, (role) => {
			protect(role);
			if (Description !== undefined) role.description = Description;
			if (MaxSessionDuration !== undefined) role.longestSession = checkedSession(MaxSessionDuration);
		});
		return {};
	},
	{ access: onRole, touches },
);

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRoleDescription.html */
export const updateRoleDescription = operation(
	UpdateRoleDescription$,
	({ RoleName, Description }: UpdateRoleDescriptionRequest, { account }): UpdateRoleDescriptionResponse => ({
		Role: wholeRole(
			account.store(Roles).change(RoleName!, (role) => {
				role.description = Description!;
			}),
		),
	}),
	{ access: onRole, touches },
);

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAssumeRolePolicy.html */
export const updateAssumeRolePolicy = operation(
	UpdateAssumeRolePolicy$,
	({ RoleName, PolicyDocument }: UpdateAssumeRolePolicyRequest, { account }) => {
		account.store(Roles).change(RoleName!, (role) => {
			protect(role);
			checkTrust(account, PolicyDocument!);
			role.trust = PolicyDocument!;
		});
	},
	{ access: onRole, touches },
);

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRole.html */
export const deleteRole = operation(
	DeleteRole$,
	({ RoleName }: DeleteRoleRequest, { account }) => {
		const roles = account.store(Roles);
		const role = roles.find(RoleName!);
		protect(role);
		if (account.store(InstanceProfiles).holding(role.name).length > 0) {
			throw deleteConflict('Cannot delete entity, must remove roles from instance profile first.');
		}
		if (role.attached.length > 0) throw deleteConflict('Cannot delete entity, must detach all policies first.');
		if (Object.keys(role.inline).length > 0) {
			throw deleteConflict('Cannot delete entity, must delete policies first.');
		}
		roles.delete(role.name);
	},
	{ access: onRole, touches },
);

function checkedSession(seconds: number): number {
	if (seconds < 3600) throw unfit(seconds, 'maxSessionDuration', 'have value greater than or equal to 3600');
	if (seconds > 43200) throw unfit(seconds, 'maxSessionDuration', 'have value less than or equal to 43200');
	return seconds;
}

/** Refuses changes to a role that is a service's own. */
export function protect({ path, name }: Role): void {
	if (path.startsWith('/aws-service-role/')) {
		throw unmodifiable(
			`Cannot perform the operation on the protected role '${name}' - this role is only modifiable by AWS`,
		);
	}
}
