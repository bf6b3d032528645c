import { SetQueueAttributes$, type SetQueueAttributesRequest } from '@aws-sdk/client-sqs';
import { operation } from '../../../operation.ts';
import { onQueue, touchesQueue } from '../access.ts';
import { checkAttributes, numberOf, withAttributes } from '../attributes.ts';
import { Messages } from '../messages.ts';
import { Queues, queueAt } from '../queues.ts';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
export const setQueueAttributes = operation(
	SetQueueAttributes$,
	({ QueueUrl, Attributes = {} }: SetQueueAttributesRequest, { account }): void => {
		const before = queueAt(account, QueueUrl!);
		checkAttributes(account, before, Attributes);
		const queue = {
			...before,
			attributes: withAttributes(before.attributes, Attributes),
			modified: account.clock.now(),
		};
		account.store(Queues).put(queue.name, queue);
		// A retention that is shorter than the age of waiting messages deletes them.
		account.store(Messages).expire(queue.name, numberOf(queue, 'MessageRetentionPeriod'));
	},
	{ access: onQueue(), touches: touchesQueue },
);
