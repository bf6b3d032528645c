import { getTopicAttributes, setTopicAttributes } from '../../services/sns/operations/topic-attributes.ts';
import { defaultPolicy } from '../../services/sns/topics.ts';
import { type Json, same } from '../json.ts';
import { type ResourceContext, resource } from '../resource.ts';
import { asDocument, asText, farthest, liveDocument } from './documents.ts';
import { ifThere } from './parts/there.ts';

interface TopicPolicy {
	PolicyDocument: Json;
	/** ARNs. */
	Topics: string[];
}

const put = (TopicArn: string, document: Json, { call }: ResourceContext) =>
	call(setTopicAttributes, { TopicArn, AttributeName: 'Policy', AttributeValue: asText(document) });

/** Gives these topics their usual policy again. One that is gone must not leave the other on the rest. */
function take(topics: string[], context: ResourceContext): void {
	for (const arn of topics) ifThere(() => put(arn, '', context));
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topicpolicy.html */
export const topicPolicy = resource<TopicPolicy>('AWS::SNS::TopicPolicy', {
	properties: ['PolicyDocument', 'Topics'],
	create({ PolicyDocument, Topics }, context) {
		for (const arn of Topics) put(arn, PolicyDocument, context);
		const id = context.name(80);
		return { id, attributes: { Id: id } };
	},
	read(_id, { call, account, declared }) {
		const live = declared.Topics.flatMap((TopicArn) => {
			const text = ifThere(() => call(getTopicAttributes, { TopicArn }).Attributes!)?.['Policy'];
			const own = text && !same(asDocument(text), asDocument(defaultPolicy(TopicArn, account.id)));
			return own ? [{ arn: TopicArn, document: liveDocument(text, declared.PolicyDocument) }] : [];
		});
		if (live.length === 0) return undefined;
		const documents = live.map(({ document }) => document);
		return { PolicyDocument: farthest(documents, declared.PolicyDocument), Topics: live.map(({ arn }) => arn) };
	},
	update(_id, { PolicyDocument, Topics }, context) {
		take(
			context.before.Topics.filter((arn) => !Topics.includes(arn)),
			context,
		);
		for (const arn of Topics) put(arn, PolicyDocument, context);
		return undefined;
	},
	delete: (_id, context) => take(context.declared.Topics, context),
});
