import * as client from '@aws-sdk/client-sqs';
import { service } from '../../service.ts';
import { createQueue } from './operations/create-queue.ts';
import { deleteQueue } from './operations/delete-queue.ts';
import { getQueueAttributes } from './operations/get-queue-attributes.ts';
import { getQueueUrl } from './operations/get-queue-url.ts';
import { listQueues } from './operations/list-queues.ts';
import { setQueueAttributes } from './operations/set-queue-attributes.ts';
import { listQueueTags, tagQueue, untagQueue } from './operations/tags.ts';

/** Simple Queue Service: queues that really deliver. */
export default service({
	client: client as unknown as Record<string, unknown>,
	operations: [
		...[createQueue, deleteQueue, getQueueAttributes, getQueueUrl, listQueues, setQueueAttributes],
		...[listQueueTags, tagQueue, untagQueue],
	],
});
