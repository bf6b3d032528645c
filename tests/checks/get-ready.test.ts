import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { IAM } from '@aws-sdk/client-iam';
import { STS } from '@aws-sdk/client-sts';
import { beforeAll, describe, expect, test } from 'vitest';
import type lab from '../../labs/get-ready/lab.ts';
import { mistakes } from '../../labs/get-ready/mistakes.ts';
import { labFolder } from '../../lib/paths.ts';
import type { Check } from '../../validators/check.ts';
import { checks } from '../../validators/get-ready/index.ts';
import { policyFor } from '../../validators/policy.ts';
import type { Call } from '../../validators/reads.ts';
import { type CheckId, getReady, synthesise } from './get-ready-account.ts';

let template: string;
beforeAll(() => {
	template = synthesise();
}, 60_000);

const ids = checks.map(({ id }) => id);

test('each check fails before its step and passes after it', async () => {
	await using account = await getReady(template);
	const statuses = async () => Promise.all(ids.map(async (id) => (await account.look(id)).status));
	expect(await statuses()).toEqual(['failed', 'failed', 'failed', 'failed']);
	await account.upTo('repair');
	expect(await statuses()).toEqual(['passed', 'passed', 'passed', 'failed']);
	await account.aws().cloudformation.deleteStack({ StackName: 'GetReady' });
	await expect.poll(async () => (await account.look('nothing-left')).status).toBe('passed');
});

test('a computer without the AWS CLI gets through the lab by the program in the folder', async () => {
	await using account = await getReady(template);
	await account.upTo('deploy');
	const shop = (...words: string[]) => runShop(account.env, words);
	expect(await shop('order', 'two coffees')).toMatch(/^ordered two coffees: [0-9a-f-]{36}\n$/);
	expect(await shop('try', '3')).toBe('attempt 1: two coffees\nattempt 2: two coffees\nattempt 3: two coffees\n');
	expect((await account.look('order-parked')).status).toBe('failed');
	expect(await shop('try', '1')).toBe('attempt 1: nothing\n');
	expect(await shop('count')).toBe('Orders: 0\nFailedOrders: 1\n');
	expect((await account.look('order-parked')).status).toBe('passed');
	expect(await shop('receipt')).toMatch(/^filed receipt-1\.md in getready-receipts/);
	await expect(shop('dance')).rejects.toThrow('Say one of: order, try, count, receipt.');
});

/** The learner's own program, from the folder that the lab gives. Its packages are the root's. */
async function runShop(env: Record<string, string>, words: string[]): Promise<string> {
	const file = join(labFolder('get-ready'), 'starter', 'shop.mjs');
	const { stdout } = await promisify(execFile)(process.execPath, [file, ...words], { env: { ...process.env, ...env } });
	return stdout;
}

describe('each mistake gets the diagnosis that it names, and heals:', () => {
	test.each(mistakes.map((mistake) => [mistake.name, mistake] as const))('%s', async (_, mistake) => {
		await using account = await getReady(template);
		await account.upTo(mistake.after as (typeof lab.steps)[number] | 'start');
		const check = mistake.expect.check as CheckId;
		const before = await account.look(check);
		await mistake.run(account.tools);
		const { status = 'failed', cause } = mistake.expect;
		expect(await account.look(check)).toMatchObject({
			status,
			cause,
			expected: expect.any(String),
			found: expect.any(String),
			next: expect.any(String),
		});
		await mistake.heal(account.tools);
		expect(await account.look(check)).toMatchObject({ status: before.status });
	});

	test('every cause that a check declares is reached', () => {
		const reached = new Set(mistakes.map(({ expect: { check, cause } }) => `${check} ${cause}`));
		const declared = (checks as readonly Check[]).flatMap(({ id, causes }) =>
			Object.keys(causes).map((cause) => `${id} ${cause}`),
		);
		expect(declared.filter((cause) => !reached.has(cause))).toEqual([]);
	});
});

