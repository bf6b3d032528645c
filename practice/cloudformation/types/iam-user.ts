import { notImplemented } from '../../fault.ts';
import { attachedToUser } from '../../services/iam/operations/attached-policies.ts';
import { deleteUserPermissionsBoundary, putUserPermissionsBoundary } from '../../services/iam/operations/boundaries.ts';
import { addUserToGroup, listGroupsForUser, removeUserFromGroup } from '../../services/iam/operations/groups.ts';
import { userPolicies } from '../../services/iam/operations/inline-policies.ts';
import { userTags } from '../../services/iam/operations/tags.ts';
import { createUser, deleteUser, getUser } from '../../services/iam/operations/users.ts';
import { resource, type Tag } from '../resource.ts';
import { attached, type InlinePolicy, inline } from './parts/entity-policies.ts';
import { inOrderOf, liveTags } from './parts/live.ts';
import { read, type Settings, write } from './parts/settings.ts';
import { ifThere } from './parts/there.ts';
import { tagChanges } from './tags.ts';

interface Given {
	Groups?: string[];
	ManagedPolicyArns?: string[];
	Policies?: InlinePolicy[];
}
interface User extends Given {
	UserName?: string;
	Path?: string;
	PermissionsBoundary?: string;
	Tags?: Tag[];
}

/** What has to be taken from a user before it can go. */
const given: Settings<Given> = {
	Groups: {
		write(UserName, after = [], { call }, before = []) {
			const left = before.filter((group) => !after.includes(group));
			for (const GroupName of left) {
				ifThere(() => call(removeUserFromGroup, { GroupName, UserName }), /: The group /);
			}
			for (const GroupName of after) call(addUserToGroup, { GroupName, UserName });
		},
		read(UserName, { call }, declared) {
			const { Groups } = call(listGroupsForUser, { UserName });
			const names = Groups!.map(({ GroupName }) => GroupName!);
			return inOrderOf(declared, names, (name) => name);
		},
	},
	ManagedPolicyArns: attached('UserName', attachedToUser),
	Policies: inline('UserName', userPolicies),
};

const settings: Settings<User> = {
	...given,
	PermissionsBoundary: {
		write: (UserName, after, { call }) =>
			after === undefined
				? call(deleteUserPermissionsBoundary, { UserName })
				: call(putUserPermissionsBoundary, { UserName, PermissionsBoundary: after }),
	},
	Path: {
		write() {
			throw notImplemented('iam:UpdateUser');
		},
	},
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-user.html */
export const user = resource<User>('AWS::IAM::User', {
	properties: ['UserName', 'Path', 'PermissionsBoundary', 'Groups', 'ManagedPolicyArns', 'Policies', 'Tags'],
	namedBy: 'UserName',
	exists: ({ UserName }, { call }) => UserName && ifThere(() => call(getUser, { UserName })) && UserName,
	create({ Path, PermissionsBoundary, ...properties }, context) {
		const { call, name, tags } = context;
		const { User } = call(createUser, {
			UserName: properties.UserName ?? name(64),
			...(Path !== undefined && { Path }),
			...(PermissionsBoundary !== undefined && { PermissionsBoundary }),
			...(tags.length > 0 && { Tags: tags }),
		});
		write(given, User!.UserName!, properties, context);
		return { id: User!.UserName!, attributes: { Arn: User!.Arn! } };
	},
	read(id, context) {
		const live = ifThere(() => context.call(getUser, { UserName: id }).User!);
		if (!live) return undefined;
		const { PermissionsBoundary: boundary } = live;
		return {
			UserName: id,
			Path: live.Path!,
			...(boundary && { PermissionsBoundary: boundary.PermissionsBoundaryArn! }),
			...read(settings, id, context),
			Tags: liveTags(live.Tags, context.declared.Tags, context.tags),
		};
	},
	update(id, properties, context) {
		write(settings, id, properties, context, context.before);
		const { set, removed } = tagChanges(context.tagsBefore, context.tags);
		if (removed.length > 0) context.call(userTags.untag, { UserName: id, TagKeys: removed });
		if (set.length > 0) context.call(userTags.tag, { UserName: id, Tags: set });
		return undefined;
	},
	delete(id, context) {
		ifThere(() => {
			write(given, id, {}, context, context.declared);
			context.call(deleteUser, { UserName: id });
		});
	},
});
