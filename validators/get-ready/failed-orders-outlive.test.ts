import { beforeEach, expect, test, vi } from 'vitest';
import { now } from '../testing.ts';
import { failedOrdersOutlive } from './failed-orders-outlive.ts';
import { day, Shop, starter } from './testing.ts';

beforeEach(() => {
	vi.useFakeTimers({ now, toFake: ['Date'] });
	return () => vi.useRealTimers();
});

const look = (change: (shop: Shop) => void) => {
	const shop = new Shop();
	change(shop);
	return shop.look(failedOrdersOutlive);
};
const keep = (shop: Shop, seconds: number) => {
	shop.template.failedOrders = seconds;
	shop.failedOrders!['MessageRetentionPeriod'] = String(seconds);
};

test('14 days, deployed, passes with the three numbers as evidence', async () => {
	expect(
		await look((shop) => {
			keep(shop, 14 * day);
			shop.code = starter.replace('days(1)', 'days(14)');
		}),
	).toMatchObject({
		status: 'passed',
		evidence: [
			{ what: 'FailedOrders keeps', value: '14 days' },
			{ what: 'Orders keeps', value: '4 days' },
			{ what: 'the template says', value: '14 days' },
		],
	});
});

test('a little longer passes, with a remark', async () => {
	expect(await look((shop) => keep(shop, 4 * day + 3_600))).toMatchObject({
		status: 'passed',
		remark: 'That is only 1 hour longer; 14 days is the most that SQS allows.',
	});
});

test('a source that keeps more than before passes, with a remark', async () => {
	expect(
		await look((shop) => {
			keep(shop, 14 * day);
			shop.template.orders = 5 * day;
			shop.orders!['MessageRetentionPeriod'] = String(5 * day);
		}),
	).toMatchObject({ status: 'passed', remark: 'Orders keeps 5 days now, more than the 4 days that it began with.' });
});

test('the starter: shorter', async () => {
	expect(await look(() => {})).toMatchObject({
		status: 'failed',
		cause: 'shorter',
		expected: 'FailedOrders keeps messages longer than the 4 days of Orders',
		found:
			'1 day. A failed order dies 1 day after it was first sent, so one that waited that long is gone the moment it fails',
		next: 'In lib/stack.ts give FailedOrders retentionPeriod: Duration.days(14), the most SQS allows, and deploy.',
	});
});

test('edited-not-deployed: the code has another number than the deployed template', async () => {
	expect(
		await look((shop) => {
			shop.code = starter.replace('days(1)', 'days(14)');
		}),
	).toMatchObject({
		status: 'failed',
		cause: 'edited-not-deployed',
		found: '1 day in the account; 14 days in lib/stack.ts, saved 40 seconds ago',
		next: 'npm run deploy -- get-ready',
	});
});

test('edited-not-deployed, and the edit would not help', async () => {
	expect(
		await look((shop) => {
			shop.code = starter.replace('days(1)', 'hours(36)');
		}),
	).toMatchObject({
		cause: 'edited-not-deployed',
		found: '1 day in the account; 1 day and 12 hours in lib/stack.ts, saved 40 seconds ago',
		next: '1 day and 12 hours would not be longer either: write Duration.days(14), then npm run deploy -- get-ready',
	});
});

test('edited-not-deployed: the code cannot be read, but it is younger than the deployment', async () => {
	const unreadable = starter.replace('Duration.days(1)', 'Duration.days(keepDays)');
	expect(
		await look((shop) => {
			shop.code = unreadable;
		}),
	).toMatchObject({
		cause: 'edited-not-deployed',
		found: '1 day in the account; lib/stack.ts was saved 40 seconds ago, after the last deployment',
	});
	expect(
		await look((shop) => {
			shop.code = unreadable;
			shop.saved = new Date(shop.seconds(90) * 1000);
		}),
	).toMatchObject({ cause: 'shorter' });
});

test('edited-not-deployed: synthesised by a diff, and that is what counts', async () => {
	expect(
		await look((shop) => {
			const at = new Date();
			const template = {
				Resources: {
					FailedOrders60A19132: { Type: 'AWS::SQS::Queue', Properties: { MessageRetentionPeriod: 10 * day } },
				},
			};
			shop.code = starter.replace('Duration.days(1)', 'Duration.days(2 * 5)');
			shop.files = {
				'cdk.out/manifest.json': { text: '{}', at },
				'cdk.out/GetReady.template.json': { text: JSON.stringify(template), at },
			};
		}),
	).toMatchObject({
		cause: 'edited-not-deployed',
		found: '1 day in the account; 10 days in lib/stack.ts, saved 40 seconds ago',
	});
});

test('a number in a comment is not an edit', async () => {
	expect(
		await look((shop) => {
			shop.code = starter.replace(
				'retentionPeriod: Duration.days(1)',
				'// retentionPeriod: Duration.days(14)\n\t\t\tretentionPeriod: Duration.days(1)',
			);
		}),
	).toMatchObject({ cause: 'shorter' });
});

