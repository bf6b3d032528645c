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
	(await sqs.createQueue({ QueueName: `queue-${queues++}`, Attributes })).QueueUrl!;
const advance = (seconds: number) => practice.account.work.advance(seconds * 1000);
const receive = async (QueueUrl: string, other: object = {}) =>
	(await sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages: 10, ...other })).Messages ?? [];
const bodies = async (url: string, other: object = {}) => (await receive(url, other)).map(({ Body }) => Body);
const counts = async (QueueUrl: string) => {
	const { Attributes } = await sqs.getQueueAttributes({ QueueUrl, AttributeNames: ['All'] });
	return [
		Attributes!['ApproximateNumberOfMessages'],
		Attributes!['ApproximateNumberOfMessagesNotVisible'],
		Attributes!['ApproximateNumberOfMessagesDelayed'],
	].map(Number);
};

test("what is sent is received with its attributes, and the client's own digests agree", async () => {
	const url = await create();
	const sent = await sqs.sendMessage({
		QueueUrl: url,
		MessageBody: 'hello',
		MessageAttributes: {
			'order.kind': { DataType: 'String', StringValue: 'book' },
			count: { DataType: 'Number.int', StringValue: '12' },
			picture: { DataType: 'Binary', BinaryValue: Buffer.from([1, 2, 3]) },
		},
		MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue: 'Root=1-5759e988' } },
	});
	expect(sent).toMatchObject({
		MD5OfMessageBody: '5d41402abc4b2a76b9719d911017c592',
		MD5OfMessageAttributes: expect.stringMatching(/^[0-9a-f]{32}$/),
		MD5OfMessageSystemAttributes: expect.stringMatching(/^[0-9a-f]{32}$/),
		MessageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
	});
	expect(await counts(url)).toEqual([1, 0, 0]);
	const [message] = await receive(url, { MessageAttributeNames: ['All'], AttributeNames: ['All'] });
	expect(message).toEqual({
		MessageId: sent.MessageId,
		ReceiptHandle: expect.stringMatching(/^AQEB/),
		Body: 'hello',
		MD5OfBody: '5d41402abc4b2a76b9719d911017c592',
		MD5OfMessageAttributes: sent.MD5OfMessageAttributes,
		MessageAttributes: {
			'order.kind': { DataType: 'String', StringValue: 'book' },
			count: { DataType: 'Number.int', StringValue: '12' },
			picture: { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2, 3]) },
		},
		Attributes: {
			SenderId: 'AIDAADMINISTRATOR000A',
			SentTimestamp: expect.stringMatching(/^\d{13}$/),
			ApproximateReceiveCount: '1',
			ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
			AWSTraceHeader: 'Root=1-5759e988',
		},
	});
	expect(await counts(url)).toEqual([0, 1, 0]);
});

test('a receiver chooses attributes by name and prefix, in the old member and the new one', async () => {
	const url = await create({ VisibilityTimeout: '0' });
	const text = (StringValue: string) => ({ DataType: 'String', StringValue });
	await sqs.sendMessage({
		QueueUrl: url,
		MessageBody: 'a',
		MessageAttributes: { 'a.x': text('1'), 'a.y': text('2'), b: text('3') },
	});
	const names = async (...MessageAttributeNames: string[]) =>
		Object.keys((await receive(url, { MessageAttributeNames }))[0]!.MessageAttributes ?? {});
	expect(await names('a.*')).toEqual(['a.x', 'a.y']);
	expect(await names('b')).toEqual(['b']);
	expect(await names()).toEqual([]);
	const [one] = await receive(url, { MessageSystemAttributeNames: ['ApproximateReceiveCount'] });
	expect(one!.Attributes).toEqual({ ApproximateReceiveCount: '4' });
	await expect(receive(url, { AttributeNames: ['Colour'] })).rejects.toMatchObject({
		name: 'InvalidAttributeName',
		message: 'Unknown Attribute Colour.',
	});
});

