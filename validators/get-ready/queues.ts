import type { Look } from '../check.ts';
import { liveQueue, type QueueAttributes, queueName, redrive } from '../queue.ts';
import { resourceOf } from './declared.ts';

export interface Queues {
	orders: QueueAttributes;
	failedOrders: QueueAttributes;
}

/** A queue that cannot be looked at: what was found instead, and what to do. */
export interface Missing {
	missing: string;
	next: string;
}

type Looked = Pick<Look, 'aws' | 'outputs'>;

/** Both queues as SQS has them now, or the first that is not there. */
export async function bothQueues({ aws, outputs }: Looked): Promise<Queues | Missing> {
	const { OrdersQueueUrl, FailedOrdersQueueUrl } = outputs;
	if (!OrdersQueueUrl) return noOutput('OrdersQueueUrl');
	if (!FailedOrdersQueueUrl) return noOutput('FailedOrdersQueueUrl');
	const [orders, failedOrders] = await Promise.all([
		liveQueue(aws, OrdersQueueUrl),
		liveQueue(aws, FailedOrdersQueueUrl),
	]);
	if (!orders) return deleted('Orders', OrdersQueueUrl);
	if (!failedOrders) return deleted('FailedOrders', FailedOrdersQueueUrl);
	return { orders, failedOrders };
}

export const restoreStack =
	'Bring lib/stack.ts back to what it was (`git checkout lib/stack.ts`), then npm run deploy -- get-ready';

const noOutput = (name: string): Missing => ({ missing: `the stack has no output ${name}`, next: restoreStack });

const deleted = (name: string, url: string): Missing => ({
	missing: `${name} is in the stack, and SQS says that there is no queue ${url}`,
	// A deployment without changes changes nothing: a stack does not notice what is deleted by hand.
	next: 'Make it anew: npm run cleanup -- get-ready, then npm run deploy -- get-ready, and send the order again',
});

/** What is wrong with the way from Orders to FailedOrders, and how to put it right; undefined when it is whole. */
export async function brokenLink(
	{ outputs, resources, template }: Pick<Look, 'outputs' | 'resources' | 'template'>,
	{ orders, failedOrders }: Queues,
): Promise<{ found: string; next: string; target: string | undefined } | undefined> {
	const policy = redrive(orders);
	if (policy?.target === failedOrders.QueueArn) return undefined;

	const resource = await resourceOf(resources, outputs['OrdersQueueUrl']!);
	const declared =
		resource && (await template()).Resources?.[resource.LogicalResourceId!]?.Properties?.['RedrivePolicy'];
	const attributes = JSON.stringify({
		RedrivePolicy: JSON.stringify({ deadLetterTargetArn: failedOrders.QueueArn, maxReceiveCount: 3 }),
	});
	return {
		found: `${policy ? `its redrive policy names ${queueName(policy.target)}` : 'it has no redrive policy'}${declared ? ', set by hand: the template has one' : ', and so says the template'}`,
		next: declared
			? `Put it back (a deployment without changes would not): aws sqs set-queue-attributes --queue-url ${outputs['OrdersQueueUrl']} --attributes '${attributes}'`
			: 'In lib/stack.ts give Orders deadLetterQueue: { queue: failedOrders, maxReceiveCount: 3 }, then npm run deploy -- get-ready',
		target: policy?.target,
	};
}
