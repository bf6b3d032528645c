import {
	GetTopicAttributes$,
	type GetTopicAttributesInput,
	type GetTopicAttributesResponse,
	SetTopicAttributes$,
	type SetTopicAttributesInput,
} from '@aws-sdk/client-sns';
import { operation } from '../../../operation.ts';
import { checkTopicAttribute } from '../attributes.ts';
import { Subscriptions } from '../subscriptions.ts';
import { defaultPolicy, invalid, onTopic, Topics, topicOf, touchesTopic } from '../topics.ts';

/** How deliveries are tried again where nobody has said so. */
const effectiveDeliveryPolicy = JSON.stringify({
	http: {
		defaultHealthyRetryPolicy: {
			minDelayTarget: 20,
			maxDelayTarget: 20,
			numRetries: 3,
			numMaxDelayRetries: 0,
			numNoDelayRetries: 0,
			numMinDelayRetries: 0,
			backoffFunction: 'linear',
		},
		disableSubscriptionOverrides: false,
		defaultRequestPolicy: { headerContentType: 'text/plain; charset=UTF-8' },
	},
});

/** https://docs.aws.amazon.com/sns/latest/api/API_GetTopicAttributes.html */
export const getTopicAttributes = operation(
	GetTopicAttributes$,
	({ TopicArn }: GetTopicAttributesInput, call): GetTopicAttributesResponse => {
		const { account } = call;
		const topic = topicOf(call, TopicArn!);
		const subscriptions = account.store(Subscriptions).of(topic.name);
		const pending = subscriptions.filter(({ token }) => token !== undefined).length;
		return {
			Attributes: {
				TopicArn: TopicArn!,
				Owner: account.id,
				DisplayName: '',
				Policy: defaultPolicy(TopicArn!, account.id),
				EffectiveDeliveryPolicy: effectiveDeliveryPolicy,
				...topic.attributes,
				SubscriptionsConfirmed: String(subscriptions.length - pending),
				SubscriptionsPending: String(pending),
				SubscriptionsDeleted: '0',
			},
		};
	},
	{ access: onTopic() },
);

/** https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html */
export const setTopicAttributes = operation(
	SetTopicAttributes$,
	({ TopicArn, AttributeName, AttributeValue = '' }: SetTopicAttributesInput, call): void => {
		const topic = topicOf(call, TopicArn!);
		if (AttributeName === 'FifoTopic') throw invalid('AttributeName');
		checkTopicAttribute(AttributeName!, AttributeValue);
		const attributes = { ...topic.attributes, [AttributeName!]: AttributeValue };
		if (!AttributeValue) delete attributes[AttributeName!];
		call.account.store(Topics).put(topic.name, { ...topic, attributes });
	},
	{ access: onTopic(), touches: touchesTopic },
);
