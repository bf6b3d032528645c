import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { S3 } from '@aws-sdk/client-s3';
import { SQS } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../../../../lib/paths.ts';
import { type TestPractice, testPractice } from '../../../testing.ts';

// The steps build on one another as a learner's do: bootstrap, deploy, look, change, break, destroy.
let practice: TestPractice;
let cloudformation: CloudFormation;
let folder: string;
beforeAll(async () => {
	practice = await testPractice();
	cloudformation = new CloudFormation(practice.client);
	// Below the repository, so that the app finds its packages.
	mkdirSync(join(root, '.slipway'), { recursive: true });
	folder = mkdtempSync(join(root, '.slipway', 'test-cdk-'));
	writeFileSync(join(folder, 'page.txt'), 'Hello');
});
afterAll(async () => {
	rmSync(folder, { recursive: true, force: true });
	await practice.close();
});

interface Ran {
	exit: number | null;
	output: string;
}

/** Runs the CDK CLI as anybody would, in the app's folder. */
function cdk(...args: string[]): Promise<Ran> {
	const child = spawn(
		process.execPath,
		[join(root, 'node_modules/aws-cdk/bin/cdk'), ...args, '--no-notices', '--no-color'],
		{
			cwd: folder,
			env: {
				PATH: process.env['PATH'],
				HOME: folder,
				...practice.env,
				CDK_HOME: join(folder, '.cdk'),
				CDK_DISABLE_CLI_TELEMETRY: 'true',
				CI: 'true',
				CDK_VALIDATION: 'false',
			},
		},
	);
	let output = '';
	child.stdout.on('data', (chunk) => (output += chunk));
	child.stderr.on('data', (chunk) => (output += chunk));
	return new Promise((resolve) => child.on('close', (exit) => resolve({ exit, output })));
}

const app = (body: string) =>
	writeFileSync(
		join(folder, 'app.ts'),
		`import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';

const app = new App();
const stack = new Stack(app, 'Shop', { env: { account: '${practice.account.id}', region: 'us-east-1' }, tags: { team: 'orders' } });
void [Asset, Bucket, CfnQueue, Duration, Queue, RemovalPolicy, Role, ServicePrincipal, StringParameter];
${body}
`,
	);

const orders = (seconds: number) => `
const failed = new Queue(stack, 'Failed');
const orders = new Queue(stack, 'Orders', {
	visibilityTimeout: Duration.seconds(${seconds}),
	deadLetterQueue: { queue: failed, maxReceiveCount: 3 },
});
new Bucket(stack, 'Receipts', { removalPolicy: RemovalPolicy.DESTROY, enforceSSL: true });
const worker = new Role(stack, 'Worker', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
orders.grantConsumeMessages(worker);
const page = new Asset(stack, 'Page', { path: 'page.txt' });
new StringParameter(stack, 'PageAt', { stringValue: page.s3ObjectUrl });
`;

test('bootstrap deploys the CDK toolkit, whole', async () => {
	const ran = await cdk('bootstrap', `aws://${practice.account.id}/us-east-1`);
	expect(ran.output).toContain('bootstrapped');
	expect(ran.exit).toBe(0);
	const { StackResources } = await cloudformation.describeStackResources({ StackName: 'CDKToolkit' });
	expect(StackResources!.map(({ ResourceType, ResourceStatus }) => `${ResourceType} ${ResourceStatus}`).sort()).toEqual(
		[
			'AWS::ECR::Repository CREATE_COMPLETE',
			'AWS::IAM::Policy CREATE_COMPLETE',
			'AWS::IAM::Policy CREATE_COMPLETE',
			'AWS::IAM::Role CREATE_COMPLETE',
			'AWS::IAM::Role CREATE_COMPLETE',
			'AWS::IAM::Role CREATE_COMPLETE',
			'AWS::IAM::Role CREATE_COMPLETE',
			'AWS::IAM::Role CREATE_COMPLETE',
			'AWS::S3::Bucket CREATE_COMPLETE',
			'AWS::S3::BucketPolicy CREATE_COMPLETE',
			'AWS::SSM::Parameter CREATE_COMPLETE',
		],
	);
}, 60_000);

