import { setTopicAttributes } from '../../services/sns/operations/topic-attributes.ts';
import type { Json } from '../json.ts';
import { resource } from '../resource.ts';
import { asText } from './documents.ts';

interface TopicPolicy {
	PolicyDocument: Json;
	/** ARNs. */
	Topics: string[];
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topicpolicy.html */
export const topicPolicy = resource<TopicPolicy>('AWS::SNS::TopicPolicy', {
	properties: ['PolicyDocument', 'Topics'],
	create({ PolicyDocument, Topics }, { call, name }) {
		for (const TopicArn of Topics) {
			call(setTopicAttributes, { TopicArn, AttributeName: 'Policy', AttributeValue: asText(PolicyDocument) });
		}
		const id = name(80);
		return { id, attributes: { Id: id } };
	},
	update(_id, { PolicyDocument, Topics }, { call, before }) {
		for (const TopicArn of before.Topics.filter((arn) => !Topics.includes(arn))) {
			call(setTopicAttributes, { TopicArn, AttributeName: 'Policy', AttributeValue: '' });
		}
		for (const TopicArn of Topics) {
			call(setTopicAttributes, { TopicArn, AttributeName: 'Policy', AttributeValue: asText(PolicyDocument) });
		}
		return undefined;
	},
	delete(_id, { call, declared }) {
		for (const TopicArn of declared.Topics) {
			call(setTopicAttributes, { TopicArn, AttributeName: 'Policy', AttributeValue: '' });
		}
	},
});
