import {
	SendMessage$,
	SendMessageBatch$,
	type SendMessageBatchRequest,
	type SendMessageBatchRequestEntry,
	type SendMessageBatchResult,
	type SendMessageBatchResultEntry,
	type SendMessageRequest,
	type SendMessageResult,
} from '@aws-sdk/client-sqs';
import { Fault } from '../../../fault.ts';
import { operation } from '../../../operation.ts';
import { onQueue, touchesQueue } from '../access.ts';
import { batch } from '../batch.ts';
import { queueAt } from '../queues.ts';
import { messageSize, send } from '../send.ts';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
export const sendMessage = operation(
	SendMessage$,
	(input: SendMessageRequest, { account, principal }): SendMessageResult =>
		send(account, queueAt(account, input.QueueUrl!), input, principal.id),
	{ access: onQueue('SendMessage'), touches: touchesQueue },
);

/** Bytes of all messages of a batch together. */
const largestBatch = 1_048_576;

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html */
export const sendMessageBatch = operation(
	SendMessageBatch$,
	({ QueueUrl, Entries }: SendMessageBatchRequest, { account, principal }): SendMessageBatchResult => {
		const queue = queueAt(account, QueueUrl!);
		const result = batch('SendMessageBatchRequestEntry', Entries!, (entry: SendMessageBatchRequestEntry) => {
			return send(account, queue, entry, principal.id) as Omit<SendMessageBatchResultEntry, 'Id'>;
		});
		const size = Entries!.reduce(
			(sum, { MessageBody = '', MessageAttributes = {} }) => sum + messageSize(MessageBody, MessageAttributes),
			0,
		);
		if (size > largestBatch) {
			throw new Fault(
				'BatchRequestTooLong',
				`Batch requests cannot be longer than ${largestBatch} bytes. You have sent ${size} bytes.`,
			);
		}
		return result;
	},
	{ access: onQueue('SendMessage'), touches: touchesQueue },
);
