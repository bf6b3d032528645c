import {
	ListDeadLetterSourceQueues$,
	type ListDeadLetterSourceQueuesRequest,
	type ListDeadLetterSourceQueuesResult,
} from '@aws-sdk/client-sqs';
import { operation } from '../../../operation.ts';
import { onQueue } from '../access.ts';
import { page } from '../page.ts';
import { Queues, queueAt, queueUrl } from '../queues.ts';
import { redriveOf } from '../redrive.ts';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListDeadLetterSourceQueues.html */
export const listDeadLetterSourceQueues = operation(
	ListDeadLetterSourceQueues$,
	(input: ListDeadLetterSourceQueuesRequest, call): ListDeadLetterSourceQueuesResult => {
		const queues = call.account.store(Queues);
		const arn = queues.arn(queueAt(call.account, input.QueueUrl!).name);
		const sources = queues.list().filter((queue) => redriveOf(queue)?.deadLetterTargetArn === arn);
		const { items, next } = page(
			sources.map(({ name }) => name),
			input,
		);
		return { queueUrls: items.map((name) => queueUrl(call, name)), ...(next && { NextToken: next }) };
	},
	{ access: onQueue() },
);
