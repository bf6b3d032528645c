import type { AccountInRegion } from '../../account/account.ts';
import { Fault } from '../../fault.ts';
import { authorize } from '../../iam/authorize.ts';
import { type Call, callAs } from '../../operation.ts';
import { Queues } from '../sqs/queues.ts';
import { type Outgoing, send } from '../sqs/send.ts';
import { filterPolicy } from './filter-policy.ts';
import { mail } from './mail.ts';
import { type Notification, notification } from './notification.ts';
import { type Subscription, Subscriptions } from './subscriptions.ts';

/** SNS itself, as queues' policies name it. */
const sns = {
	kind: 'service',
	service: 'sns.amazonaws.com',
	arn: 'sns.amazonaws.com',
	id: 'sns.amazonaws.com',
} as const;

/**
 * Brings a message to one subscriber, when its filter lets it through. A failure is the subscriber's: whoever published
 * does not hear of it.
 */
export function deliver(call: Call, subscription: Subscription, sent: Notification): void {
	const { account, endpoint } = call;
	const { FilterPolicy: policy, RawMessageDelivery: raw, RedrivePolicy: redrive } = subscription.attributes;
	if (policy && !filterPolicy(policy)(sent.attributes)) return;
	if (subscription.protocol !== 'sqs') {
		mail(account, endpoint, subscription, sent);
		return;
	}
	const body = {
		MessageBody: raw?.toLowerCase() === 'true' ? sent.message : envelope(account, endpoint, subscription, sent),
		...(raw?.toLowerCase() === 'true' && { MessageAttributes: sent.attributes }),
		...(sent.groupId !== undefined && { MessageGroupId: sent.groupId }),
	};
	const failed = attempt(call, subscription.endpoint, sent.topicArn, body);
	if (failed && redrive) attempt(call, JSON.parse(redrive).deadLetterTargetArn, sent.topicArn, body);
}

const envelope = (account: AccountInRegion, endpoint: string, subscription: Subscription, sent: Notification) =>
	notification(account, endpoint, account.store(Subscriptions).arn(subscription), sent);

/** Sends as SNS, so that the queue's policy decides. Says whether it failed, and tells whoever watches why. */
function attempt({ account: here, endpoint }: Call, queueArn: string, topicArn: string, outgoing: Outgoing): boolean {
	const [, , , region = '', owner, name = ''] = queueArn.split(':');
	const account = here.account.in(region);
	try {
		const queue = owner === account.id ? account.store(Queues).get(name) : undefined;
		if (!queue) throw new Fault('QueueDoesNotExist', 'The specified queue does not exist.');
		authorize(callAs(account, sns, { endpoint }), {
			action: 'sqs:SendMessage',
			resource: queueArn,
			context: { 'aws:SourceArn': topicArn, 'aws:SourceAccount': account.id },
			policy: queue.attributes['Policy'],
		});
		account.db.transaction(() => send(account, queue, outgoing, 'AIDAIT2UOQQY3AUEKVGXU'));
		return false;
	} catch (error) {
		if (!(error instanceof Fault)) throw error;
		const failure = `${error.name}: ${error.message}`;
		account.account.announce({ service: 'sns', operation: 'Deliver', resource: queueArn, error: failure });
		return true;
	}
}
