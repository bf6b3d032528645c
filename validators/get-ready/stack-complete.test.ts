import { expect, test } from 'vitest';
import { stackComplete } from './stack-complete.ts';
import { Shop } from './testing.ts';

const look = (change: (shop: Shop) => void) => {
	const shop = new Shop();
	change(shop);
	return shop.look(stackComplete);
};

test('a stack of which everything is there passes, and says what was asked for', async () => {
	const result = await look(() => {});
	expect(result.status).toBe('passed');
	expect(result.evidence).toEqual([
		{ what: 'FailedOrders60A19132', value: 'AWS::SQS::Queue, there' },
		{ what: 'OrdersA9B65338', value: 'AWS::SQS::Queue, there' },
		{ what: 'Receipts59C0D3E0', value: 'AWS::S3::Bucket, there' },
		{ what: 'OrdersPerMinuteDA1B8DEE', value: 'AWS::SSM::Parameter, there' },
		{ what: 'CDKMetadata', value: 'AWS::CDK::Metadata, exists in the stack only' },
	]);
});

test.each([
	[
		'a queue',
		(shop: Shop) => Object.assign(shop, { orders: undefined }),
		'OrdersA9B65338 is in the stack, and its service says that there is no http://127.0.0.1:4566/111122223333/GetReady-Orders',
	],
	[
		'the bucket',
		(shop: Shop) => Object.assign(shop, { buckets: [] }),
		'Receipts59C0D3E0 is in the stack, and its service says that there is no getready-receipts',
	],
	[
		'the parameter',
		(shop: Shop) => Object.assign(shop, { parameters: [] }),
		'OrdersPerMinuteDA1B8DEE is in the stack, and its service says that there is no /get-ready/orders-per-minute',
	],
])('gone: %s was deleted by hand', async (_, change, found) => {
	expect(await look(change)).toMatchObject({
		status: 'failed',
		cause: 'gone',
		expected: 'the 5 things that GetReady made, each where its own service can find it',
		found,
	});
});

test('incomplete: outputs are missing', async () => {
	expect(
		await look((shop) => {
			delete shop.outputs['ReceiptsBucketName'];
			delete shop.outputs['OrdersPerMinuteName'];
		}),
	).toMatchObject({
		cause: 'incomplete',
		found:
			'GetReady stands without the bucket Receipts and the parameter /get-ready/orders-per-minute: no output ReceiptsBucketName, OrdersPerMinuteName',
	});
});
