import { expect, test } from 'vitest';
import { orderParked } from './order-parked.ts';
import { messages, Shop } from './testing.ts';

const look = (change: (shop: Shop) => void) => {
	const shop = new Shop();
	change(shop);
	return shop.look(orderParked);
};
const policy = (shop: Shop, change: object) => {
	shop.orders!['RedrivePolicy'] = JSON.stringify({ ...JSON.parse(shop.orders!['RedrivePolicy']!), ...change });
};
const hold = (shop: Shop, orders: Record<string, string>, failedOrders = messages(0)) => {
	Object.assign(shop.orders!, orders);
	Object.assign(shop.failedOrders!, failedOrders);
};

test('an order in FailedOrders passes, looked at by somebody or not', async () => {
	expect(await look((shop) => hold(shop, messages(0), messages(1)))).toMatchObject({
		status: 'passed',
		evidence: [
			{ what: 'FailedOrders', value: '1 message' },
			{ what: 'Orders', value: '0 messages' },
		],
	});
	expect(await look((shop) => hold(shop, messages(2), messages(0, 1)))).toMatchObject({ status: 'passed' });
});

test('parked by another count passes, with a remark', async () => {
	expect(
		await look((shop) => {
			hold(shop, messages(0), messages(1));
			policy(shop, { maxReceiveCount: 1 });
		}),
	).toMatchObject({ status: 'passed', remark: 'Orders gives up after 1 receive, not after 3.' });
});

test('never-sent', async () => {
	expect(await look(() => {})).toMatchObject({
		cause: 'never-sent',
		found: '0 there and 0 in Orders: none was sent, or it was received and deleted. SQS counts are up to a minute late',
	});
});

test('one-more-receive', async () => {
	expect(await look((shop) => hold(shop, messages(1)))).toMatchObject({
		cause: 'one-more-receive',
		expected: '1 message in FailedOrders',
		found: '0 there; 1 in Orders, to be received',
		next: 'Receive it once more, and do not delete it. SQS moves a message when its count exceeds maxReceiveCount (3), so the fourth receive moves it.',
	});
});

test('in-flight', async () => {
	expect(await look((shop) => hold(shop, messages(0, 1)))).toMatchObject({
		cause: 'in-flight',
		found: '0 there; 1 of Orders handed out, invisible for up to 30 seconds',
	});
});

test('an order that is held back is pending', async () => {
	expect(
		await look((shop) => {
			hold(shop, messages(0, 0, 1));
			shop.orders!['DelaySeconds'] = '90';
		}),
	).toMatchObject({ status: 'pending', found: '0 there; 1 in Orders, held back by a delay of 90 seconds' });
});

test('patience', async () => {
	expect(
		await look((shop) => {
			hold(shop, messages(1));
			// CDK and the AWS CLI write the number as a string now and then.
			policy(shop, { maxReceiveCount: '10' });
		}),
	).toMatchObject({ cause: 'patience', found: '1 order in Orders, which gives up after 10 receives' });
});

test('no-dead-letter-queue, even though an order lies in FailedOrders', async () => {
	const cut = (linked: boolean) => (shop: Shop) => {
		hold(shop, messages(0), messages(1));
		delete shop.orders!['RedrivePolicy'];
		shop.template.linked = linked;
	};
	expect(await look(cut(false))).toMatchObject({
		status: 'failed',
		cause: 'no-dead-letter-queue',
		found: 'Orders: it has no redrive policy, and so says the template',
		next: 'In lib/stack.ts give Orders deadLetterQueue: { queue: failedOrders, maxReceiveCount: 3 }, then npm run deploy -- get-ready',
	});
	expect(await look(cut(true))).toMatchObject({
		cause: 'no-dead-letter-queue',
		found: 'Orders: it has no redrive policy, set by hand: the template has one',
		next: expect.stringContaining('aws sqs set-queue-attributes'),
	});
});

test('elsewhere', async () => {
	expect(
		await look((shop) => {
			policy(shop, { deadLetterTargetArn: 'arn:aws:sqs:us-east-1:111122223333:other' });
			hold(shop, messages(0), messages(1));
		}),
	).toMatchObject({
		status: 'failed',
		cause: 'elsewhere',
		found: 'Orders: its redrive policy names other, set by hand: the template has one',
	});
});

test('gone', async () => {
	expect(
		await look((shop) => {
			shop.orders = undefined;
		}),
	).toMatchObject({
		cause: 'gone',
		found: expect.stringContaining('Orders is in the stack, and SQS says that there is no queue'),
	});
});
