import {
	ListSubscriptions$,
	ListSubscriptionsByTopic$,
	type ListSubscriptionsByTopicInput,
	type ListSubscriptionsByTopicResponse,
	type ListSubscriptionsInput,
	type ListSubscriptionsResponse,
	type Subscription as SubscriptionOutput,
} from '@aws-sdk/client-sns';
import type { AccountInRegion } from '../../../account/account.ts';
import { operation } from '../../../operation.ts';
import { page } from '../page.ts';
import { type Subscription, Subscriptions } from '../subscriptions.ts';
import { onTopic, Topics, topicOf } from '../topics.ts';

/** https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptions.html */
export const listSubscriptions = operation(
	ListSubscriptions$,
	(input: ListSubscriptionsInput, { account }): ListSubscriptionsResponse =>
		listed(account, account.store(Subscriptions).of(), input.NextToken),
	{ access: (_input, { account }) => ({ resource: account.store(Topics).arn('*') }) },
);

/** https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptionsByTopic.html */
export const listSubscriptionsByTopic = operation(
	ListSubscriptionsByTopic$,
	(input: ListSubscriptionsByTopicInput, call): ListSubscriptionsByTopicResponse => {
		const topic = topicOf(call, input.TopicArn!);
		return listed(call.account, call.account.store(Subscriptions).of(topic.name), input.NextToken);
	},
	{ access: onTopic() },
);

function listed(account: AccountInRegion, subscriptions: Subscription[], token: string | undefined) {
	const store = account.store(Subscriptions);
	const { items, NextToken } = page(subscriptions, token);
	return {
		Subscriptions: items.map(
			(each): SubscriptionOutput => ({
				SubscriptionArn: store.shownArn(each),
				Owner: account.id,
				Protocol: each.protocol,
				Endpoint: each.endpoint,
				TopicArn: account.store(Topics).arn(each.topic),
			}),
		),
		...(NextToken && { NextToken }),
	};
}
