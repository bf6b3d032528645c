import { check } from '../check.ts';
import { consoleUrl } from '../console-url.ts';
import { redrive, waiting } from '../queue.ts';
import { count } from '../words.ts';
import { bothQueues, brokenLink } from './queues.ts';

/** Receives that the starter allows before an order is set aside. */
const allowed = 3;

export const orderParked = check({
	id: 'order-parked',
	step: 'order',
	title: 'An order that failed too often waits in FailedOrders',
	docs: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html',
	until: 'repair',
	causes: {
		'never-sent': 'There is no order in either queue',
		'one-more-receive': 'The order has not been received often enough',
		'in-flight': 'The order is handed out and not yet visible again',
		'no-dead-letter-queue': 'Orders has no dead-letter queue any more',
		elsewhere: 'Orders sends its failures to another queue',
		patience: 'Orders gives up after another number of receives',
		gone: 'One of the two queues is not there',
	},
	hint: [
		'An order fails when somebody receives it and does not delete it. How often may that happen here?',
		'maxReceiveCount is 3, and an order moves when its count *exceeds* that.',
		'Run the loop of the page again: each turn receives once. The fourth receive moves the order and hands out nothing.',
	],
	async run(look) {
		const { outputs, region, fail, pending, saw, remark } = look;
		const queues = await bothQueues(look);
		if ('missing' in queues) {
			return fail('gone', { expected: 'the queues Orders and FailedOrders', found: queues.missing, next: queues.next });
		}
		const { orders, failedOrders } = queues;
		const parked = waiting(failedOrders);
		const open = waiting(orders);
		const url = consoleUrl('AWS::SQS::Queue', outputs.OrdersQueueUrl!, region);
		const evidence = [
			{ what: 'Orders', value: `${open.visible} waiting, ${open.inFlight} handed out` },
			{ what: 'FailedOrders', value: `${parked.visible} waiting, ${parked.inFlight} handed out` },
		];

		const broken = await brokenLink(look, queues);
		if (broken) {
			return fail(broken.target ? 'elsewhere' : 'no-dead-letter-queue', {
				expected: `Orders hands an order to FailedOrders after ${allowed} receives`,
				found: `Orders: ${broken.found}`,
				next: broken.next,
				evidence,
				consoleUrl: url,
			});
		}
		const { maxReceiveCount } = redrive(orders)!;
		if (parked.all > 0) {
			saw('FailedOrders', count(parked.all, 'message'));
			saw('Orders', count(open.all, 'message'));
			if (maxReceiveCount !== allowed)
				remark(`Orders gives up after ${count(maxReceiveCount, 'receive')}, not after ${allowed}.`);
			return undefined;
		}
		if (open.delayed > 0) {
			return pending({
				expected: '1 message in FailedOrders',
				found: `0 there; ${open.delayed} in Orders, held back by a delay of ${orders.DelaySeconds} seconds`,
				next: 'Wait until the delay is over, then receive it.',
				evidence,
				consoleUrl: url,
			});
		}
		if (open.all > 0 && maxReceiveCount !== allowed) {
			return fail('patience', {
				expected: `Orders gives an order up after ${allowed} receives`,
				found: `${count(open.all, 'order')} in Orders, which gives up after ${count(maxReceiveCount, 'receive')}`,
				next: `Receive it until its count exceeds ${maxReceiveCount}, or put maxReceiveCount back to ${allowed} in lib/stack.ts and deploy.`,
				evidence,
				consoleUrl: url,
			});
		}
		if (open.visible > 0) {
			return fail('one-more-receive', {
				expected: '1 message in FailedOrders',
				found: `0 there; ${open.visible} in Orders, to be received`,
				next: `Receive it once more, and do not delete it. SQS moves a message when its count exceeds maxReceiveCount (${allowed}), so the fourth receive moves it.`,
				evidence,
				consoleUrl: url,
			});
		}
		if (open.inFlight > 0) {
			return fail('in-flight', {
				expected: '1 message in FailedOrders',
				found: `0 there; ${open.inFlight} of Orders handed out, invisible for up to ${orders.VisibilityTimeout} seconds`,
				next: 'Run the receiving loop again in half a minute. It says --visibility-timeout 0, so that the order is visible again at once.',
				evidence,
				consoleUrl: url,
			});
		}
		return fail('never-sent', {
			expected: '1 message in FailedOrders',
			found:
				'0 there and 0 in Orders: none was sent, or it was received and deleted. SQS counts are up to a minute late',
			next: 'Send an order: aws sqs send-message --queue-url $ORDERS --message-body "two coffees"',
			evidence,
			consoleUrl: url,
		});
	},
});
