import { createHash, randomUUID } from 'node:crypto';
import type { MessageAttributeValue, SendMessageResult } from '@aws-sdk/client-sqs';
import type { AccountInRegion } from '../../account/account.ts';
import { Fault } from '../../fault.ts';
import { numberOf } from './attributes.ts';
import { invalidParameter, invalidValue, missing } from './invalid.ts';
import {
	checkMessageAttributes,
	keep,
	type MessageAttributes,
	md5,
	md5OfAttributes,
	sizeOf,
} from './message-attributes.ts';
import { Messages } from './messages.ts';
import { isFifo, type Queue } from './queues.ts';

/** What one sends, alone or in a batch. */
export interface Outgoing {
	MessageBody?: string | undefined;
	DelaySeconds?: number | undefined;
	MessageAttributes?: Record<string, MessageAttributeValue> | undefined;
	MessageSystemAttributes?: Record<string, MessageAttributeValue> | undefined;
	MessageDeduplicationId?: string | undefined;
	MessageGroupId?: string | undefined;
}

/** Puts a message into a queue in the running transaction, or refuses it as AWS does. `sender` is the sender's unique id. */
export function send(account: AccountInRegion, queue: Queue, outgoing: Outgoing, sender: string): SendMessageResult {
	const { MessageBody, MessageAttributes = {}, MessageSystemAttributes = {} } = outgoing;
	check(queue, outgoing);
	const messages = account.store(Messages);
	const now = account.clock.now();
	const digests = {
		MD5OfMessageBody: md5(MessageBody!),
		...(Object.keys(MessageAttributes).length > 0 && { MD5OfMessageAttributes: md5OfAttributes(MessageAttributes) }),
		...(Object.keys(MessageSystemAttributes).length > 0 && {
			MD5OfMessageSystemAttributes: md5OfAttributes(MessageSystemAttributes),
		}),
	};
	const fifo = isFifo(queue) ? inOrder(account, queue, outgoing) : undefined;
	// A duplicate is acknowledged as the first was, and not delivered.
	if (fifo?.duplicate) {
		return { ...digests, MessageId: fifo.duplicate.messageId, SequenceNumber: fifo.duplicate.sequence };
	}
	const delay = (fifo ? undefined : outgoing.DelaySeconds) ?? numberOf(queue, 'DelaySeconds');
	const messageId = randomUUID();
	messages.add({
		queue: queue.name,
		messageId,
		body: MessageBody!,
		attributes: keep(MessageAttributes),
		trace: MessageSystemAttributes['AWSTraceHeader']?.StringValue ?? null,
		sender,
		sent: now,
		visible: now + delay * 1000,
		groupId: outgoing.MessageGroupId ?? null,
		deduplicationId: fifo?.deduplicationId ?? null,
		sequence: fifo?.sequence ?? null,
	});
	if (fifo) messages.remember(queue.name, fifo.key, { messageId, sequence: fifo.sequence });
	return { ...digests, MessageId: messageId, ...(fifo && { SequenceNumber: fifo.sequence }) };
}

/** What FIFO queues add to a message. */
function inOrder(account: AccountInRegion, { name, attributes }: Queue, outgoing: Outgoing) {
	const { MessageBody, MessageDeduplicationId, MessageGroupId } = outgoing;
	const messages = account.store(Messages);
	const deduplicationId = MessageDeduplicationId ?? createHash('sha256').update(MessageBody!).digest('hex');
	const key =
		attributes['DeduplicationScope'] === 'messageGroup' ? `${MessageGroupId}/${deduplicationId}` : deduplicationId;
	return {
		deduplicationId,
		key,
		sequence: nextSequence(account),
		duplicate: messages.duplicate(name, key),
	};
}

/** Twenty digits that only grow. */
export const nextSequence = (account: AccountInRegion): string =>
	String(18_900_000_000_000_000_000n + BigInt(account.store(Messages).lastId() + 1) * 256n);

function check(queue: Queue, outgoing: Outgoing): void {
	const { MessageBody, DelaySeconds, MessageAttributes = {}, MessageSystemAttributes = {} } = outgoing;
	if (!MessageBody) throw missing('MessageBody');
	if (disallowed.test(MessageBody)) {
		throw new Fault(
			'InvalidMessageContents',
			'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF',
		);
	}
	if (DelaySeconds !== undefined && (DelaySeconds < 0 || DelaySeconds > 900)) {
		throw invalidParameter(DelaySeconds, 'DelaySeconds', 'DelaySeconds must be >= 0 and <= 900.');
	}
	checkMessageAttributes(MessageAttributes);
	for (const name of Object.keys(MessageSystemAttributes)) {
		if (name !== 'AWSTraceHeader') throw invalidValue(`Message system attribute name '${name}' is invalid.`);
	}
	const most = numberOf(queue, 'MaximumMessageSize');
	if (messageSize(MessageBody, MessageAttributes) > most) {
		throw invalidValue(`One or more parameters are invalid. Reason: Message must be shorter than ${most} bytes.`);
	}
	checkOrder(queue, outgoing);
}

const disallowed = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

export const messageSize = (body: string, attributes: MessageAttributes) =>
	Buffer.byteLength(body) + sizeOf(attributes);

function checkOrder(queue: Queue, { DelaySeconds, MessageDeduplicationId, MessageGroupId }: Outgoing): void {
	const notHere = 'The request include parameter that is not valid for this queue type.';
	for (const [name, value] of Object.entries({ MessageDeduplicationId, MessageGroupId })) {
		if (value !== undefined && !/^[\w!"#$%&'()*+,\-./:;<=>?@[\\\]^`{|}~]{1,128}$/.test(value)) {
			throw invalidParameter(
				value,
				name,
				`${name} can only include alphanumeric and punctuation characters. 1 to 128 in length`,
			);
		}
	}
	if (!isFifo(queue)) {
		// A group on a standard queue is for fair delivery; a deduplication id has no meaning there.
		if (MessageDeduplicationId !== undefined) {
			throw invalidParameter(MessageDeduplicationId, 'MessageDeduplicationId', notHere);
		}
		return;
	}
	if (DelaySeconds) throw invalidParameter(DelaySeconds, 'DelaySeconds', notHere);
	if (MessageGroupId === undefined) throw missing('MessageGroupId');
	if (MessageDeduplicationId === undefined && queue.attributes['ContentBasedDeduplication'] !== 'true') {
		throw invalidValue(
			'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
		);
	}
}