describe('what was altered behind the lab’s back is told as it is:', () => {
	test('a queue that was really deleted', async () => {
		await using account = await getReady(template);
		await account.upTo('repair');
		await account.aws().sqs.deleteQueue({ QueueUrl: account.tools.outputs['FailedOrdersQueueUrl'] });
		for (const id of ['stack-complete', 'order-parked', 'failed-orders-outlive'] as const) {
			expect(await account.look(id)).toMatchObject({
				status: 'failed',
				cause: 'gone',
				found: expect.stringContaining('FailedOrders'),
			});
		}
	});

	test('the bucket that was deleted', async () => {
		await using account = await getReady(template);
		await account.upTo('deploy');
		await account.aws().s3.deleteBucket({ Bucket: account.tools.outputs['ReceiptsBucketName']! });
		expect(await account.look('stack-complete')).toMatchObject({
			status: 'failed',
			cause: 'gone',
			found: expect.stringContaining('Receipts'),
		});
	});

	test('a dead-letter queue that was emptied', async () => {
		await using account = await getReady(template);
		await account.upTo('order');
		await account.aws().sqs.purgeQueue({ QueueUrl: account.tools.outputs['FailedOrdersQueueUrl'] });
		expect(await account.look('order-parked')).toMatchObject({ status: 'failed', cause: 'never-sent' });
	});

	test('a redrive policy that was taken away after the repair', async () => {
		await using account = await getReady(template);
		await account.upTo('repair');
		await account
			.aws()
			.sqs.setQueueAttributes({ QueueUrl: account.tools.outputs['OrdersQueueUrl'], Attributes: { RedrivePolicy: '' } });
		expect(await account.look('failed-orders-outlive')).toMatchObject({ status: 'failed', cause: 'unlinked' });
		expect(await account.look('order-parked')).toMatchObject({ status: 'failed', cause: 'no-dead-letter-queue' });
	});

	test('both queues set by hand to what the repair would set', async () => {
		await using account = await getReady(template);
		await account.upTo('order');
		const keep = (url: string | undefined, seconds: number) =>
			account.aws().sqs.setQueueAttributes({ QueueUrl: url, Attributes: { MessageRetentionPeriod: String(seconds) } });
		await keep(account.tools.outputs['FailedOrdersQueueUrl'], 1_209_600);
		await keep(account.tools.outputs['OrdersQueueUrl'], 400_000);
		expect(await account.look('failed-orders-outlive')).toMatchObject({ status: 'failed', cause: 'by-hand' });
	});

	test('a thing made by hand that outlives the stack', async () => {
		await using account = await getReady(template);
		await account.upTo('deploy');
		await account.aws().ssm.putParameter({ Name: '/get-ready/mine', Value: '1', Type: 'String' });
		await account.aws().cloudformation.deleteStack({ StackName: 'GetReady' });
		await expect.poll(async () => (await account.look('nothing-left')).cause).toBe('left-over');
	});
});

describe('who may not look is told so, and no check fails or passes for it:', () => {
	test('keys that the account does not know', async () => {
		await using account = await getReady(template);
		await account.upTo('deploy');
		const stranger = { ...account.target, credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x' } };
		for (const id of ids)
			expect(await account.look(id, stranger)).toMatchObject({ status: 'blocked', cause: 'no-credentials' });
	});

	test('a role that may do nothing, and one that may only look', async () => {
		await using account = await getReady(template);
		await account.upTo('repair');
		const calls: Call[] = [];
		for (const id of ids) calls.push(...(await account.look(id)).calls);

		const client = { region: 'us-east-1', endpoint: account.target.endpoint, credentials: account.target.credentials };
		const iam = new IAM(client);
		const { Role } = await iam.createRole({
			RoleName: 'reader',
			AssumeRolePolicyDocument: JSON.stringify({
				Version: '2012-10-17',
				Statement: [{ Effect: 'Allow', Principal: { AWS: account.target.account }, Action: 'sts:AssumeRole' }],
			}),
		});
		const { Credentials } = await new STS(client).assumeRole({ RoleArn: Role!.Arn!, RoleSessionName: 'test' });
		const reader = {
			...account.target,
			credentials: {
				accessKeyId: Credentials!.AccessKeyId!,
				secretAccessKey: Credentials!.SecretAccessKey!,
				sessionToken: Credentials!.SessionToken!,
			},
		};
		for (const id of ids)
			expect(await account.look(id, reader)).toMatchObject({
				status: 'blocked',
				cause: 'denied',
				found: expect.stringContaining('is not authorized to perform'),
			});

		await iam.putRolePolicy({
			RoleName: 'reader',
			PolicyName: 'look',
			PolicyDocument: JSON.stringify(policyFor(calls)),
		});
		const statuses = await Promise.all(ids.map(async (id) => (await account.look(id, reader)).status));
		expect(statuses).toEqual(['passed', 'passed', 'passed', 'failed']);
	});

	test('an account of which the process has ended', async () => {
		const account = await getReady(template);
		await account.upTo('deploy');
		await account[Symbol.asyncDispose]();
		for (const id of ids) expect(await account.look(id)).toMatchObject({ status: 'blocked', cause: 'unreachable' });
	});
});

test('looking twice changes nothing and takes the same calls', async () => {
	await using account = await getReady(template);
	await account.upTo('repair');
	for (const id of ids) {
		const [first, second] = [await account.look(id), await account.look(id)];
		expect(second).toEqual(first);
	}
});
