import * as client from '@aws-sdk/client-sqs';
import { service } from '../../service.ts';
import { move } from './moves.ts';
import { changeMessageVisibility, changeMessageVisibilityBatch } from './operations/change-message-visibility.ts';
import { createQueue } from './operations/create-queue.ts';
import { deleteMessage, deleteMessageBatch } from './operations/delete-message.ts';
import { deleteQueue } from './operations/delete-queue.ts';
import { getQueueAttributes } from './operations/get-queue-attributes.ts';
import { getQueueUrl } from './operations/get-queue-url.ts';
import { listDeadLetterSourceQueues } from './operations/list-dead-letter-source-queues.ts';
import { listQueues } from './operations/list-queues.ts';
import { cancelMessageMoveTask, listMessageMoveTasks, startMessageMoveTask } from './operations/message-move-tasks.ts';
import { addPermission, removePermission } from './operations/permissions.ts';
import { purgeQueue } from './operations/purge-queue.ts';
import { receiveMessage } from './operations/receive-message.ts';
import { sendMessage, sendMessageBatch } from './operations/send-message.ts';
import { setQueueAttributes } from './operations/set-queue-attributes.ts';
import { listQueueTags, tagQueue, untagQueue } from './operations/tags.ts';

/** Simple Queue Service: queues that really deliver. */
export default service({
	client: client as unknown as Record<string, unknown>,
	operations: [
		...[createQueue, deleteQueue, getQueueAttributes, getQueueUrl, listQueues, setQueueAttributes, purgeQueue],
		...[sendMessage, sendMessageBatch, receiveMessage, deleteMessage, deleteMessageBatch],
		...[changeMessageVisibility, changeMessageVisibilityBatch],
		...[listDeadLetterSourceQueues, startMessageMoveTask, cancelMessageMoveTask, listMessageMoveTasks],
		...[listQueueTags, tagQueue, untagQueue, addPermission, removePermission],
	],
	workers: { move },
});
