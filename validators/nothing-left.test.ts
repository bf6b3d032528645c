import { expect, test } from 'vitest';
import { nothingLeft } from './get-ready/nothing-left.ts';
import { Shop } from './get-ready/testing.ts';
import { forTheRecord, takeInventory } from './inventory.ts';
import { begin } from './progress.ts';

/** An account from which the lab is cleared away again, with the inventory from before it. */
async function cleared(change: (shop: Shop) => void = () => {}): Promise<Shop> {
	const shop = new Shop();
	shop.stack = undefined;
	shop.buckets = [];
	shop.parameters = ['/cdk-bootstrap/hnb659fds/version'];
	const baseline = forTheRecord(await takeInventory(shop.session().aws, { region: 'us-east-1' }));
	shop.progress = begin('get-ready', { baseline });
	change(shop);
	return shop;
}

test('an account as it was before passes, and says where it looked', async () => {
	const shop = await cleared();
	expect(await shop.look(nothingLeft)).toMatchObject({
		status: 'passed',
		evidence: [
			{ what: 'things before the lab', value: '1' },
			{ what: 'things now', value: '1' },
			{
				what: 'looked at',
				value: 'stacks, queues, topics, buckets, parameters, log groups and roles, users and policies',
			},
		],
	});
});

test('stack-stands, with what it holds', async () => {
	const shop = await cleared((now) => {
		now.stack = { status: 'UPDATE_COMPLETE' };
		now.buckets = ['getready-receipts'];
	});
	expect(await shop.look(nothingLeft)).toMatchObject({
		status: 'failed',
		cause: 'stack-stands',
		expected: 'no stack GetReady',
		found: 'GetReady: UPDATE_COMPLETE; 4 things more in the account than before the lab',
		next: 'npm run cleanup -- get-ready',
	});
});

test('pending while the stack is deleted', async () => {
	const shop = await cleared((now) => {
		now.stack = { status: 'DELETE_IN_PROGRESS' };
	});
	expect(await shop.look(nothingLeft)).toMatchObject({ status: 'pending', found: 'GetReady is being deleted' });
});

test('delete-failed', async () => {
	const shop = await cleared((now) => {
		now.stack = { status: 'DELETE_FAILED' };
	});
	expect(await shop.look(nothingLeft)).toMatchObject({
		cause: 'delete-failed',
		next: 'npm run cleanup -- get-ready, which empties buckets and repositories first',
	});
});

test('left-over, with the command that deletes it', async () => {
	const shop = await cleared((now) => {
		now.otherQueues = ['http://127.0.0.1/1/mine'];
		now.buckets = ['getready-receipts'];
	});
	expect(await shop.look(nothingLeft)).toMatchObject({
		cause: 'left-over',
		found: '2 things more: queue http://127.0.0.1/1/mine and bucket getready-receipts',
		next: 'Delete it: aws sqs delete-queue --queue-url http://127.0.0.1/1/mine',
		evidence: [
			{ what: 'AWS::SQS::Queue', value: 'http://127.0.0.1/1/mine (0 messages)' },
			{ what: 'AWS::S3::Bucket', value: 'getready-receipts (1 object)' },
		],
	});
});

test('without an inventory from before, only what CDK’s bootstrap made is taken for older than the lab', async () => {
	const shop = await cleared((now) => {
		now.progress = begin('get-ready');
	});
	expect(await shop.look(nothingLeft)).toMatchObject({ status: 'passed' });
	shop.buckets = ['cdk-hnb659fds-assets-111122223333-us-east-1', 'mine'];
	expect(await shop.look(nothingLeft)).toMatchObject({
		cause: 'left-over',
		found: '1 thing more (no inventory from before the lab is kept, so it may be older): bucket mine',
	});
});

test('too-much', async () => {
	const shop = await cleared((now) => {
		now.parameters = [];
	});
	expect(await shop.look(nothingLeft)).toMatchObject({
		cause: 'too-much',
		found: '1 thing fewer: parameter /cdk-bootstrap/hnb659fds/version',
		next: 'That belongs to CDK, for all labs. Make it again: npm run lab -- get-ready',
	});
});
