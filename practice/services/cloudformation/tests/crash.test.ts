import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { S3 } from '@aws-sdk/client-s3';
import { SQS } from '@aws-sdk/client-sqs';
import { SSM } from '@aws-sdk/client-ssm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { root } from '../../../../lib/paths.ts';

let folder: string;
let running: ChildProcess | undefined;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'crash-'));
});
afterEach(() => {
	running?.kill('SIGKILL');
	rmSync(folder, { recursive: true, force: true });
});

interface Started {
	client: { region: string; endpoint: string; credentials: { accessKeyId: string; secretAccessKey: string } };
	/** Whether there was work to go on with when it was opened. */
	interrupted: boolean;
	/** Resolves to the signal that ended it. */
	ended: Promise<unknown>;
	settled(): Promise<void>;
}

/**
 * A practice account in a process of its own, on the same folder each time. With `killAfter` it kills itself, as a power
 * button would, once so many changes were told: of stacks, and of what services did for them.
 */
async function start(killAfter = 0): Promise<Started> {
	const script = `
		import { testPractice } from ${JSON.stringify(join(root, 'practice/testing.ts'))};
		const { client, account } = await testPractice({ folder: ${JSON.stringify(folder)} });
		let left = ${killAfter};
		account.watch(() => { if (--left === 0) process.kill(process.pid, 'SIGKILL'); });
		process.on('message', async () => { await account.work.settle(20_000); process.send('settled'); });
		process.send({ client, interrupted: account.work.busy() });
	`;
	const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
		cwd: root,
		stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
	});
	running = child;
	const ended = once(child, 'exit').then(([, signal]: unknown[]) => signal);
	const [{ client, interrupted }] = (await once(child, 'message')) as [Pick<Started, 'client' | 'interrupted'>];
	return {
		client,
		interrupted,
		ended,
		async settled() {
			child.send('settle');
			await once(child, 'message');
		},
	};
}

const resources = (wrong: boolean) => {
	const parameters = Array.from({ length: 12 }, (_, index) => [
		`Parameter${index}`,
		{
			Type: 'AWS::SSM::Parameter',
			Properties: { Type: 'String', Value: 'x' },
			...(index > 0 && index % 3 === 0 && { DependsOn: [`Parameter${index - 1}`] }),
		},
	]);
	return {
		Queue: { Type: 'AWS::SQS::Queue' },
		Bucket: { Type: 'AWS::S3::Bucket', DependsOn: ['Queue', 'Parameter5'] },
		...Object.fromEntries(parameters),
		...(wrong && {
			Wrong: { Type: 'AWS::SQS::Queue', DependsOn: ['Bucket', 'Parameter11'], Properties: { QueueName: 'not a name' } },
		}),
	};
};

/** What there is in the account, stacks aside. */
async function inventory({ client }: Started) {
	const [queues, buckets, parameters] = await Promise.all([
		new SQS(client).listQueues({}),
		new S3(client).listBuckets({}),
		new SSM(client).describeParameters({ MaxResults: 50 }),
	]);
	return {
		queues: queues.QueueUrls?.length ?? 0,
		buckets: buckets.Buckets?.length ?? 0,
		parameters: parameters.Parameters?.length ?? 0,
	};
}

/** Begins a stack in an account that is killed after so many changes, and answers the account as it is after a restart. */
async function interrupted(changes: number, wrong: boolean): Promise<Started> {
	const first = await start(changes);
	const asked = new CloudFormation({ ...first.client, maxAttempts: 1 }).createStack({
		StackName: 'shop',
		TemplateBody: JSON.stringify({ Resources: resources(wrong) }),
	});
	// The answer may be on its way when the process dies.
	await Promise.allSettled([asked]);
	expect(await first.ended).toBe('SIGKILL');
	const second = await start();
	expect(second.interrupted).toBe(true);
	await second.settled();
	return second;
}

test.each([2, 16, 17, 18, 40])(
	'a stack whose account is killed at change %i is made whole, and nothing twice',
	async (change) => {
		const practice = await interrupted(change, false);
		const cloudformation = new CloudFormation(practice.client);
		const { Stacks } = await cloudformation.describeStacks({ StackName: 'shop' });
		expect(Stacks![0]!.StackStatus).toBe('CREATE_COMPLETE');
		expect(await inventory(practice)).toEqual({ queues: 1, buckets: 1, parameters: 12 });
		const { StackEvents } = await cloudformation.describeStackEvents({ StackName: 'shop' });
		const completed = StackEvents!.filter(({ ResourceStatus }) => ResourceStatus === 'CREATE_COMPLETE');
		expect(completed).toHaveLength(15);
	},
	60_000,
);

test.each([60, 75])(
	'a failing stack whose account is killed at change %i is rolled back to nothing',
	async (change) => {
		const practice = await interrupted(change, true);
		const { Stacks } = await new CloudFormation(practice.client).describeStacks({ StackName: 'shop' });
		expect(Stacks![0]!.StackStatus).toBe('ROLLBACK_COMPLETE');
		expect(await inventory(practice)).toEqual({ queues: 0, buckets: 0, parameters: 0 });
	},
	60_000,
);
