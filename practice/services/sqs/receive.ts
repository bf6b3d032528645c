import type { Message as Received } from '@aws-sdk/client-sqs';
import type { AccountInRegion } from '../../account/account.ts';
import { numberOf } from './attributes.ts';
import { newReceipt, receiptHandle } from './handle.ts';
import { chosen, kept, md5, md5OfAttributes } from './message-attributes.ts';
import { type Message, Messages } from './messages.ts';
import { isFifo, type Queue, Queues } from './queues.ts';
import { redriveOf } from './redrive.ts';
import { nextSequence } from './send.ts';

/** Takes up to `most` messages out of sight. Those received too often go to the dead-letter queue instead. */
export function take(account: AccountInRegion, queue: Queue, most: number, timeout: number | undefined): Message[] {
	const messages = account.store(Messages);
	messages.expire(queue.name, numberOf(queue, 'MessageRetentionPeriod'));
	const now = account.clock.now();
	const until = now + (timeout ?? numberOf(queue, 'VisibilityTimeout')) * 1000;
	const redrive = redriveOf(queue);
	const deadLetters = redrive && account.store(Queues).byArn(redrive.deadLetterTargetArn);
	const taken = new Map<number, Message>();
	for (let moved = true; moved && taken.size < most; ) {
		moved = false;
		const wanted = most + taken.size;
		const ready = isFifo(queue) ? messages.readyInOrder(queue.name, wanted) : messages.ready(queue.name, wanted);
		for (const message of ready) {
			if (taken.has(message.id) || taken.size >= most) continue;
			if (deadLetters && message.received >= redrive.maxReceiveCount) {
				messages.move(message, {
					queue: deadLetters.name,
					source: account.store(Queues).arn(queue.name),
					// What comes out of a standard queue keeps its age, and so its retention.
					sent: isFifo(queue) ? now : message.sent,
					sequence: isFifo(deadLetters) ? nextSequence(account) : null,
				});
				moved = true;
			} else taken.set(message.id, messages.receive(message, newReceipt(now), until));
		}
	}
	return [...taken.values()];
}

export const systemAttributes = [
	...['SenderId', 'SentTimestamp', 'ApproximateReceiveCount', 'ApproximateFirstReceiveTimestamp'],
	...['SequenceNumber', 'MessageDeduplicationId', 'MessageGroupId', 'AWSTraceHeader', 'DeadLetterQueueSourceArn'],
];

/** As a receiver sees it, with the attributes that it asks for. */
export function asReceived(
	account: AccountInRegion,
	message: Message,
	wanted: { system: string[]; attributes: string[] },
): Received {
	const all: Record<string, string | null> = {
		SenderId: message.sender,
		SentTimestamp: String(account.clock.toWire(message.sent)),
		ApproximateReceiveCount: String(message.received),
		ApproximateFirstReceiveTimestamp: String(account.clock.toWire(message.firstReceived!)),
		SequenceNumber: message.sequence,
		MessageDeduplicationId: message.deduplicationId,
		MessageGroupId: message.groupId,
		AWSTraceHeader: message.trace,
		DeadLetterQueueSourceArn: message.source,
	};
	const system = Object.entries(all).filter(
		(entry): entry is [string, string] =>
			entry[1] !== null && wanted.system.some((name) => name === 'All' || name === entry[0]),
	);
	const attributes = chosen(kept(message.attributes), wanted.attributes);
	return {
		MessageId: message.messageId,
		ReceiptHandle: receiptHandle(message),
		MD5OfBody: md5(message.body),
		Body: message.body,
		...(system.length > 0 && { Attributes: Object.fromEntries(system) }),
		...(Object.keys(attributes).length > 0 && {
			MD5OfMessageAttributes: md5OfAttributes(attributes),
			MessageAttributes: attributes,
		}),
	};
}
