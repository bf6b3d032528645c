import { SQS } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestPractice, testPractice } from '../../testing.ts';

let practice: TestPractice;
let sqs: SQS;
beforeAll(async () => {
	practice = await testPractice();
	sqs = new SQS(practice.client);
});
afterAll(() => practice.close());

const arn = (name: string) => `arn:aws:sqs:us-east-1:${practice.account.id}:${name}`;
const create = async (QueueName: string, Attributes: Record<string, string> = {}) =>
	(await sqs.createQueue({ QueueName, Attributes })).QueueUrl!;
const policy = (dead: string, maxReceiveCount: unknown) =>
	JSON.stringify({ deadLetterTargetArn: arn(dead), maxReceiveCount });
const receive = async (QueueUrl: string) =>
	(await sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages: 10, AttributeNames: ['All'] })).Messages ?? [];
const advance = (seconds: number) => practice.account.work.advance(seconds * 1000);

/** A queue whose messages are given up after `count` receipts, and its dead-letter queue. */
async function pair(name: string, count: number, attributes: Record<string, string> = {}) {
	const dead = await create(`${name}-dead`);
	const live = await create(name, {
		VisibilityTimeout: '30',
		RedrivePolicy: policy(`${name}-dead`, count),
		...attributes,
	});
	return { dead, live };
}
/** Fails to process what is in a queue until it is empty. */
async function fail(url: string) {
	while ((await receive(url)).length > 0) await advance(30);
}

test('a message goes to the dead-letter queue at the receipt after the last that is allowed', async () => {
	const { live, dead } = await pair('orders', 2);
	const { MessageId } = await sqs.sendMessage({ QueueUrl: live, MessageBody: 'bad' });
	const [first] = await receive(live);
	await advance(30);
	expect(await receive(live)).toMatchObject([{ MessageId, Attributes: { ApproximateReceiveCount: '2' } }]);
	await advance(30);
	expect(await receive(dead)).toEqual([]);
	expect(await receive(live)).toEqual([]);
	expect(await receive(dead)).toMatchObject([
		{ MessageId, Body: 'bad', Attributes: { ApproximateReceiveCount: '3', DeadLetterQueueSourceArn: arn('orders') } },
	]);
	expect(first!.Attributes!['DeadLetterQueueSourceArn']).toBeUndefined();
});

test('its retention goes on counting from when it was first sent', async () => {
	const dead = await create('aged-dead', { MessageRetentionPeriod: '600' });
	const live = await create('aged', { VisibilityTimeout: '300', RedrivePolicy: policy('aged-dead', 1) });
	await sqs.sendMessage({ QueueUrl: live, MessageBody: 'old' });
	await receive(live);
	await advance(300);
	await receive(live);
	const count = async () =>
		(await sqs.getQueueAttributes({ QueueUrl: dead, AttributeNames: ['ApproximateNumberOfMessages'] })).Attributes;
	expect(await count()).toEqual({ ApproximateNumberOfMessages: '1' });
	await advance(301);
	expect(await count()).toEqual({ ApproximateNumberOfMessages: '0' });
});

test('the queues that use a dead-letter queue are listed', async () => {
	const { live, dead } = await pair('listed', 3);
	expect((await sqs.listDeadLetterSourceQueues({ QueueUrl: dead })).queueUrls).toEqual([live]);
	expect((await sqs.listDeadLetterSourceQueues({ QueueUrl: live })).queueUrls).toEqual([]);
});

test('a redrive policy that cannot work is refused', async () => {
	await create('target');
	await create('target.fifo', { FifoQueue: 'true' });
	await create('closed', { RedriveAllowPolicy: '{"redrivePermission":"denyAll"}' });
	await create('picky', {
		RedriveAllowPolicy: JSON.stringify({ redrivePermission: 'byQueue', sourceQueueArns: [arn('chosen')] }),
	});
	await create('chosen', { RedrivePolicy: policy('picky', 1) });
	const refused = [
		['no json', 'Redrive policy is not a valid JSON map.'],
		['{"maxReceiveCount":1}', 'Redrive policy does not contain mandatory attribute: deadLetterTargetArn.'],
		[
			`{"deadLetterTargetArn":"${arn('target')}"}`,
			'Redrive policy does not contain mandatory attribute: maxReceiveCount.',
		],
		[policy('target', 0), 'Invalid value for maxReceiveCount: 0, valid values are from 1 to 1000 both inclusive.'],
		[
			policy('target', '1001'),
			'Invalid value for maxReceiveCount: 1001, valid values are from 1 to 1000 both inclusive.',
		],
		[policy('nowhere', 1), 'Dead letter target does not exist.'],
		[policy('target.fifo', 1), 'Dead-letter queue must be same type of queue as the source.'],
		[
			policy('target', 1).replace(practice.account.id, '123456789012'),
			'Dead-letter target owner should be same as the source.',
		],
	] as const;
	for (const [RedrivePolicy, reason] of refused) {
		await expect(create('source', { RedrivePolicy })).rejects.toMatchObject({
			name: 'InvalidParameterValue',
			message: `Value ${RedrivePolicy} for parameter RedrivePolicy is invalid. Reason: ${reason}`,
		});
	}
	for (const name of ['closed', 'picky']) {
		await expect(create('source', { RedrivePolicy: policy(name, 1) })).rejects.toMatchObject({
			name: 'InvalidParameterValue',
		});
	}
	for (const RedriveAllowPolicy of ['x', '{}', '{"redrivePermission":"byQueue"}']) {
		await expect(create('source', { RedriveAllowPolicy })).rejects.toMatchObject({ name: 'InvalidParameterValue' });
	}
});