test('a deploy publishes its assets, makes the stack in the name of the execution role, and tells each step', async () => {
	app(orders(30));
	const ran = await cdk('deploy', '--app', 'node app.ts', '--require-approval=never');
	expect(ran.output).toContain('✅  Shop');
	expect(ran.exit).toBe(0);
	const { Stacks } = await cloudformation.describeStacks({ StackName: 'Shop' });
	expect(Stacks![0]).toMatchObject({
		StackStatus: 'CREATE_COMPLETE',
		RoleARN: `arn:aws:iam::${practice.account.id}:role/cdk-hnb659fds-cfn-exec-role-${practice.account.id}-us-east-1`,
		Tags: [{ Key: 'team', Value: 'orders' }],
	});
	const url = await physical('Orders');
	const sqs = new SQS(practice.client);
	expect((await sqs.listQueueTags({ QueueUrl: url })).Tags).toEqual({ team: 'orders' });
	const { Attributes } = await sqs.getQueueAttributes({ QueueUrl: url, AttributeNames: ['All'] });
	expect(Attributes).toMatchObject({ VisibilityTimeout: '30' });
	expect(JSON.parse(Attributes!['RedrivePolicy']!)).toMatchObject({ maxReceiveCount: 3 });
}, 60_000);

async function physical(logical: string): Promise<string> {
	const { StackResources } = await cloudformation.describeStackResources({ StackName: 'Shop' });
	return StackResources!.find((each) => each.LogicalResourceId!.startsWith(logical))!.PhysicalResourceId!;
}

test('the same again changes nothing, and diff says so', async () => {
	const same = await cdk('deploy', '--app', 'node app.ts', '--require-approval=never');
	expect(same.output).toContain('(no changes)');
	expect(same.exit).toBe(0);
	const diff = await cdk('diff', '--app', 'node app.ts', '--fail');
	expect(diff.output).toContain('There were no differences');
	expect(diff.exit).toBe(0);
}, 60_000);

test('a change is shown by diff and made by deploy', async () => {
	app(orders(60));
	const diff = await cdk('diff', '--app', 'node app.ts');
	expect(diff.output).toMatch(/VisibilityTimeout[\s\S]*30[\s\S]*60/);
	const before = await physical('Orders');
	const ran = await cdk('deploy', '--app', 'node app.ts', '--require-approval=never');
	expect(ran.exit, ran.output).toBe(0);
	expect(ran.output).toContain('UPDATE_COMPLETE');
	expect(await physical('Orders')).toBe(before);
	const { Attributes } = await new SQS(practice.client).getQueueAttributes({
		QueueUrl: before,
		AttributeNames: ['VisibilityTimeout'],
	});
	expect(Attributes).toEqual({ VisibilityTimeout: '60' });
}, 60_000);

test('a deploy that fails is rolled back, and says why', async () => {
	app(`${orders(90)}
new CfnQueue(stack, 'Wrong', { queueName: 'not a name' });
`);
	const ran = await cdk('deploy', '--app', 'node app.ts', '--require-approval=never');
	expect(ran.exit, ran.output).toBe(1);
	expect(ran.output).toContain('UPDATE_ROLLBACK_COMPLET');
	expect(ran.output).toContain('Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length');
	const { Attributes } = await new SQS(practice.client).getQueueAttributes({
		QueueUrl: await physical('Orders'),
		AttributeNames: ['VisibilityTimeout'],
	});
	expect(Attributes).toEqual({ VisibilityTimeout: '60' });
}, 60_000);

test('destroy leaves nothing', async () => {
	app(orders(60));
	const ran = await cdk('destroy', '--app', 'node app.ts', '--force');
	expect(ran.output).toContain('✅  Shop: destroyed');
	expect(ran.exit).toBe(0);
	await expect(cloudformation.describeStacks({ StackName: 'Shop' })).rejects.toThrow(
		'Stack with id Shop does not exist',
	);
	const { Buckets } = await new S3(practice.client).listBuckets({});
	expect(Buckets!.map(({ Name }) => Name)).toEqual([`cdk-hnb659fds-assets-${practice.account.id}-us-east-1`]);
}, 60_000);
