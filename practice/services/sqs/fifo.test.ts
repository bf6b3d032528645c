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

let queues = 0;
const create = async (Attributes: Record<string, string> = {}) =>
	(
		await sqs.createQueue({
			QueueName: `queue-${queues++}.fifo`,
			Attributes: { FifoQueue: 'true', VisibilityTimeout: '30', ...Attributes },
		})
	).QueueUrl!;
const send = (QueueUrl: string, MessageBody: string, MessageGroupId: string, other: object = {}) =>
	sqs.sendMessage({ QueueUrl, MessageBody, MessageGroupId, ...other });
const receive = async (QueueUrl: string, MaxNumberOfMessages = 10) =>
	(await sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages, AttributeNames: ['All'] })).Messages ?? [];
const bodies = async (url: string, most?: number) => (await receive(url, most)).map(({ Body }) => Body);

test("messages of a group come in order, one group not before another's is done", async () => {
	const url = await create({ ContentBasedDeduplication: 'true' });
	for (const body of ['a1', 'a2', 'b1', 'a3']) await send(url, body, body[0]!);
	const [first] = await receive(url, 1);
	expect(first).toMatchObject({
		Body: 'a1',
		Attributes: {
			MessageGroupId: 'a',
			MessageDeduplicationId: expect.stringMatching(/^[0-9a-f]{64}$/),
			SequenceNumber: expect.stringMatching(/^\d{20}$/),
		},
	});
	expect(await bodies(url)).toEqual(['b1']);
	await sqs.deleteMessage({ QueueUrl: url, ReceiptHandle: first!.ReceiptHandle });
	expect(await bodies(url)).toEqual(['a2', 'a3']);
	expect(await bodies(url)).toEqual([]);
	await practice.account.work.advance(30_000);
	expect(await bodies(url)).toEqual(['a2', 'b1', 'a3']);
});

test('a message given back waits while a later one of its group is in flight', async () => {
	const url = await create({ ContentBasedDeduplication: 'true' });
	for (const body of ['1', '2']) await send(url, body, 'g');
	const [first, second] = await receive(url);
	await sqs.changeMessageVisibility({ QueueUrl: url, ReceiptHandle: first!.ReceiptHandle, VisibilityTimeout: 0 });
	expect(await bodies(url)).toEqual([]);
	await sqs.changeMessageVisibility({ QueueUrl: url, ReceiptHandle: second!.ReceiptHandle, VisibilityTimeout: 0 });
	expect(await bodies(url)).toEqual(['1', '2']);
});

test('a duplicate within five minutes is acknowledged and not delivered', async () => {
	const url = await create();
	const first = await send(url, 'one', 'g', { MessageDeduplicationId: 'x' });
	const second = await send(url, 'two', 'other', { MessageDeduplicationId: 'x' });
	expect(second).toMatchObject({ MessageId: first.MessageId, SequenceNumber: first.SequenceNumber });
	expect(await bodies(url)).toEqual(['one']);
	await practice.account.work.advance(300_000);
	const third = await send(url, 'three', 'other', { MessageDeduplicationId: 'x' });
	expect(third.MessageId).not.toBe(first.MessageId);
	expect(BigInt(third.SequenceNumber!)).toBeGreaterThan(BigInt(first.SequenceNumber!));
	expect(await bodies(url)).toContain('three');
});

test('with the scope of a message group, groups do not share deduplication ids', async () => {
	const url = await create({ DeduplicationScope: 'messageGroup', FifoThroughputLimit: 'perMessageGroupId' });
	for (const group of ['a', 'b', 'a']) await send(url, group, group, { MessageDeduplicationId: 'x' });
	expect(await bodies(url)).toEqual(['a', 'b']);
});

test('what a FIFO queue needs, and what it does not take, is said', async () => {
	const url = await create();
	await expect(sqs.sendMessage({ QueueUrl: url, MessageBody: 'a' })).rejects.toMatchObject({
		name: 'MissingParameter',
		message: 'The request must contain the parameter MessageGroupId.',
	});
	await expect(send(url, 'a', 'g')).rejects.toMatchObject({
		name: 'InvalidParameterValue',
		message:
			'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
	});
	await expect(send(url, 'a', 'g', { MessageDeduplicationId: 'x', DelaySeconds: 1 })).rejects.toMatchObject({
		message:
			'Value 1 for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type.',
	});
	await expect(send(url, 'a', 'a b', { MessageDeduplicationId: 'x' })).rejects.toMatchObject({
		message:
			'Value a b for parameter MessageGroupId is invalid. Reason: MessageGroupId can only include alphanumeric and punctuation characters. 1 to 128 in length',
	});
	const { QueueUrl: standard } = await sqs.createQueue({ QueueName: 'standard' });
	await expect(
		sqs.sendMessage({ QueueUrl: standard, MessageBody: 'a', MessageDeduplicationId: 'x' }),
	).rejects.toMatchObject({
		message:
			'Value x for parameter MessageDeduplicationId is invalid. Reason: The request include parameter that is not valid for this queue type.',
	});
	// A group on a standard queue asks for fair delivery.
	await sqs.sendMessage({ QueueUrl: standard, MessageBody: 'a', MessageGroupId: 'tenant' });
	await expect(sqs.receiveMessage({ QueueUrl: url, ReceiveRequestAttemptId: 'a' })).rejects.toMatchObject({
		name: 'NotImplemented',
	});
});

test('a receipt handle ends with its visibility timeout', async () => {
	const url = await create({ ContentBasedDeduplication: 'true' });
	await send(url, 'a', 'g');
	const [message] = await receive(url);
	await practice.account.work.advance(30_000);
	await expect(sqs.deleteMessage({ QueueUrl: url, ReceiptHandle: message!.ReceiptHandle })).rejects.toMatchObject({
		name: 'InvalidParameterValue',
		message: `Value ${message!.ReceiptHandle} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.`,
	});
});
