import type { Look } from '../check.ts';
import { liveQueue, type QueueAttributes } from '../queue.ts';

export interface Queues {
	orders: QueueAttributes;
	failedOrders: QueueAttributes;
}

/** Both queues as SQS has them now, or the first that is not there. */
export async function bothQueues({
	aws,
	outputs,
}: Pick<Look, 'aws' | 'outputs'>): Promise<Queues | { missing: string }> {
	const { OrdersQueueUrl, FailedOrdersQueueUrl } = outputs;
	if (!OrdersQueueUrl) return { missing: 'the stack has no output OrdersQueueUrl' };
	if (!FailedOrdersQueueUrl) return { missing: 'the stack has no output FailedOrdersQueueUrl' };
	const [orders, failedOrders] = await Promise.all([
		liveQueue(aws, OrdersQueueUrl),
		liveQueue(aws, FailedOrdersQueueUrl),
	]);
	if (!orders) return { missing: `Orders is in the stack, and SQS says that there is no queue ${OrdersQueueUrl}` };
	if (!failedOrders)
		return { missing: `FailedOrders is in the stack, and SQS says that there is no queue ${FailedOrdersQueueUrl}` };
	return { orders, failedOrders };
}

/** What to do about a queue that is gone: it takes a new stack, because a deployment without changes changes nothing. */
export const makeAnew =
	'Make it anew: npm run cleanup -- get-ready, then npm run deploy -- get-ready, and send the order again';
