import type {
	AttachedPermissionsBoundary,
	InstanceProfile as InstanceProfileOutput,
	Policy as PolicyOutput,
	Role as RoleOutput,
	Tag,
	User as UserOutput,
} from '@aws-sdk/client-iam';
import type { AccountInRegion } from '../../account/account.ts';
import type { Group } from './stores/groups.ts';
import type { InstanceProfile } from './stores/instance-profiles.ts';
import { ManagedPolicies, type ManagedPolicy } from './stores/managed-policies.ts';
import { type Role, Roles } from './stores/roles.ts';
import type { User } from './stores/users.ts';

/** A document as IAM sends it: URL-encoded as RFC 3986 has it. */
export const encoded = (document: string): string =>
	encodeURIComponent(document).replace(/[!'()*]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`);

export const tagList = (tags: Record<string, string>): Tag[] =>
	Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

const tagged = (tags: Record<string, string>) => (Object.keys(tags).length > 0 ? { Tags: tagList(tags) } : {});

const bounded = (boundary: string | undefined): { PermissionsBoundary?: AttachedPermissionsBoundary } =>
	boundary
		? { PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: boundary } as never }
		: {};

/** A role as lists show it. */
export const listedRole = (role: Role): RoleOutput => ({
	Path: role.path,
	RoleName: role.name,
	RoleId: role.id,
	Arn: role.arn,
	CreateDate: new Date(role.created),
	AssumeRolePolicyDocument: encoded(role.trust),
	...(role.description !== undefined && { Description: role.description }),
	MaxSessionDuration: role.longestSession,
});

/** A role with everything: as GetRole shows it. */
export const wholeRole = (role: Role): RoleOutput => ({
	...listedRole(role),
	...bounded(role.boundary),
	...tagged(role.tags),
	RoleLastUsed: {},
});

/** A role as CreateRole answers it: without what has its usual value. */
export const createdRole = (role: Role): RoleOutput => {
	const { MaxSessionDuration: _usual, RoleLastUsed: _never, ...rest } = wholeRole(role);
	return rest;
};

export const listedUser = (user: User): UserOutput => ({
	Path: user.path,
	UserName: user.name,
	UserId: user.id,
	Arn: user.arn,
	CreateDate: new Date(user.created),
});

export const wholeUser = (user: User): UserOutput => ({
	...listedUser(user),
	...bounded(user.boundary),
	...tagged(user.tags),
});

export const asGroup = (group: Group) => ({
	Path: group.path,
	GroupName: group.name,
	GroupId: group.id,
	Arn: group.arn,
	CreateDate: new Date(group.created),
});

/** A policy as lists show it. */
export const listedPolicy = (account: AccountInRegion, policy: ManagedPolicy): PolicyOutput => {
	const policies = account.store(ManagedPolicies);
	const count = (names: Record<string, string[]>) => Object.values(names).flat().length;
	return {
		PolicyName: policy.name,
		PolicyId: policy.id,
		Arn: policy.arn,
		Path: policy.path,
		DefaultVersionId: policy.defaultVersion,
		AttachmentCount: count(policies.holders(policy.arn)),
		PermissionsBoundaryUsageCount: count(policies.bounded(policy.arn)),
		IsAttachable: true,
		CreateDate: new Date(policy.created),
		UpdateDate: new Date(policy.updated),
	};
};

export const wholePolicy = (account: AccountInRegion, policy: ManagedPolicy): PolicyOutput => ({
	...listedPolicy(account, policy),
	...(policy.description !== undefined && { Description: policy.description }),
	Tags: tagList(policy.tags),
});

export const asInstanceProfile = (account: AccountInRegion, profile: InstanceProfile): InstanceProfileOutput => ({
	Path: profile.path,
	InstanceProfileName: profile.name,
	InstanceProfileId: profile.id,
	Arn: profile.arn,
	CreateDate: new Date(profile.created),
	Roles: profile.roles.map((name) => listedRole(account.store(Roles).find(name))),
	...tagged(profile.tags),
});
