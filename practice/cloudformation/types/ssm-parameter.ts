import { deleteParameter } from '../../services/ssm/operations/delete-parameters.ts';
import { describeParameters } from '../../services/ssm/operations/describe-parameters.ts';
import { getParameter } from '../../services/ssm/operations/get-parameter.ts';
import { putParameter } from '../../services/ssm/operations/put-parameter.ts';
import { addTagsToResource, listTagsForResource, removeTagsFromResource } from '../../services/ssm/operations/tags.ts';
import { same } from '../json.ts';
import { type ResourceContext, resource } from '../resource.ts';
import { liveTags } from './parts/live.ts';
import { ifThere } from './parts/there.ts';
import { tagChanges, tagList, tagMap } from './tags.ts';

interface Parameter {
	Name?: string;
	Type: 'String' | 'StringList';
	Value: string;
	Description?: string;
	AllowedPattern?: string;
	DataType?: string;
	Tier?: 'Standard' | 'Advanced' | 'Intelligent-Tiering';
	Tags?: Record<string, string>;
}

const attributes = (Name: string, { Type, Value }: Parameter, { account }: ResourceContext) => ({
	Arn: account.arn('ssm', `parameter/${Name.replace(/^\//, '')}`),
	...{ Type, Value },
});

const find = (Name: string, { call }: Pick<ResourceContext, 'call'>) =>
	ifThere(() => call(getParameter, { Name }).Parameter!);

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ssm-parameter.html */
export const parameter = resource<Parameter>('AWS::SSM::Parameter', {
	properties: ['Name', 'Type', 'Value', 'Description', 'AllowedPattern', 'DataType', 'Tier', 'Tags'],
	namedBy: 'Name',
	exists: ({ Name }, context) => Name && find(Name, context) && Name,
	create({ Tags: _, ...properties }, context) {
		const { call, name, tags } = context;
		const Name = properties.Name ?? `CFN-${name(64)}`;
		call(putParameter, { ...properties, Name, ...(tags.length > 0 && { Tags: tags }) });
		return { id: Name, attributes: attributes(Name, properties, context) };
	},
	read(id, context) {
		const { call, declared, tags } = context;
		const live = find(id, context);
		if (!live) return undefined;
		const named = [{ Key: 'Name', Option: 'Equals', Values: [id] }];
		const { Description, AllowedPattern, Tier } = call(describeParameters, { ParameterFilters: named }).Parameters![0]!;
		const { TagList } = call(listTagsForResource, { ResourceType: 'Parameter', ResourceId: id });
		return {
			Name: id,
			Type: live.Type as 'String',
			Value: live.Value!,
			DataType: live.DataType!,
			...(Description && { Description }),
			...(AllowedPattern && { AllowedPattern }),
			// Intelligent tiering is a choice, not a tier: whichever it took is right.
			Tier: declared.Tier === 'Intelligent-Tiering' ? declared.Tier : Tier!,
			Tags: tagMap(liveTags(TagList, tagList(declared.Tags), tags)),
		};
	},
	update(id, { Tags: _, ...properties }, context) {
		const { call, tags, tagsBefore } = context;
		const { Tags: _tags, ...before } = context.before;
		// Each time that a parameter is put makes a version.
		if (!same(properties, before)) call(putParameter, { ...properties, Name: id, Overwrite: true });
		const { set, removed } = tagChanges(tagsBefore, tags);
		const of = { ResourceType: 'Parameter' as const, ResourceId: id };
		if (set.length > 0) call(addTagsToResource, { ...of, Tags: set });
		if (removed.length > 0) call(removeTagsFromResource, { ...of, TagKeys: removed });
		return attributes(id, properties, context);
	},
	delete: (id, { call }) => void ifThere(() => call(deleteParameter, { Name: id })),
});
