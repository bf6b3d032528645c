import { createTopic } from '../../services/sns/operations/create-topic.ts';
import { deleteTopic } from '../../services/sns/operations/delete-topic.ts';
import { tagResource, untagResource } from '../../services/sns/operations/tags.ts';
import { getTopicAttributes, setTopicAttributes } from '../../services/sns/operations/topic-attributes.ts';
import { resource, type Tag } from '../resource.ts';
import { tagChanges } from './tags.ts';

interface Topic {
	TopicName?: string;
	DisplayName?: string;
	KmsMasterKeyId?: string;
	SignatureVersion?: string;
	TracingConfig?: string;
	Tags?: Tag[];
}

const settings = ['DisplayName', 'KmsMasterKeyId', 'SignatureVersion', 'TracingConfig'] as const;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topic.html */
export const topic = resource<Topic>('AWS::SNS::Topic', {
	properties: ['TopicName', 'Tags', ...settings],
	namedBy: 'TopicName',
	create(properties, { call, name, tags }) {
		const Name = properties.TopicName ?? name(256);
		const said = settings.flatMap((each) => (properties[each] === undefined ? [] : [[each, properties[each]]]));
		const { TopicArn } = call(createTopic, {
			Name,
			Attributes: Object.fromEntries(said) as Record<string, string>,
			...(tags.length > 0 && { Tags: tags }),
		});
		return { id: TopicArn!, attributes: { TopicArn: TopicArn!, TopicName: Name } };
	},
	read(id, { call }) {
		const { Attributes: live = {} } = call(getTopicAttributes, { TopicArn: id });
		const set = settings.flatMap((each) => (live[each] ? [[each, live[each]]] : []));
		return { TopicName: id.split(':').at(-1)!, ...Object.fromEntries(set) };
	},
	update(id, properties, { call, before, tags, tagsBefore }) {
		for (const name of settings) {
			if (properties[name] === before[name]) continue;
			call(setTopicAttributes, { TopicArn: id, AttributeName: name, AttributeValue: properties[name] ?? '' });
		}
		const { set, removed } = tagChanges(tagsBefore, tags);
		if (set.length > 0) call(tagResource, { ResourceArn: id, Tags: set });
		if (removed.length > 0) call(untagResource, { ResourceArn: id, TagKeys: removed });
		return undefined;
	},
	delete: (id, { call }) => void call(deleteTopic, { TopicArn: id }),
});
