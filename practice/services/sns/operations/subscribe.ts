import { randomBytes, randomUUID } from 'node:crypto';
import { Subscribe$, type SubscribeInput, type SubscribeResponse } from '@aws-sdk/client-sns';
import { notImplemented } from '../../../fault.ts';
import { operation } from '../../../operation.ts';
import { askToConfirm } from '../mail.ts';
import { checkSubscriptionAttribute } from '../subscription-attributes.ts';
import { type Subscription, Subscriptions } from '../subscriptions.ts';
import { invalid, onTopic, topicOf, touchesTopic } from '../topics.ts';

/** https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html */
export const subscribe = operation(
	Subscribe$,
	(input: SubscribeInput, call): SubscribeResponse => {
		const { account, endpoint } = call;
		const topic = topicOf(call, input.TopicArn!);
		const [protocol, target, attributes] = [input.Protocol!, input.Endpoint ?? '', input.Attributes ?? {}];
		checkEndpoint(protocol, target);
		for (const [name, value] of Object.entries(attributes)) checkSubscriptionAttribute(protocol, name, value);
		const subscriptions = account.store(Subscriptions);
		const existing = subscriptions
			.of(topic.name)
			.find((each) => each.protocol === protocol && each.endpoint === target);
		if (existing && Object.entries(attributes).some(([name, value]) => existing.attributes[name] !== value)) {
			throw invalid('Attributes Reason: Subscription already exists with different attributes');
		}
		const subscription: Subscription = existing ?? {
			id: randomUUID(),
			topic: topic.name,
			protocol,
			endpoint: target,
			attributes,
			by: call.principal.arn,
			// A queue of the account needs nobody's word; an address does.
			...(protocol !== 'sqs' && { token: randomBytes(128).toString('hex') }),
			authenticated: protocol === 'sqs',
			created: account.clock.now(),
		};
		subscriptions.save(subscription);
		if (subscription.token === undefined) return { SubscriptionArn: subscriptions.arn(subscription) };
		askToConfirm(account, endpoint, subscription);
		return {
			SubscriptionArn: input.ReturnSubscriptionArn ? subscriptions.arn(subscription) : 'pending confirmation',
		};
	},
	{ access: onTopic(), touches: touchesTopic },
);

function checkEndpoint(protocol: string, endpoint: string): void {
	if (['http', 'https', 'lambda', 'sms', 'application', 'firehose'].includes(protocol)) {
		throw notImplemented(`SNS's subscriptions of protocol ${protocol}`);
	}
	if (protocol === 'sqs') {
		if (!/^arn:[\w-]+:sqs:[\w-]+:\d{12}:[\w-]+(\.fifo)?$/.test(endpoint)) throw invalid('SQS endpoint ARN');
		if (endpoint.endsWith('.fifo')) {
			throw invalid('Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics');
		}
	} else if (protocol === 'email' || protocol === 'email-json') {
		if (!/^[^@\s]+@[^@\s]+$/.test(endpoint)) throw invalid('Email address');
	} else throw invalid(`Amazon SNS does not support this protocol string: ${protocol}`);
}