test('equal', async () => {
	expect(
		await look((shop) => {
			keep(shop, 4 * day);
			shop.code = starter.replace('days(1)', 'days(4)');
		}),
	).toMatchObject({
		cause: 'equal',
		expected: 'longer than 4 days',
		found: '4 days, the same as Orders. An order that waited 3 days and then failed would live 1 more day',
	});
});

test('source-shortened, by a deployment', async () => {
	expect(
		await look((shop) => {
			shop.template.orders = day / 2;
			shop.orders!['MessageRetentionPeriod'] = String(day / 2);
		}),
	).toMatchObject({
		cause: 'source-shortened',
		expected: 'Orders still keeps 4 days',
		found: 'Orders keeps 12 hours. The comparison now holds, and every order that waits longer is lost',
		next: 'Put Orders back to 4 days in lib/stack.ts, raise FailedOrders instead, and npm run deploy -- get-ready',
	});
});

test('source-shortened, by hand: a deployment would not put it back, so the command is there', async () => {
	expect(
		await look((shop) => {
			shop.orders!['MessageRetentionPeriod'] = String(day / 2);
		}),
	).toMatchObject({
		cause: 'source-shortened',
		found: 'Orders keeps 12 hours, set by hand. The comparison now holds, and every order that waits longer is lost',
		next: expect.stringContaining('--attributes MessageRetentionPeriod=345600'),
	});
});

test('by-hand: the account is right and the template is not', async () => {
	expect(
		await look((shop) => {
			shop.failedOrders!['MessageRetentionPeriod'] = String(14 * day);
			shop.failedOrders!['LastModifiedTimestamp'] = String(shop.seconds(10));
		}),
	).toMatchObject({
		cause: 'by-hand',
		expected: 'the account and the template agree',
		found: '14 days in the account, 1 day in the template: it was set with SetQueueAttributes, not deployed',
		next: 'Put 14 days into lib/stack.ts and deploy. (The lab iac-drift is about exactly this.)',
	});
});

test('by-hand: the template is right and the account is not', async () => {
	expect(
		await look((shop) => {
			shop.template.failedOrders = 14 * day;
			shop.failedOrders!['LastModifiedTimestamp'] = String(shop.seconds(10));
		}),
	).toMatchObject({ cause: 'by-hand', next: expect.stringContaining('--attributes MessageRetentionPeriod=1209600') });
});

test('by-hand: Orders was changed, and the comparison holds all the same', async () => {
	expect(
		await look((shop) => {
			keep(shop, 14 * day);
			shop.orders!['MessageRetentionPeriod'] = String(5 * day);
		}),
	).toMatchObject({
		cause: 'by-hand',
		found:
			'Orders keeps 5 days in the account, 4 days in the template: it was set with SetQueueAttributes, not deployed',
	});
});

test('pending while SQS still applies what was deployed; after 15 minutes it is by-hand', async () => {
	const stale = (minutes: number) => (shop: Shop) => {
		shop.template.failedOrders = 14 * day;
		shop.deployed = new Date(Date.now() - minutes * 60_000);
		shop.failedOrders!['LastModifiedTimestamp'] = String(shop.seconds(minutes * 60 + 60));
	};
	expect(await look(stale(3))).toMatchObject({
		status: 'pending',
		expected: '14 days, as deployed 3 minutes ago',
		found: '1 day: SQS takes up to 15 minutes to apply a new retention period',
	});
	expect(await look(stale(16))).toMatchObject({ status: 'failed', cause: 'by-hand' });
});

test('unlinked: without a policy, and with one that names another queue', async () => {
	expect(
		await look((shop) => {
			delete shop.orders!['RedrivePolicy'];
		}),
	).toMatchObject({
		cause: 'unlinked',
		found: 'Orders: it has no redrive policy, set by hand: the template has one',
	});
	expect(
		await look((shop) => {
			keep(shop, 14 * day);
			shop.orders!['RedrivePolicy'] =
				'{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:111122223333:elsewhere","maxReceiveCount":3}';
		}),
	).toMatchObject({
		status: 'failed',
		cause: 'unlinked',
		found: 'Orders: its redrive policy names elsewhere, set by hand: the template has one',
	});
});

test('gone: a queue, an output, or a queue of another stack', async () => {
	expect(
		await look((shop) => {
			shop.failedOrders = undefined;
		}),
	).toMatchObject({
		cause: 'gone',
		found: expect.stringContaining('FailedOrders is in the stack, and SQS says that there is no queue'),
	});
	expect(
		await look((shop) => {
			delete shop.outputs['OrdersQueueUrl'];
		}),
	).toMatchObject({ cause: 'gone', found: 'the stack has no output OrdersQueueUrl' });
	expect(
		await look((shop) => {
			shop.outputs['FailedOrdersQueueUrl'] = 'http://127.0.0.1:4566/111122223333/mine';
			shop.orders!['RedrivePolicy'] = JSON.stringify({ maxReceiveCount: 3 });
		}),
	).toMatchObject({ cause: 'gone', found: 'the outputs name queues that the stack did not make: mine' });
});