test('a message that is not deleted comes again when its visibility timeout ends', async () => {
	const url = await create({ VisibilityTimeout: '40' });
	await sqs.sendMessage({ QueueUrl: url, MessageBody: 'again' });
	const [first] = await receive(url);
	expect(await receive(url)).toEqual([]);
	await advance(40);
	expect(await counts(url)).toEqual([1, 0, 0]);
	const [second] = await receive(url, { AttributeNames: ['All'] });
	expect(second).toMatchObject({ MessageId: first!.MessageId, Attributes: { ApproximateReceiveCount: '2' } });

	// The older handle no longer deletes; the newer does, and does so twice without complaint.
	await sqs.deleteMessage({ QueueUrl: url, ReceiptHandle: first!.ReceiptHandle });
	expect(await counts(url)).toEqual([0, 1, 0]);
	await sqs.deleteMessage({ QueueUrl: url, ReceiptHandle: second!.ReceiptHandle });
	await sqs.deleteMessage({ QueueUrl: url, ReceiptHandle: second!.ReceiptHandle });
	expect(await counts(url)).toEqual([0, 0, 0]);
});

test('a receipt handle of another queue, or of none, is refused', async () => {
	const [here, there] = [await create(), await create()];
	await sqs.sendMessage({ QueueUrl: there, MessageBody: 'a' });
	const [message] = await receive(there);
	for (const ReceiptHandle of ['nonsense', message!.ReceiptHandle!]) {
		await expect(sqs.deleteMessage({ QueueUrl: here, ReceiptHandle })).rejects.toMatchObject({
			name: 'ReceiptHandleIsInvalid',
			message: `The input receipt handle "${ReceiptHandle}" is not a valid receipt handle.`,
		});
	}
});

test('a delay, of the message or of the queue, holds it back', async () => {
	const url = await create({ DelaySeconds: '10' });
	await sqs.sendMessage({ QueueUrl: url, MessageBody: 'queue' });
	await sqs.sendMessage({ QueueUrl: url, MessageBody: 'message', DelaySeconds: 20 });
	await sqs.sendMessage({ QueueUrl: url, MessageBody: 'now', DelaySeconds: 0 });
	expect(await counts(url)).toEqual([1, 0, 2]);
	expect(await bodies(url)).toEqual(['now']);
	await advance(10);
	expect(await bodies(url)).toEqual(['queue']);
	await advance(10);
	expect(await bodies(url)).toEqual(['message']);
	await expect(sqs.sendMessage({ QueueUrl: url, MessageBody: 'a', DelaySeconds: 901 })).rejects.toMatchObject({
		name: 'InvalidParameterValue',
		message: 'Value 901 for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.',
	});
});

test('a long poll ends when a message comes, and when a hidden one comes back', async () => {
	const url = await create({ VisibilityTimeout: '30' });
	const first = bodies(url, { WaitTimeSeconds: 20 });
	await sqs.sendMessage({ QueueUrl: url, MessageBody: 'come' });
	expect(await first).toEqual(['come']);
	const second = bodies(url, { WaitTimeSeconds: 20 });
	await advance(30);
	expect(await second).toEqual(['come']);
	expect(await bodies(url, { WaitTimeSeconds: 0 })).toEqual([]);
});

test('a long poll ends when its account is reset', async () => {
	await using other = await testPractice({ name: 'reset' });
	const client = new SQS({ ...other.client, maxAttempts: 1 });
	const { QueueUrl } = await client.createQueue({ QueueName: 'a' });
	const poll = client.receiveMessage({ QueueUrl, WaitTimeSeconds: 20 });
	const ended = expect(poll).rejects.toMatchObject({ name: 'ServiceUnavailable' });
	await client.listQueues({});
	await other.practice.accounts.reset('reset');
	await ended;
});

test('what a receiver asks beyond the limits is refused', async () => {
	const url = await create();
	const refused = [
		[
			{ MaxNumberOfMessages: 11 },
			'Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.',
		],
		[
			{ WaitTimeSeconds: 21 },
			'Value 21 for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if provided.',
		],
		[
			{ VisibilityTimeout: 43_201 },
			'Value 43201 for parameter VisibilityTimeout is invalid. Reason: Must be between 0 and 43200, if provided.',
		],
		[
			{ ReceiveRequestAttemptId: 'a' },
			'Value a for parameter ReceiveRequestAttemptId is invalid. Reason: The request include parameter that is not valid for this queue type.',
		],
	] as const;
	for (const [other, message] of refused) {
		await expect(receive(url, other)).rejects.toMatchObject({ name: 'InvalidParameterValue', message });
	}
});

