import {
	GetQueueAttributes$,
	type GetQueueAttributesRequest,
	type GetQueueAttributesResult,
} from '@aws-sdk/client-sqs';
import { operation } from '../../../operation.ts';
import { onQueue } from '../access.ts';
import { effective, numberOf, shown, unknownAttribute } from '../attributes.ts';
import { Messages } from '../messages.ts';
import { Queues, queueAt } from '../queues.ts';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html */
export const getQueueAttributes = operation(
	GetQueueAttributes$,
	({ QueueUrl, AttributeNames = [] }: GetQueueAttributesRequest, { account }): GetQueueAttributesResult => {
		const queue = queueAt(account, QueueUrl!);
		const unknown = AttributeNames.find((name) => name !== 'All' && !shown.includes(name));
		if (unknown) throw unknownAttribute(unknown);
		if (AttributeNames.length === 0) return {};
		const counts = account.store(Messages).count(queue.name, numberOf(queue, 'MessageRetentionPeriod'));
		const all: Record<string, string> = {
			...effective(queue, (time) => account.clock.toWire(time)),
			QueueArn: account.store(Queues).arn(queue.name),
			ApproximateNumberOfMessages: String(counts.visible),
			ApproximateNumberOfMessagesNotVisible: String(counts.inFlight),
			ApproximateNumberOfMessagesDelayed: String(counts.delayed),
		};
		const wanted = Object.entries(all).filter(([name]) =>
			AttributeNames.some((each) => each === 'All' || each === name),
		);
		return wanted.length > 0 ? { Attributes: Object.fromEntries(wanted) } : {};
	},
	{ access: onQueue() },
);
