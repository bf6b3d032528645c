import { deleteParameter } from '../../services/ssm/operations/delete-parameters.ts';
import { getParameter } from '../../services/ssm/operations/get-parameter.ts';
import { putParameter } from '../../services/ssm/operations/put-parameter.ts';
import { addTagsToResource, removeTagsFromResource } from '../../services/ssm/operations/tags.ts';
import { resource } from '../resource.ts';
import { tagChanges } from './tags.ts';

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

const attributes = ({ Type, Value }: Parameter) => ({ Type, Value });

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ssm-parameter.html */
export const parameter = resource<Parameter>('AWS::SSM::Parameter', {
	properties: ['Name', 'Type', 'Value', 'Description', 'AllowedPattern', 'DataType', 'Tier', 'Tags'],
	namedBy: 'Name',
	create({ Tags: _, ...properties }, { call, name, tags }) {
		const Name = properties.Name ?? `CFN-${name(64)}`;
		call(putParameter, { ...properties, Name, ...(tags.length > 0 && { Tags: tags }) });
		return { id: Name, attributes: attributes(properties) };
	},
	read(id, { call }) {
		const { Parameter } = call(getParameter, { Name: id });
		const { Name, Type, Value, DataType } = Parameter!;
		return { Name: Name!, Type: Type as 'String', Value: Value!, DataType: DataType! };
	},
	update(id, { Tags: _, ...properties }, { call, tags, tagsBefore }) {
		call(putParameter, { ...properties, Name: id, Overwrite: true });
		const { set, removed } = tagChanges(tagsBefore, tags);
		const of = { ResourceType: 'Parameter' as const, ResourceId: id };
		if (set.length > 0) call(addTagsToResource, { ...of, Tags: set });
		if (removed.length > 0) call(removeTagsFromResource, { ...of, TagKeys: removed });
		return attributes(properties);
	},
	delete: (id, { call }) => void call(deleteParameter, { Name: id }),
	exists: ({ Name }, { call }) => (Name === undefined ? undefined : call(getParameter, { Name }).Parameter!.Name),
});
