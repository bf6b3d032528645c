import {
	ListQueueTags$,
	type ListQueueTagsRequest,
	type ListQueueTagsResult,
	TagQueue$,
	type TagQueueRequest,
	UntagQueue$,
	type UntagQueueRequest,
} from '@aws-sdk/client-sqs';
import { Fault } from '../../../fault.ts';
import { operation } from '../../../operation.ts';
import { onQueue, touchesQueue } from '../access.ts';
import { Queues, queueAt } from '../queues.ts';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_TagQueue.html */
export const tagQueue = operation(
	TagQueue$,
	({ QueueUrl, Tags }: TagQueueRequest, { account }): void => {
		const queue = queueAt(account, QueueUrl!);
		const tags = { ...queue.tags, ...Tags };
		if (Object.keys(Tags!).length === 0) {
			throw new Fault('MissingParameter', 'The request must contain the parameter Tags.');
		}
		if (Object.keys(tags).length > 50)
			throw new Fault('InvalidParameterValue', `Too many tags added for queue ${queue.name}.`);
		account.store(Queues).put(queue.name, { ...queue, tags });
	},
	{ access: onQueue(), touches: touchesQueue },
);

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_UntagQueue.html */
export const untagQueue = operation(
	UntagQueue$,
	({ QueueUrl, TagKeys }: UntagQueueRequest, { account }): void => {
		const queue = queueAt(account, QueueUrl!);
		if (TagKeys!.length === 0)
			throw new Fault('InvalidParameterValue', 'Tag keys must be between 1 and 128 characters in length.');
		const tags = Object.fromEntries(Object.entries(queue.tags).filter(([key]) => !TagKeys!.includes(key)));
		account.store(Queues).put(queue.name, { ...queue, tags });
	},
	{ access: onQueue(), touches: touchesQueue },
);

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListQueueTags.html */
export const listQueueTags = operation(
	ListQueueTags$,
	({ QueueUrl }: ListQueueTagsRequest, { account }): ListQueueTagsResult => {
		const { tags } = queueAt(account, QueueUrl!);
		return Object.keys(tags).length > 0 ? { Tags: tags } : {};
	},
	{ access: onQueue() },
);