test('a move task brings messages back to where they came from', async () => {
	const { live, dead } = await pair('back', 1);
	for (const MessageBody of ['1', '2']) await sqs.sendMessage({ QueueUrl: live, MessageBody });
	await fail(live);
	const { TaskHandle } = await sqs.startMessageMoveTask({ SourceArn: arn('back-dead') });
	expect(TaskHandle).toBeDefined();
	await practice.account.work.settle(5_000);
	expect((await sqs.listMessageMoveTasks({ SourceArn: arn('back-dead') })).Results).toEqual([
		{
			Status: 'COMPLETED',
			SourceArn: arn('back-dead'),
			ApproximateNumberOfMessagesMoved: 2,
			ApproximateNumberOfMessagesToMove: 2,
			StartedTimestamp: expect.any(Number),
		},
	]);
	expect(await receive(dead)).toEqual([]);
	const back = await receive(live);
	expect(back.map(({ Body }) => Body)).toEqual(['1', '2']);
	expect(back[0]!.Attributes).toMatchObject({ ApproximateReceiveCount: '1' });
	await expect(sqs.cancelMessageMoveTask({ TaskHandle })).rejects.toMatchObject({
		name: 'UnsupportedOperation',
		message: 'Only active tasks can be cancelled.',
	});
});

test('a slow move task can be looked at and cancelled, and only one runs', async () => {
	const { live } = await pair('slow', 1);
	const other = await create('slow-other');
	for (const MessageBody of ['1', '2', '3']) await sqs.sendMessage({ QueueUrl: live, MessageBody });
	await fail(live);
	const start = () =>
		sqs.startMessageMoveTask({
			SourceArn: arn('slow-dead'),
			DestinationArn: arn('slow-other'),
			MaxNumberOfMessagesPerSecond: 1,
		});
	const { TaskHandle } = await start();
	await expect(start()).rejects.toMatchObject({
		name: 'UnsupportedOperation',
		message: 'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
	});
	await advance(1);
	expect((await sqs.listMessageMoveTasks({ SourceArn: arn('slow-dead') })).Results).toMatchObject([
		{ TaskHandle, Status: 'RUNNING', MaxNumberOfMessagesPerSecond: 1, DestinationArn: arn('slow-other') },
	]);
	const { ApproximateNumberOfMessagesMoved: moved } = await sqs.cancelMessageMoveTask({ TaskHandle });
	await advance(5);
	expect(await receive(other)).toHaveLength(moved!);
	expect(moved).toBeGreaterThan(0);
	expect(moved).toBeLessThan(3);
	expect((await sqs.listMessageMoveTasks({ SourceArn: arn('slow-dead') })).Results).toMatchObject([
		{ Status: 'CANCELLED' },
	]);
});

test('a message that was sent straight to the dead-letter queue has nowhere to go back to', async () => {
	const { dead } = await pair('direct', 1);
	await sqs.sendMessage({ QueueUrl: dead, MessageBody: 'a' });
	await sqs.startMessageMoveTask({ SourceArn: arn('direct-dead') });
	await practice.account.work.settle(5_000);
	expect((await sqs.listMessageMoveTasks({ SourceArn: arn('direct-dead') })).Results).toMatchObject([
		{ Status: 'FAILED', FailureReason: 'CouldNotDetermineMessageSource', ApproximateNumberOfMessagesMoved: 0 },
	]);
});

test('a move task that cannot be is refused', async () => {
	const { dead } = await pair('refused', 1);
	expect(dead).toBeDefined();
	const start = (SourceArn: string, other: object = {}) => sqs.startMessageMoveTask({ SourceArn, ...other });
	await expect(start(arn('none'))).rejects.toMatchObject({
		name: 'ResourceNotFoundException',
		message: "The resource that you specified for the SourceArn parameter doesn't exist.",
	});
	await expect(start(arn('refused'))).rejects.toMatchObject({
		message: 'Source queue must be configured as a Dead Letter Queue.',
	});
	await expect(start(arn('refused-dead'), { DestinationArn: arn('none') })).rejects.toMatchObject({
		message: "The resource that you specified for the DestinationArn parameter doesn't exist.",
	});
	await expect(start(arn('refused-dead'), { DestinationArn: arn('refused-dead') })).rejects.toMatchObject({
		name: 'InvalidParameterValue',
	});
	await expect(start(arn('refused-dead'), { MaxNumberOfMessagesPerSecond: 501 })).rejects.toMatchObject({
		name: 'InvalidParameterValue',
	});
	await expect(sqs.cancelMessageMoveTask({ TaskHandle: 'x' })).rejects.toMatchObject({ name: 'InvalidParameterValue' });
	const unknown = Buffer.from(JSON.stringify({ taskId: 'a', sourceArn: 'b' })).toString('base64');
	await expect(sqs.cancelMessageMoveTask({ TaskHandle: unknown })).rejects.toMatchObject({
		name: 'ResourceNotFoundException',
		message: 'Task does not exist.',
	});
	await expect(sqs.listMessageMoveTasks({ SourceArn: arn('none') })).rejects.toMatchObject({
		name: 'ResourceNotFoundException',
	});
	await expect(sqs.listMessageMoveTasks({ SourceArn: arn('refused-dead'), MaxResults: 11 })).rejects.toMatchObject({
		name: 'InvalidParameterValue',
	});
});
