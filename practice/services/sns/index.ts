import * as client from '@aws-sdk/client-sns';
import { service } from '../../service.ts';
import { confirmSubscription } from './operations/confirm-subscription.ts';
import { createTopic } from './operations/create-topic.ts';
import { deleteTopic } from './operations/delete-topic.ts';
import { listSubscriptions, listSubscriptionsByTopic } from './operations/list-subscriptions.ts';
import { listTopics } from './operations/list-topics.ts';
import { addPermission, removePermission } from './operations/permissions.ts';
import { publishBatch, publishMessage } from './operations/publish.ts';
import { subscribe } from './operations/subscribe.ts';
import { getSubscriptionAttributes, setSubscriptionAttributes } from './operations/subscription-attributes.ts';
import { listTagsForResource, tagResource, untagResource } from './operations/tags.ts';
import { getTopicAttributes, setTopicAttributes } from './operations/topic-attributes.ts';
import { unsubscribe } from './operations/unsubscribe.ts';

/** Simple Notification Service: topics, and delivery to queues and mailboxes. */
export default service({
	client: client as unknown as Record<string, unknown>,
	operations: [
		...[createTopic, deleteTopic, listTopics, getTopicAttributes, setTopicAttributes],
		...[subscribe, confirmSubscription, unsubscribe, listSubscriptions, listSubscriptionsByTopic],
		...[getSubscriptionAttributes, setSubscriptionAttributes, publishMessage, publishBatch],
		...[tagResource, untagResource, listTagsForResource, addPermission, removePermission],
	],
	// The links in mails are not signed; the ARN in them tells the account.
	anonymous({ search }, accounts) {
		const query = new URLSearchParams(search);
		const arn = query.get('TopicArn') ?? query.get('SubscriptionArn') ?? '';
		return [...accounts].find(({ id }) => id === arn.split(':')[4]);
	},
});