test('a message without a body, too large, or with characters outside the set is refused', async () => {
	const url = await create({ MaximumMessageSize: '1024' });
	await expect(sqs.sendMessage({ QueueUrl: url, MessageBody: '' })).rejects.toMatchObject({
		name: 'MissingParameter',
		message: 'The request must contain the parameter MessageBody.',
	});
	await expect(sqs.sendMessage({ QueueUrl: url, MessageBody: 'x'.repeat(1025) })).rejects.toMatchObject({
		name: 'InvalidParameterValue',
		message: 'One or more parameters are invalid. Reason: Message must be shorter than 1024 bytes.',
	});
	await expect(sqs.sendMessage({ QueueUrl: url, MessageBody: 'a\u0001' })).rejects.toMatchObject({
		name: 'InvalidMessageContents',
	});
	await sqs.sendMessage({ QueueUrl: url, MessageBody: 'x'.repeat(1024) });
	const large = await create();
	await sqs.sendMessage({ QueueUrl: large, MessageBody: 'x'.repeat(1_048_576) });
	await expect(sqs.sendMessage({ QueueUrl: large, MessageBody: 'x'.repeat(1_048_577) })).rejects.toMatchObject({
		message: 'One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.',
	});
});

test('message attributes that break the rules are refused', async () => {
	const url = await create();
	const send = (MessageAttributes: Record<string, object>) =>
		sqs.sendMessage({ QueueUrl: url, MessageBody: 'a', MessageAttributes: MessageAttributes as never });
	const text = { DataType: 'String', StringValue: 'a' };
	const refused = [
		[{ 'a b': text }, "The message attribute name 'a b' is invalid."],
		[{ 'AWS.a': text }, "You can't use message attribute names beginning with 'AWS.' or 'Amazon.'"],
		[{ '.a': text }, "Attribute name can't start or end with a period"],
		[
			{ a: { DataType: '', StringValue: 'a' } },
			"The message attribute 'a' must contain a non-empty message attribute type.",
		],
		[{ a: { DataType: 'Text', StringValue: 'a' } }, "The message attribute 'a' has an invalid message attribute type"],
		[
			{ a: { DataType: 'String', StringValue: '' } },
			"must contain a non-empty message attribute value for message attribute type 'String'.",
		],
		[
			{ a: { DataType: 'Number', StringValue: 'x' } },
			"Can't cast the value of message (user) attribute 'a' to a number.",
		],
		[
			Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`a${index}`, text])),
			'Number of message attributes [11] exceeds the allowed maximum [10].',
		],
	] as const;
	for (const [attributes, message] of refused) {
		await expect(send(attributes)).rejects.toMatchObject({
			name: 'InvalidParameterValue',
			message: expect.stringContaining(message),
		});
	}
	await expect(
		sqs.sendMessage({
			QueueUrl: url,
			MessageBody: 'a',
			MessageSystemAttributes: { Colour: text } as never,
		}),
	).rejects.toMatchObject({ message: "Message system attribute name 'Colour' is invalid." });
});

test('in a batch each entry stands for itself', async () => {
	const url = await create();
	const { Successful, Failed } = await sqs.sendMessageBatch({
		QueueUrl: url,
		Entries: [
			{ Id: 'one', MessageBody: '1' },
			{ Id: 'two', MessageBody: '2', DelaySeconds: 901 },
			{ Id: 'three', MessageBody: '3' },
		],
	});
	expect(Successful!.map(({ Id }) => Id)).toEqual(['one', 'three']);
	expect(Failed).toEqual([
		{
			Id: 'two',
			SenderFault: true,
			Code: 'InvalidParameterValue',
			Message: 'Value 901 for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.',
		},
	]);
	const messages = await receive(url);
	expect(messages.map(({ Body }) => Body)).toEqual(['1', '3']);

	const changed = await sqs.changeMessageVisibilityBatch({
		QueueUrl: url,
		Entries: [
			{ Id: 'a', ReceiptHandle: messages[0]!.ReceiptHandle, VisibilityTimeout: 0 },
			{ Id: 'b', ReceiptHandle: 'x', VisibilityTimeout: 0 },
		],
	});
	expect(changed.Successful).toEqual([{ Id: 'a' }]);
	expect(changed.Failed).toEqual([
		{
			Id: 'b',
			SenderFault: true,
			Code: 'ReceiptHandleIsInvalid',
			Message: 'The input receipt handle "x" is not a valid receipt handle.',
		},
	]);
	const deleted = await sqs.deleteMessageBatch({
		QueueUrl: url,
		Entries: [
			{ Id: 'a', ReceiptHandle: messages[1]!.ReceiptHandle },
			{ Id: 'b', ReceiptHandle: 'x' },
		],
	});
	expect(deleted.Successful).toEqual([{ Id: 'a' }]);
	expect(deleted.Failed).toMatchObject([{ Id: 'b', Code: 'ReceiptHandleIsInvalid' }]);
	expect(await counts(url)).toEqual([1, 0, 0]);
});

