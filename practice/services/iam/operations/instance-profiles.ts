import {
	AddRoleToInstanceProfile$,
	type AddRoleToInstanceProfileRequest,
	CreateInstanceProfile$,
	type CreateInstanceProfileRequest,
	type CreateInstanceProfileResponse,
	DeleteInstanceProfile$,
	type DeleteInstanceProfileRequest,
	GetInstanceProfile$,
	type GetInstanceProfileRequest,
	type GetInstanceProfileResponse,
	ListInstanceProfiles$,
	ListInstanceProfilesForRole$,
	type ListInstanceProfilesForRoleRequest,
	type ListInstanceProfilesForRoleResponse,
	type ListInstanceProfilesRequest,
	type ListInstanceProfilesResponse,
	RemoveRoleFromInstanceProfile$,
	type RemoveRoleFromInstanceProfileRequest,
} from '@aws-sdk/client-iam';
import { operation } from '../../../operation.ts';
import { below, onInstanceProfile, onRole } from '../access.ts';
import { alreadyExists, deleteConflict, limitExceeded, noSuchEntity } from '../faults.ts';
import { checkedPath, checkName, uniqueId } from '../names.ts';
import { page } from '../pages.ts';
import { InstanceProfiles } from '../stores/instance-profiles.ts';
import { Roles } from '../stores/roles.ts';
import { readTags, requestTags } from '../tags.ts';
import { asInstanceProfile } from '../views.ts';

const touches = ({ InstanceProfileName }: { InstanceProfileName?: string | undefined }) => InstanceProfileName!;

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateInstanceProfile.html */
export const createInstanceProfile = operation(
	CreateInstanceProfile$,
	(input: CreateInstanceProfileRequest, { account }): CreateInstanceProfileResponse => {
		const name = input.InstanceProfileName!;
		checkName('instanceProfileName', name);
		const path = checkedPath(input.Path);
		const profiles = account.store(InstanceProfiles);
		if (profiles.has(name)) throw alreadyExists(`Instance Profile ${name} already exists.`);
		const profile = profiles.put(name, {
			name,
			path,
			id: uniqueId('AIPA'),
			arn: account.arn('iam', `instance-profile${path}${name}`),
			created: account.clock.now(),
			roles: [],
			tags: readTags(input.Tags),
		});
		return { InstanceProfile: asInstanceProfile(account, profile) };
	},
	{
		access: ({ InstanceProfileName, Path, Tags }, { account }) => ({
			resource: account.arn('iam', `instance-profile${Path ?? '/'}${InstanceProfileName}`),
			context: requestTags(Tags),
		}),
		touches,
	},
);

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetInstanceProfile.html */
export const getInstanceProfile = operation(
	GetInstanceProfile$,
	({ InstanceProfileName }: GetInstanceProfileRequest, { account }): GetInstanceProfileResponse => ({
		InstanceProfile: asInstanceProfile(account, account.store(InstanceProfiles).find(InstanceProfileName!)),
	}),
	{ access: onInstanceProfile },
);

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfiles.html */
export const listInstanceProfiles = operation(
	ListInstanceProfiles$,
	({ PathPrefix = '/', ...request }: ListInstanceProfilesRequest, { account }): ListInstanceProfilesResponse => {
		const all = account
			.store(InstanceProfiles)
			.list()
			.filter(({ path }) => path.startsWith(PathPrefix));
		const { items, rest } = page(all, ({ name }) => name, request);
		return { InstanceProfiles: items.map((profile) => asInstanceProfile(account, profile)), ...rest };
	},
	{ access: below('instance-profile') },
);

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfilesForRole.html */
export const listInstanceProfilesForRole = operation(
	ListInstanceProfilesForRole$,
	(input: ListInstanceProfilesForRoleRequest, { account }): ListInstanceProfilesForRoleResponse => {
		const role = account.store(Roles).find(input.RoleName!);
		const { items, rest } = page(account.store(InstanceProfiles).holding(role.name), ({ name }) => name, input);
		return { InstanceProfiles: items.map((profile) => asInstanceProfile(account, profile)), ...rest };
	},
	{ access: onRole },
);

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddRoleToInstanceProfile.html */
export const addRoleToInstanceProfile = operation(
	AddRoleToInstanceProfile$,
	({ InstanceProfileName, RoleName }: AddRoleToInstanceProfileRequest, { account }) => {
		const profiles = account.store(InstanceProfiles);
		const profile = profiles.find(InstanceProfileName!);
		const role = account.store(Roles).find(RoleName!);
		if (profile.roles.length > 0) {
			throw limitExceeded('Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1');
		}
		profiles.put(profile.name, { ...profile, roles: [role.name] });
	},
	{
		access: (input, call) => [
			onInstanceProfile(input, call),
			{
				action: 'iam:PassRole',
				resource: call.account.store(Roles).arnOf(input.RoleName!),
				context: { 'iam:PassedToService': 'ec2.amazonaws.com' },
			},
		],
		touches,
	},
);

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveRoleFromInstanceProfile.html */
export const removeRoleFromInstanceProfile = operation(
	RemoveRoleFromInstanceProfile$,
	({ InstanceProfileName, RoleName }: RemoveRoleFromInstanceProfileRequest, { account }) => {
		const profiles = account.store(InstanceProfiles);
		const profile = profiles.find(InstanceProfileName!);
		const { name } = account.store(Roles).find(RoleName!);
		if (!profile.roles.includes(name)) throw noSuchEntity(`The role with name ${name} cannot be found.`);
		profiles.put(profile.name, { ...profile, roles: [] });
	},
	{ access: onInstanceProfile, touches },
);

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteInstanceProfile.html */
export const deleteInstanceProfile = operation(
	DeleteInstanceProfile$,
	({ InstanceProfileName }: DeleteInstanceProfileRequest, { account }) => {
		const profiles = account.store(InstanceProfiles);
		const profile = profiles.find(InstanceProfileName!);
		if (profile.roles.length > 0) {
			throw deleteConflict('Cannot delete entity, must remove roles from instance profile first.');
		}
		profiles.delete(profile.name);
	},
	{ access: onInstanceProfile, touches },
);
