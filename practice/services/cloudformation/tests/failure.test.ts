import { S3 } from '@aws-sdk/client-s3';
import { SQS } from '@aws-sdk/client-sqs';
import { SSM } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestPractice, testPractice } from '../../../testing.ts';
import { parameter, queue, stacks } from './stacks.ts';

let practice: TestPractice;
let at: ReturnType<typeof stacks>;
beforeAll(async () => {
	practice = await testPractice();
	at = stacks(practice);
});
afterAll(() => practice.close());

const wrong = queue({ QueueName: 'not a name' }, { DependsOn: 'Limit' });
const why = expect.stringMatching(
	/^Wrong \| CREATE_FAILED \| Resource handler returned message: "Can only include alphanumeric characters, hyphens, or underscores\. 1 to 80 in length \(Service: Sqs, Status Code: 400, Request ID: [0-9a-f-]{36}\)" \(RequestToken: [0-9a-f-]{36}, HandlerErrorCode: InvalidRequest\)$/,
);

test('a creation that fails is rolled back', async () => {
	const stack = await at.create('back', { Limit: parameter('1'), Wrong: wrong });
	expect(stack).toMatchObject({ StackStatus: 'ROLLBACK_COMPLETE' });
	expect(await at.story('back')).toEqual([
		'back | CREATE_IN_PROGRESS | User Initiated',
		'Limit | CREATE_IN_PROGRESS',
		'Limit | CREATE_IN_PROGRESS | Resource creation Initiated',
		'Limit | CREATE_COMPLETE',
		'Wrong | CREATE_IN_PROGRESS',
		why,
		'back | ROLLBACK_IN_PROGRESS | The following resource(s) failed to create: [Wrong]. Rollback requested by user.',
		'Wrong | DELETE_COMPLETE',
		'Limit | DELETE_IN_PROGRESS',
		'Limit | DELETE_COMPLETE',
		'back | ROLLBACK_COMPLETE',
	]);
	await expect(at.update('back', { Limit: parameter('2') })).rejects.toThrow(
		`Stack:${stack.StackId} is in ROLLBACK_COMPLETE state and can not be updated.`,
	);
	expect(await at.remove('back')).toMatchObject({ StackStatus: 'DELETE_COMPLETE' });
});

test('what was begun beside a failure is cancelled', async () => {
	await at.create('beside', { A: queue({ QueueName: 'not a name' }), B: queue(), C: parameter('1') });
	const story = await at.story('beside');
	expect(story).toContain('B | CREATE_FAILED | Resource creation cancelled');
	expect(story).toContain(
		'beside | ROLLBACK_IN_PROGRESS | The following resource(s) failed to create: [A, B, C]. Rollback requested by user.',
	);
});

test('a creation that fails may stay as it is, and be rolled back later', async () => {
	const stack = await at.create('stays', { Limit: parameter('1'), Wrong: wrong }, { DisableRollback: true });
	expect(stack).toMatchObject({
		StackStatus: 'CREATE_FAILED',
		StackStatusReason: 'The following resource(s) failed to create: [Wrong]. ',
	});
	const { StackResources } = await at.cloudformation.describeStackResources({ StackName: 'stays' });
	expect(StackResources!.map((each) => [each.LogicalResourceId, each.ResourceStatus])).toEqual([
		['Limit', 'CREATE_COMPLETE'],
		['Wrong', 'CREATE_FAILED'],
	]);
	await at.cloudformation.rollbackStack({ StackName: 'stays' });
	expect(await at.atRest('stays')).toMatchObject({ StackStatus: 'ROLLBACK_COMPLETE' });
});

test('a creation that fails may go away altogether', async () => {
	const stack = await at.create('away', { Limit: parameter('1'), Wrong: wrong }, { OnFailure: 'DELETE' });
	expect(stack).toMatchObject({ StackStatus: 'DELETE_COMPLETE' });
	expect(await at.story(stack.StackId!)).toContain(
		'away | DELETE_IN_PROGRESS | The following resource(s) failed to create: [Wrong]. Delete requested by user.',
	);
});

