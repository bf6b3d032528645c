import { ListQueues$, type ListQueuesRequest, type ListQueuesResult } from '@aws-sdk/client-sqs';
import { operation } from '../../../operation.ts';
import { page } from '../page.ts';
import { Queues, queueUrl } from '../queues.ts';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListQueues.html */
export const listQueues = operation(
	ListQueues$,
	(input: ListQueuesRequest, call): ListQueuesResult => {
		const names = call.account
			.store(Queues)
			.list(input.QueueNamePrefix)
			.map(({ name }) => name);
		const { items, next } = page(names, input);
		return {
			...(items.length > 0 && { QueueUrls: items.map((name) => queueUrl(call, name)) }),
			...(next && { NextToken: next }),
		};
	},
	{ access: (_input, { account }) => ({ resource: account.store(Queues).arn('*') }) },
);
