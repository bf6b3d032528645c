import {
	ChangeMessageVisibility$,
	ChangeMessageVisibilityBatch$,
	type ChangeMessageVisibilityBatchRequest,
	type ChangeMessageVisibilityBatchResult,
	type ChangeMessageVisibilityRequest,
} from '@aws-sdk/client-sqs';
import type { AccountInRegion } from '../../../account/account.ts';
import { Fault } from '../../../fault.ts';
import { operation } from '../../../operation.ts';
import { onQueue, touchesQueue } from '../access.ts';
import { batch } from '../batch.ts';
import { held } from '../handle.ts';
import { invalidParameter, missing } from '../invalid.ts';
import { Messages } from '../messages.ts';
import { type Queue, queueAt } from '../queues.ts';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibility.html */
export const changeMessageVisibility = operation(
	ChangeMessageVisibility$,
	({ QueueUrl, ReceiptHandle, VisibilityTimeout }: ChangeMessageVisibilityRequest, { account }): void =>
		change(account, queueAt(account, QueueUrl!), ReceiptHandle!, VisibilityTimeout),
	{ access: onQueue('ChangeMessageVisibility'), touches: touchesQueue },
);

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibilityBatch.html */
export const changeMessageVisibilityBatch = operation(
	ChangeMessageVisibilityBatch$,
	({ QueueUrl, Entries }: ChangeMessageVisibilityBatchRequest, { account }): ChangeMessageVisibilityBatchResult => {
		const queue = queueAt(account, QueueUrl!);
		return batch('ChangeMessageVisibilityBatchRequestEntry', Entries!, ({ ReceiptHandle, VisibilityTimeout }) => {
			change(account, queue, ReceiptHandle!, VisibilityTimeout);
			return {};
		});
	},
	{ access: onQueue('ChangeMessageVisibility'), touches: touchesQueue },
);

/** Seconds that a message can stay out of sight since it was received, however often that is prolonged. */
const longest = 43_200;

function change(account: AccountInRegion, queue: Queue, handle: string, timeout: number | undefined): void {
	if (timeout === undefined) throw missing('VisibilityTimeout');
	if (timeout < 0 || timeout > longest) {
		throw invalidParameter(timeout, 'VisibilityTimeout', 'VisibilityTimeout must be an integer between 0 and 43200');
	}
	const { message, newest, receivedAt } = held(account, queue, handle);
	if (!message || !newest) {
		throw invalidParameter(
			handle,
			'ReceiptHandle',
			'Message does not exist or is not available for visibility timeout change.',
		);
	}
	const now = account.clock.now();
	if (message.visible <= now) throw new Fault('MessageNotInflight', "The specified message isn't in flight.");
	if (now + timeout * 1000 > receivedAt + longest * 1000) {
		throw invalidParameter(
			timeout,
			'VisibilityTimeout',
			`Total VisibilityTimeout for the message is beyond the limit [${longest} seconds]`,
		);
	}
	account.store(Messages).hide(message.id, now + timeout * 1000);
}
