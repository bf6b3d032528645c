import { notImplemented } from '../../fault.ts';
import { attachedToGroup } from '../../services/iam/operations/attached-policies.ts';
import { createGroup, deleteGroup, getGroup } from '../../services/iam/operations/groups.ts';
import { groupPolicies } from '../../services/iam/operations/inline-policies.ts';
import { resource } from '../resource.ts';
import { attached, type InlinePolicy, inline } from './parts/entity-policies.ts';
import { read, type Settings, write } from './parts/settings.ts';
import { ifThere } from './parts/there.ts';

interface Given {
	ManagedPolicyArns?: string[];
	Policies?: InlinePolicy[];
}
interface Group extends Given {
	GroupName?: string;
	Path?: string;
}

const given: Settings<Given> = {
	ManagedPolicyArns: attached('GroupName', attachedToGroup),
	Policies: inline('GroupName', groupPolicies),
};

const settings: Settings<Group> = {
	...given,
	Path: {
		write() {
			throw notImplemented('iam:UpdateGroup');
		},
	},
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-group.html */
export const group = resource<Group>('AWS::IAM::Group', {
	properties: ['GroupName', 'Path', 'ManagedPolicyArns', 'Policies'],
	namedBy: 'GroupName',
	exists: ({ GroupName }, { call }) => GroupName && ifThere(() => call(getGroup, { GroupName })) && GroupName,
	create({ GroupName, Path, ...properties }, context) {
		const { Group } = context.call(createGroup, {
			GroupName: GroupName ?? context.name(128),
			...(Path !== undefined && { Path }),
		});
		write(given, Group!.GroupName!, properties, context);
		return { id: Group!.GroupName!, attributes: { Arn: Group!.Arn! } };
	},
	read(id, context) {
		const live = ifThere(() => context.call(getGroup, { GroupName: id }).Group!);
		return live && { GroupName: id, Path: live.Path!, ...read(settings, id, context) };
	},
	update(id, properties, context) {
		write(settings, id, properties, context, context.before);
		return undefined;
	},
	delete(id, context) {
		ifThere(() => {
			write(given, id, {}, context, context.declared);
			context.call(deleteGroup, { GroupName: id });
		});
	},
});
