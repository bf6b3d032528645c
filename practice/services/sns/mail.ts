import type { AccountInRegion } from '../../account/account.ts';
import { Inbox } from '../../account/inbox.ts';
import { type Notification, notification, unsubscribeUrl } from './notification.ts';
import { type Subscription, Subscriptions } from './subscriptions.ts';
import { Topics } from './topics.ts';

/** Where the account reads its mail, whatever region sent it. */
const inbox = ({ account }: AccountInRegion) => account.in('us-east-1').store(Inbox);

/** Asks whether the address wants the topic's mail, as AWS does. */
export function askToConfirm(account: AccountInRegion, endpoint: string, subscription: Subscription): void {
	const arn = account.store(Topics).arn(subscription.topic);
	const query = new URLSearchParams({ Action: 'ConfirmSubscription', TopicArn: arn, Token: subscription.token! });
	const url = `${endpoint}/?${query}`;
	const body =
		subscription.protocol === 'email-json'
			? JSON.stringify(
					{
						Type: 'SubscriptionConfirmation',
						MessageId: subscription.id,
						Token: subscription.token,
						TopicArn: arn,
						Message: `You have chosen to subscribe to the topic ${arn}.\nTo confirm the subscription, visit the SubscribeURL included in this message.`,
						SubscribeURL: url,
						Timestamp: new Date(account.clock.toWire(account.clock.now())).toISOString(),
					},
					null,
					2,
				)
			: `You have chosen to subscribe to the topic:\n${arn}\n\nTo confirm this subscription, click or visit the link below (If this was in error no action is necessary):\n${url}\n`;
	inbox(account).deliver({
		to: subscription.endpoint,
		subject: 'AWS Notification - Subscription Confirmation',
		body,
	});
}

export function mail(account: AccountInRegion, endpoint: string, subscription: Subscription, sent: Notification): void {
	const arn = account.store(Subscriptions).arn(subscription);
	const body =
		subscription.protocol === 'email-json'
			? notification(account, endpoint, arn, sent)
			: `${sent.message}\n\n--\nIf you wish to stop receiving notifications from this topic, please click or visit the link below to unsubscribe:\n${unsubscribeUrl(endpoint, arn)}\n`;
	inbox(account).deliver({ to: subscription.endpoint, subject: sent.subject ?? 'AWS Notification Message', body });
}
