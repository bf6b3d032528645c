import { deleteParameter } from '../../services/ssm/operations/delete-parameters.ts';
import { getParameter } from '../../services/ssm/operations/get-parameter.ts';
import { putParameter } from '../../services/ssm/operations/put-parameter.ts';
import { resource } from '../resource.ts';

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

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ssm-parameter.html */
export const parameter = resource<Parameter>('AWS::SSM::Parameter', {
	properties: ['Name', 'Type', 'Value', 'Description', 'AllowedPattern', 'DataType', 'Tier', 'Tags'],
	namedBy: 'Name',
	create({ Tags: _, ...properties }, { call, name, tags }) {
		const Name = properties.Name ?? `CFN-${name(64)}`;
		call(putParameter, { ...properties, Name, ...(tags.length > 0 && { Tags: tags }) });
		return { id: Name, attributes: { Type: properties.Type, Value: properties.Value } };
	},
	read(id, { call }) {
		const { Parameter } = call(getParameter, { Name: id });
		return { Name: Parameter!.Name!, Type: Parameter!.Type as 'String', Value: Parameter!.Value! };
	},
	update(id, { Tags: _, ...properties }, { call }) {
		call(putParameter, { ...properties, Name: id, Overwrite: true });
		return { Type: properties.Type, Value: properties.Value };
	},
	delete: (id, { call }) => void call(deleteParameter, { Name: id }),
});
