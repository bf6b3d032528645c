import { DeleteQueue$, type DeleteQueueRequest } from '@aws-sdk/client-sqs';
import { operation } from '../../../operation.ts';
import { onQueue, touchesQueue } from '../access.ts';
import { Messages } from '../messages.ts';
import { DeletedQueues, Queues, queueAt } from '../queues.ts';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteQueue.html */
export const deleteQueue = operation(
	DeleteQueue$,
	({ QueueUrl }: DeleteQueueRequest, { account }): void => {
		const { name } = queueAt(account, QueueUrl!);
		account.store(Queues).delete(name);
		account.store(Messages).forget(name);
		account.store(DeletedQueues).put(name, { at: account.clock.now() });
	},
	{ access: onQueue(), touches: touchesQueue },
);
