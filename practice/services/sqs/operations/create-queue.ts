import { CreateQueue$, type CreateQueueRequest, type CreateQueueResult } from '@aws-sdk/client-sqs';
import { Fault } from '../../../fault.ts';
import { operation } from '../../../operation.ts';
import { checkAttributes, conflict, withAttributes } from '../attributes.ts';
import { DeletedQueues, type Queue, Queues, queueUrl } from '../queues.ts';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html */
export const createQueue = operation(
	CreateQueue$,
	({ QueueName, Attributes = {}, tags = {} }: CreateQueueRequest, call): CreateQueueResult => {
		const name = QueueName!;
		checkName(name, Attributes['FifoQueue']);
		const { account } = call;
		const queues = account.store(Queues);
		const existing = queues.get(name);
		const now = account.clock.now();
		const queue: Queue = existing ?? { name, attributes: {}, tags, created: now, modified: now };
		checkAttributes(account, queue, Attributes);
		if (existing) {
			// Asking again for the same queue is not an error; asking for another one by its name is.
			const other = conflict(existing, Attributes);
			if (other) {
				throw new Fault(
					'QueueNameExists',
					`A queue already exists with the same name and a different value for attribute ${other}`,
				);
			}
			return { QueueUrl: queueUrl(call, name) };
		}
		const deleted = account.store(DeletedQueues).get(name);
		if (deleted && now - deleted.at < 60_000) {
			throw new Fault(
				'QueueDeletedRecently',
				'You must wait 60 seconds after deleting a queue before you can create another with the same name.',
			);
		}
		account.store(DeletedQueues).delete(name);
		queues.put(name, { ...queue, attributes: withAttributes({}, Attributes) });
		return { QueueUrl: queueUrl(call, name) };
	},
	{
		access: ({ QueueName, tags }, { account }) => {
			const resource = account.store(Queues).arn(QueueName!);
			return [{ resource }, ...(tags && Object.keys(tags).length > 0 ? [{ action: 'sqs:TagQueue', resource }] : [])];
		},
		touches: ({ QueueName }) => QueueName,
	},
);

function checkName(name: string, fifo: string | undefined): void {
	if (/^[\w-]{1,75}\.fifo$/.test(name)) {
		if (fifo === 'true') return;
		throw new Fault(
			'InvalidParameterValue',
			'The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length',
		);
	}
	if (fifo === 'true') {
		throw new Fault(
			'InvalidParameterValue',
			'The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length',
		);
	}
	if (!/^[\w-]{1,80}$/.test(name)) {
		throw new Fault(
			'InvalidParameterValue',
			'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
		);
	}
}
