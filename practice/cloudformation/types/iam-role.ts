import { attachedToRole } from '../../services/iam/operations/attached-policies.ts';
import { deleteRolePermissionsBoundary, putRolePermissionsBoundary } from '../../services/iam/operations/boundaries.ts';
import { rolePolicies } from '../../services/iam/operations/inline-policies.ts';
import {
	createRole,
	deleteRole,
	getRole,
	updateAssumeRolePolicy,
	updateRole,
} from '../../services/iam/operations/roles.ts';
import { roleTags } from '../../services/iam/operations/tags.ts';
import type { Json } from '../json.ts';
import { resource, type Tag } from '../resource.ts';
import { asText } from './documents.ts';
import { attached, decoded, type InlinePolicy, inline } from './parts/entity-policies.ts';
import { liveTags } from './parts/live.ts';
import { read, type Settings, write } from './parts/settings.ts';
import { ifThere } from './parts/there.ts';
import { tagChanges } from './tags.ts';

interface Given {
	ManagedPolicyArns?: string[];
	Policies?: InlinePolicy[];
}
interface Role extends Given {
	RoleName?: string;
	Path?: string;
	AssumeRolePolicyDocument: Json;
	Description?: string;
	MaxSessionDuration?: number;
	PermissionsBoundary?: string;
	Tags?: Tag[];
}

/** What has to be taken from a role before it can go. */
const given: Settings<Given> = {
	ManagedPolicyArns: attached('RoleName', attachedToRole),
	Policies: inline('RoleName', rolePolicies),
};

const settings: Settings<Role> = {
	AssumeRolePolicyDocument: {
		write: (RoleName, after, { call }) => call(updateAssumeRolePolicy, { RoleName, PolicyDocument: asText(after!) }),
	},
	Description: {
		write: (RoleName, after = '', { call }) => void call(updateRole, { RoleName, Description: after }),
	},
	MaxSessionDuration: {
		write: (RoleName, after = 3600, { call }) => void call(updateRole, { RoleName, MaxSessionDuration: after }),
	},
	PermissionsBoundary: {
		write: (RoleName, after, { call }) =>
			after === undefined
				? call(deleteRolePermissionsBoundary, { RoleName })
				: call(putRolePermissionsBoundary, { RoleName, PermissionsBoundary: after }),
	},
	...given,
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html */
export const role = resource<Role>('AWS::IAM::Role', {
	properties: [
		...(['RoleName', 'Path', 'AssumeRolePolicyDocument', 'Description', 'MaxSessionDuration'] as const),
		...(['PermissionsBoundary', 'ManagedPolicyArns', 'Policies', 'Tags'] as const),
	],
	namedBy: 'RoleName',
	exists: ({ RoleName }, { call }) => RoleName && ifThere(() => call(getRole, { RoleName })) && RoleName,
	create({ Path, Description, MaxSessionDuration, PermissionsBoundary, ...properties }, context) {
		const { call, name, tags } = context;
		const { Role } = call(createRole, {
			RoleName: properties.RoleName ?? name(64),
			AssumeRolePolicyDocument: asText(properties.AssumeRolePolicyDocument),
			...(Path !== undefined && { Path }),
			...(Description !== undefined && { Description }),
			...(MaxSessionDuration !== undefined && { MaxSessionDuration }),
			...(PermissionsBoundary !== undefined && { PermissionsBoundary }),
			...(tags.length > 0 && { Tags: tags }),
		});
		write(given, Role!.RoleName!, properties, context);
		return { id: Role!.RoleName!, attributes: { Arn: Role!.Arn!, RoleId: Role!.RoleId! } };
	},
	read(id, context) {
		const { call, declared, tags } = context;
		const live = ifThere(() => call(getRole, { RoleName: id }).Role!);
		if (!live) return undefined;
		const { PermissionsBoundary: boundary, Description, AssumeRolePolicyDocument: trust } = live;
		return {
			RoleName: id,
			Path: live.Path!,
			AssumeRolePolicyDocument: decoded(trust, declared.AssumeRolePolicyDocument),
			...(Description && { Description }),
			MaxSessionDuration: live.MaxSessionDuration!,
			...(boundary && { PermissionsBoundary: boundary.PermissionsBoundaryArn! }),
			...read(settings, id, context),
			Tags: liveTags(live.Tags, declared.Tags, tags),
		};
	},
	update(id, properties, context) {
		write(settings, id, properties, context, context.before);
		const { set, removed } = tagChanges(context.tagsBefore, context.tags);
		if (removed.length > 0) context.call(roleTags.untag, { RoleName: id, TagKeys: removed });
		if (set.length > 0) context.call(roleTags.tag, { RoleName: id, Tags: set });
		return undefined;
	},
	delete(id, context) {
		ifThere(() => {
			write(given, id, {}, context, context.declared);
			context.call(deleteRole, { RoleName: id });
		});
	},
});
