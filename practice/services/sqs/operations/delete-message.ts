import {
	DeleteMessage$,
	DeleteMessageBatch$,
	type DeleteMessageBatchRequest,
	type DeleteMessageBatchResult,
	type DeleteMessageRequest,
} from '@aws-sdk/client-sqs';
import type { AccountInRegion } from '../../../account/account.ts';
import { operation } from '../../../operation.ts';
import { onQueue, touchesQueue } from '../access.ts';
import { batch } from '../batch.ts';
import { held } from '../handle.ts';
import { invalidParameter } from '../invalid.ts';
import { Messages } from '../messages.ts';
import { isFifo, type Queue, queueAt } from '../queues.ts';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessage.html */
export const deleteMessage = operation(
	DeleteMessage$,
	({ QueueUrl, ReceiptHandle }: DeleteMessageRequest, { account }): void =>
		remove(account, queueAt(account, QueueUrl!), ReceiptHandle!),
	{ access: onQueue('DeleteMessage'), touches: touchesQueue },
);

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessageBatch.html */
export const deleteMessageBatch = operation(
	DeleteMessageBatch$,
	({ QueueUrl, Entries }: DeleteMessageBatchRequest, { account }): DeleteMessageBatchResult => {
		const queue = queueAt(account, QueueUrl!);
		return batch('DeleteMessageBatchRequestEntry', Entries!, ({ ReceiptHandle }) => {
			remove(account, queue, ReceiptHandle!);
			return {};
		});
	},
	{ access: onQueue('DeleteMessage'), touches: touchesQueue },
);

function remove(account: AccountInRegion, queue: Queue, handle: string): void {
	const { message, newest } = held(account, queue, handle);
	if (!message) return;
	const inFlight = message.visible > account.clock.now();
	if (isFifo(queue) && !(newest && inFlight)) {
		throw invalidParameter(handle, 'ReceiptHandle', 'The receipt handle has expired.');
	}
	// With an older handle of a message that was received again, AWS says yes and may keep the message.
	if (newest) account.store(Messages).delete(message.id);
}
