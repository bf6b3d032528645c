import type { AccountInRegion } from '../../account/account.ts';
import type { MessageAttributes } from './filter-policy.ts';

/** A message on its way to one subscriber. */
export interface Notification {
	id: string;
	topicArn: string;
	subject: string | undefined;
	/** The text for the subscriber's protocol. */
	message: string;
	attributes: MessageAttributes;
	/** For fair delivery by standard queues. */
	groupId: string | undefined;
}

export const unsubscribeUrl = (endpoint: string, subscriptionArn: string) =>
	`${endpoint}/?${new URLSearchParams({ Action: 'Unsubscribe', SubscriptionArn: subscriptionArn })}`;

/**
 * The JSON in which a message travels, spaced as AWS spaces it. It bears no signature: there is no certificate of AWS's
 * that one could check it with.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html
 */
export function notification(
	{ clock }: AccountInRegion,
	endpoint: string,
	subscriptionArn: string,
	{ id, topicArn, subject, message, attributes }: Notification,
): string {
	const members: Record<string, string> = {
		Type: 'Notification',
		MessageId: id,
		TopicArn: topicArn,
		...(subject !== undefined && { Subject: subject }),
		Message: message,
		Timestamp: new Date(clock.toWire(clock.now())).toISOString(),
		UnsubscribeURL: unsubscribeUrl(endpoint, subscriptionArn),
	};
	const lines = Object.entries(members).map(([name, value]) => `  "${name}" : ${JSON.stringify(value)}`);
	const written = Object.entries(attributes).map(([name, { DataType, StringValue, BinaryValue }]) => {
		const value = BinaryValue ? Buffer.from(BinaryValue).toString('base64') : StringValue;
		return `    ${JSON.stringify(name)} : ${JSON.stringify({ Type: DataType, Value: value })}`;
	});
	if (written.length > 0) lines.push(`  "MessageAttributes" : {\n${written.join(',\n')}\n  }`);
	return `{\n${lines.join(',\n')}\n}`;
}