test('an update that fails is taken back: what was changed, replaced and made', async () => {
	const ssm = new SSM(practice.client);
	await at.create('update', { Limit: parameter('1'), Old: queue({ QueueName: 'old' }), Gone: parameter('g') });
	const [limit, old] = [await at.physicalId('update', 'Limit'), await at.physicalId('update', 'Old')];
	const changed = {
		Limit: parameter('2'),
		Old: queue({ QueueName: 'new' }),
		Made: parameter('3'),
		Wrong: queue({ QueueName: 'not a name' }, { DependsOn: ['Limit', 'Old', 'Made'] }),
	};
	expect(await at.update('update', changed)).toMatchObject({ StackStatus: 'UPDATE_ROLLBACK_COMPLETE' });
	expect(await at.story('update')).toEqual([
		'update | UPDATE_IN_PROGRESS | User Initiated',
		'Limit | UPDATE_IN_PROGRESS',
		'Old | UPDATE_IN_PROGRESS | Requested update requires the creation of a new physical resource; hence creating one.',
		'Made | CREATE_IN_PROGRESS',
		'Limit | UPDATE_COMPLETE',
		'Old | UPDATE_IN_PROGRESS | Resource creation Initiated',
		'Old | UPDATE_COMPLETE',
		'Made | CREATE_IN_PROGRESS | Resource creation Initiated',
		'Made | CREATE_COMPLETE',
		'Wrong | CREATE_IN_PROGRESS',
		why,
		'update | UPDATE_ROLLBACK_IN_PROGRESS | The following resource(s) failed to create: [Wrong]. ',
		'Old | UPDATE_COMPLETE',
		'Limit | UPDATE_IN_PROGRESS',
		'Limit | UPDATE_COMPLETE',
		'update | UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
		'Wrong | DELETE_COMPLETE',
		'Old | DELETE_IN_PROGRESS',
		'Made | DELETE_IN_PROGRESS',
		'Old | DELETE_COMPLETE',
		'Made | DELETE_COMPLETE',
		'update | UPDATE_ROLLBACK_COMPLETE',
	]);
	expect((await ssm.getParameter({ Name: limit })).Parameter!.Value).toBe('1');
	expect(await at.physicalId('update', 'Old')).toBe(old);
	const { QueueUrls } = await new SQS(practice.client).listQueues({});
	expect(QueueUrls).toEqual([old]);
	// The next update starts from what was there before.
	expect(await at.update('update', { ...changed, Wrong: queue() })).toMatchObject({ StackStatus: 'UPDATE_COMPLETE' });
	expect(await at.physicalId('update', 'Old')).toMatch(/new$/);
});

test('an update that fails may stay as it is; the next one goes on, or it is rolled back', async () => {
	const ssm = new SSM(practice.client);
	await at.create('half', { Limit: parameter('1') });
	const broken = { Limit: parameter('2'), Wrong: wrong };
	expect(await at.update('half', broken, { DisableRollback: true })).toMatchObject({ StackStatus: 'UPDATE_FAILED' });
	await expect(at.update('half', { Limit: parameter('3') })).rejects.toThrow(
		/UPDATE_FAILED state and can not be updated/,
	);
	const more = { Limit: parameter('3'), Wrong: wrong };
	expect(await at.update('half', more, { DisableRollback: true })).toMatchObject({ StackStatus: 'UPDATE_FAILED' });
	await at.cloudformation.rollbackStack({ StackName: 'half' });
	expect(await at.atRest('half')).toMatchObject({ StackStatus: 'UPDATE_ROLLBACK_COMPLETE' });
	expect((await ssm.getParameter({ Name: await at.physicalId('half', 'Limit') })).Parameter!.Value).toBe('1');
});

test('a rollback that fails can be continued without what stands in its way', async () => {
	const sqs = new SQS(practice.client);
	const url = async () => at.physicalId('stuck', 'Queue');
	const made = (seconds: number) => ({ Queue: queue({ VisibilityTimeout: seconds }) });
	await at.create('stuck', { ...made(10), Limit: parameter('1') });
	// The queue is gone behind CloudFormation's back before it has to be changed back.
	const broken = {
		Limit: parameter('2'),
		Queue: queue({ VisibilityTimeout: 20 }),
		Wrong: queue({ QueueName: 'not a name' }, { DependsOn: ['Queue', 'Limit'] }),
	};
	expect(await at.update('stuck', broken, { DisableRollback: true })).toMatchObject({ StackStatus: 'UPDATE_FAILED' });
	await sqs.deleteQueue({ QueueUrl: await url() });
	await at.cloudformation.rollbackStack({ StackName: 'stuck' });
	expect(await at.atRest('stuck')).toMatchObject({
		StackStatus: 'UPDATE_ROLLBACK_FAILED',
		StackStatusReason: expect.stringContaining('The following resource(s) failed to update: [Queue'),
	});
	await at.cloudformation.continueUpdateRollback({ StackName: 'stuck', ResourcesToSkip: ['Queue'] });
	expect(await at.atRest('stuck')).toMatchObject({ StackStatus: 'UPDATE_ROLLBACK_COMPLETE' });
	expect(await at.story('stuck')).toContain('Queue | UPDATE_COMPLETE | Resource skipped during UpdateRollback');
});

test('a bucket that holds something keeps its stack from going, until it is retained', async () => {
	const s3 = new S3(practice.client);
	const stack = await at.create('full', { Bucket: { Type: 'AWS::S3::Bucket' }, Limit: parameter('1') });
	const Bucket = await at.physicalId('full', 'Bucket');
	expect(Bucket).toMatch(/^full-bucket-[a-z0-9]{12}$/);
	await s3.putObject({ Bucket, Key: 'order', Body: 'x' });
	expect(await at.remove('full')).toMatchObject({
		StackStatus: 'DELETE_FAILED',
		StackStatusReason: 'The following resource(s) failed to delete: [Bucket]. ',
	});
	expect((await at.story('full')).find((each) => each.includes('DELETE_FAILED'))).toMatch(
		/^Bucket \| DELETE_FAILED \| Resource handler returned message: "The bucket you tried to delete is not empty \(Service: S3, Status Code: 409, /,
	);
	expect(await at.remove('full', { RetainResources: ['Bucket'] })).toMatchObject({ StackStatus: 'DELETE_COMPLETE' });
	expect(await at.story(stack.StackId!)).toContain('Bucket | DELETE_SKIPPED');
	await s3.headBucket({ Bucket });
});