test('a batch that is empty, too long, too large, or whose ids are wrong is refused whole', async () => {
	const url = await create();
	const send = (Entries: { Id: string; MessageBody: string }[]) => sqs.sendMessageBatch({ QueueUrl: url, Entries });
	const entries = (n: number, MessageBody = 'a') =>
		Array.from({ length: n }, (_, index) => ({ Id: `id${index}`, MessageBody }));
	await expect(send([])).rejects.toMatchObject({
		name: 'EmptyBatchRequest',
		message: 'There should be at least one SendMessageBatchRequestEntry in the request.',
	});
	await expect(send(entries(11))).rejects.toMatchObject({
		name: 'TooManyEntriesInBatchRequest',
		message: 'Maximum number of entries per request are 10. You have sent 11.',
	});
	await expect(send(entries(2, 'x'.repeat(600_000)))).rejects.toMatchObject({
		name: 'BatchRequestTooLong',
		message: 'Batch requests cannot be longer than 1048576 bytes. You have sent 1200000 bytes.',
	});
	await expect(send([...entries(1), ...entries(1)])).rejects.toMatchObject({
		name: 'BatchEntryIdsNotDistinct',
		message: 'Id id0 repeated.',
	});
	await expect(send([{ Id: 'a b', MessageBody: 'a' }])).rejects.toMatchObject({
		name: 'InvalidBatchEntryId',
		message:
			'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
	});
	expect(await counts(url)).toEqual([0, 0, 0]);
});

test('a visibility timeout is prolonged, ended, and bounded', async () => {
	const url = await create({ VisibilityTimeout: '30' });
	await sqs.sendMessage({ QueueUrl: url, MessageBody: 'a' });
	const [message] = await receive(url);
	const change = (VisibilityTimeout: number, ReceiptHandle = message!.ReceiptHandle!) =>
		sqs.changeMessageVisibility({ QueueUrl: url, ReceiptHandle, VisibilityTimeout });
	await change(100);
	await advance(31);
	expect(await counts(url)).toEqual([0, 1, 0]);
	await expect(change(43_201)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
	await expect(change(43_200)).rejects.toMatchObject({
		message:
			'Value 43200 for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout for the message is beyond the limit [43200 seconds]',
	});
	await change(0);
	expect(await counts(url)).toEqual([1, 0, 0]);
	await expect(change(10)).rejects.toMatchObject({ name: 'MessageNotInflight' });
	const [again] = await receive(url);
	await sqs.deleteMessage({ QueueUrl: url, ReceiptHandle: again!.ReceiptHandle });
	await expect(change(10, again!.ReceiptHandle)).rejects.toMatchObject({
		name: 'InvalidParameterValue',
		message: expect.stringContaining('Message does not exist or is not available for visibility timeout change.'),
	});
});

test('a queue is purged at most once a minute', async () => {
	const url = await create();
	await sqs.sendMessage({ QueueUrl: url, MessageBody: 'a' });
	await sqs.purgeQueue({ QueueUrl: url });
	expect(await counts(url)).toEqual([0, 0, 0]);
	await expect(sqs.purgeQueue({ QueueUrl: url })).rejects.toMatchObject({
		name: 'PurgeQueueInProgress',
		message: expect.stringMatching(/^Only one PurgeQueue operation on queue-\d+ is allowed every 60 seconds\.$/),
	});
	await advance(60);
	await sqs.purgeQueue({ QueueUrl: url });
});

test('messages live as long as the retention, and a shorter one deletes those that are older', async () => {
	const url = await create({ MessageRetentionPeriod: '3600' });
	await sqs.sendMessage({ QueueUrl: url, MessageBody: 'old' });
	await advance(1800);
	await sqs.sendMessage({ QueueUrl: url, MessageBody: 'young' });
	await advance(1800);
	expect(await counts(url)).toEqual([1, 0, 0]);
	await sqs.setQueueAttributes({ QueueUrl: url, Attributes: { MessageRetentionPeriod: '60' } });
	await sqs.setQueueAttributes({ QueueUrl: url, Attributes: { MessageRetentionPeriod: '3600' } });
	expect(await bodies(url)).toEqual([]);
});
