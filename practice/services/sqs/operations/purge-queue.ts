import { PurgeQueue$, type PurgeQueueRequest } from '@aws-sdk/client-sqs';
import { Fault } from '../../../fault.ts';
import { operation } from '../../../operation.ts';
import { onQueue, touchesQueue } from '../access.ts';
import { Messages } from '../messages.ts';
import { Queues, queueAt } from '../queues.ts';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_PurgeQueue.html */
export const purgeQueue = operation(
	PurgeQueue$,
	({ QueueUrl }: PurgeQueueRequest, { account }): void => {
		const queue = queueAt(account, QueueUrl!);
		const now = account.clock.now();
		if (queue.purged !== undefined && now - queue.purged < 60_000) {
			throw new Fault(
				'PurgeQueueInProgress',
				`Only one PurgeQueue operation on ${queue.name} is allowed every 60 seconds.`,
			);
		}
		account.store(Messages).purge(queue.name);
		account.store(Queues).put(queue.name, { ...queue, purged: now });
	},
	{ access: onQueue(), touches: touchesQueue },
);
