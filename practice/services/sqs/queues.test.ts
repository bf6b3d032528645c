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

const create = async (QueueName: string, Attributes: Record<string, string> = {}) =>
	(await sqs.createQueue({ QueueName, Attributes })).QueueUrl!;
const attributesOf = async (QueueUrl: string) =>
	(await sqs.getQueueAttributes({ QueueUrl, AttributeNames: ['All'] })).Attributes!;
const arn = (name: string) => `arn:aws:sqs:us-east-1:${practice.account.id}:${name}`;

test('a new queue has the attributes that AWS gives it, and a URL that leads here', async () => {
	const url = await create('orders');
	expect(url).toBe(`${practice.endpoint}/${practice.account.id}/orders`);
	expect(await attributesOf(url)).toEqual({
		QueueArn: arn('orders'),
		ApproximateNumberOfMessages: '0',
		ApproximateNumberOfMessagesNotVisible: '0',
		ApproximateNumberOfMessagesDelayed: '0',
		CreatedTimestamp: expect.stringMatching(/^\d{10}$/),
		LastModifiedTimestamp: expect.stringMatching(/^\d{10}$/),
		VisibilityTimeout: '30',
		MaximumMessageSize: '1048576',
		MessageRetentionPeriod: '345600',
		DelaySeconds: '0',
		ReceiveMessageWaitTimeSeconds: '0',
		SqsManagedSseEnabled: 'true',
	});
	expect(await sqs.getQueueUrl({ QueueName: 'orders' })).toMatchObject({ QueueUrl: url });
});

test('a FIFO queue says so', async () => {
	const url = await create('orders.fifo', { FifoQueue: 'true' });
	expect(await attributesOf(url)).toMatchObject({
		FifoQueue: 'true',
		ContentBasedDeduplication: 'false',
		DeduplicationScope: 'queue',
		FifoThroughputLimit: 'perQueue',
	});
});

test('asking again for the same queue answers it; asking for another by its name is refused', async () => {
	const url = await create('same', { VisibilityTimeout: '60' });
	expect(await create('same')).toBe(url);
	expect(await create('same', { VisibilityTimeout: '60', DelaySeconds: '0' })).toBe(url);
	await expect(create('same', { VisibilityTimeout: '61' })).rejects.toMatchObject({
		name: 'QueueNameExists',
		message: 'A queue already exists with the same name and a different value for attribute VisibilityTimeout',
	});
});

test('names outside the rules are refused', async () => {
	const standard = 'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length';
	const fifo =
		'The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length';
	await expect(create('a b')).rejects.toMatchObject({ name: 'InvalidParameterValue', message: standard });
	await expect(create('a'.repeat(81))).rejects.toMatchObject({ message: standard });
	await expect(create('plain', { FifoQueue: 'true' })).rejects.toMatchObject({ message: fifo });
	await expect(create('plain.fifo')).rejects.toMatchObject({ message: fifo });
});

test('attributes out of range, unknown, or of the other type of queue are refused', async () => {
	const url = await create('ranges');
	const set = (Attributes: Record<string, string>) => sqs.setQueueAttributes({ QueueUrl: url, Attributes });
	for (const [name, value] of Object.entries({
		VisibilityTimeout: '43201',
		DelaySeconds: '901',
		MessageRetentionPeriod: '59',
		MaximumMessageSize: '1023',
		ReceiveMessageWaitTimeSeconds: '21',
		KmsDataKeyReusePeriodSeconds: 'often',
		SqsManagedSseEnabled: 'yes',
		Policy: '{"Statement": 1}',
	})) {
		await expect(set({ [name]: value })).rejects.toMatchObject({
			name: 'InvalidAttributeValue',
			message: `Invalid value for the parameter ${name}.`,
		});
	}
	for (const name of ['Colour', 'ContentBasedDeduplication', 'FifoQueue', 'QueueArn']) {
		await expect(set({ [name]: 'true' })).rejects.toMatchObject({
			name: 'InvalidAttributeName',
			message: `Unknown Attribute ${name}.`,
		});
	}
	await expect(sqs.getQueueAttributes({ QueueUrl: url, AttributeNames: ['Colour' as 'All'] })).rejects.toMatchObject({
		name: 'InvalidAttributeName',
		message: 'Unknown Attribute Colour.',
	});
	await expect(
		create('limit.fifo', { FifoQueue: 'true', FifoThroughputLimit: 'perMessageGroupId' }),
	).rejects.toMatchObject({ name: 'InvalidAttributeValue' });
});

test("attributes are changed one by one, and a key ends the queue's own encryption", async () => {
	const url = await create('change', { VisibilityTimeout: '60', DelaySeconds: '5' });
	await sqs.setQueueAttributes({ QueueUrl: url, Attributes: { VisibilityTimeout: '90', KmsMasterKeyId: 'alias/a' } });
	expect(await attributesOf(url)).toMatchObject({
		VisibilityTimeout: '90',
		DelaySeconds: '5',
		KmsMasterKeyId: 'alias/a',
		KmsDataKeyReusePeriodSeconds: '300',
		SqsManagedSseEnabled: 'false',
	});
	await sqs.setQueueAttributes({ QueueUrl: url, Attributes: { KmsMasterKeyId: '', SqsManagedSseEnabled: 'true' } });
	const after = await attributesOf(url);
	expect(after).toMatchObject({ SqsManagedSseEnabled: 'true' });
	expect(after).not.toHaveProperty('KmsMasterKeyId');
	await expect(
		sqs.setQueueAttributes({ QueueUrl: url, Attributes: { KmsMasterKeyId: 'a', SqsManagedSseEnabled: 'true' } }),
	).rejects.toMatchObject({ name: 'InvalidAttributeValue' });
});

test('only the attributes that were asked for are shown', async () => {
	const url = await create('some');
	const { Attributes } = await sqs.getQueueAttributes({ QueueUrl: url, AttributeNames: ['QueueArn', 'Policy'] });
	expect(Attributes).toEqual({ QueueArn: arn('some') });
	expect(await sqs.getQueueAttributes({ QueueUrl: url })).not.toHaveProperty('Attributes');
});

test('queues are listed by prefix and in pages', async () => {
	await using other = await testPractice({ name: 'lists' });
	const client = new SQS(other.client);
	for (const QueueName of ['b-1', 'a-2', 'a-1', 'a-3']) await client.createQueue({ QueueName });
	const url = (name: string) => `${other.endpoint}/${other.account.id}/${name}`;
	expect((await client.listQueues({})).QueueUrls).toEqual(['a-1', 'a-2', 'a-3', 'b-1'].map(url));
	const first = await client.listQueues({ QueueNamePrefix: 'a-', MaxResults: 2 });
	expect(first.QueueUrls).toEqual(['a-1', 'a-2'].map(url));
	const next = await client.listQueues({ QueueNamePrefix: 'a-', MaxResults: 2, NextToken: first.NextToken });
	expect(next.QueueUrls).toEqual([url('a-3')]);
	expect(next.NextToken).toBeUndefined();
	expect((await client.listQueues({ QueueNamePrefix: 'none' })).QueueUrls).toBeUndefined();
	await expect(client.listQueues({ MaxResults: 1001 })).rejects.toMatchObject({ name: 'InvalidParameterValue' });
	await expect(client.listQueues({ NextToken: 'x' })).rejects.toMatchObject({ name: 'InvalidParameterValue' });
	expect((await new SQS({ ...other.client, region: 'eu-west-1' }).listQueues({})).QueueUrls).toBeUndefined();
});

test("a deleted queue is gone, and its name is locked for a minute of the account's time", async () => {
	await using other = await testPractice({ name: 'deletes' });
	const client = new SQS(other.client);
	const { QueueUrl } = await client.createQueue({ QueueName: 'short' });
	await client.sendMessage({ QueueUrl, MessageBody: 'lost' });
	await client.deleteQueue({ QueueUrl });
	const gone = { name: 'QueueDoesNotExist', message: 'The specified queue does not exist.' };
	await expect(client.getQueueUrl({ QueueName: 'short' })).rejects.toMatchObject(gone);
	await expect(client.sendMessage({ QueueUrl, MessageBody: 'a' })).rejects.toMatchObject(gone);
	await expect(client.deleteQueue({ QueueUrl })).rejects.toMatchObject(gone);
	await expect(client.createQueue({ QueueName: 'short' })).rejects.toMatchObject({
		name: 'QueueDeletedRecently',
		message: 'You must wait 60 seconds after deleting a queue before you can create another with the same name.',
	});
	await other.account.work.advance(60_000);
	await client.createQueue({ QueueName: 'short' });
	expect((await client.receiveMessage({ QueueUrl })).Messages).toBeUndefined();
});

test('a queue URL of another host names the queue by its path; one that names none is refused', async () => {
	const url = await create('anywhere');
	const asAws = url.replace(practice.endpoint, 'https://sqs.us-east-1.amazonaws.com');
	const fixed = new SQS({ ...practice.client, useQueueUrlAsEndpoint: false });
	expect(await fixed.sendMessage({ QueueUrl: asAws, MessageBody: 'a' })).toHaveProperty('MessageId');
	await expect(fixed.purgeQueue({ QueueUrl: 'https://example.com/x' })).rejects.toMatchObject({
		name: 'InvalidAddress',
		message: 'The address https://example.com/x is not valid for this endpoint.',
	});
	await expect(fixed.purgeQueue({ QueueUrl: asAws.replace(/\d{12}/, '123456789012') })).rejects.toMatchObject({
		name: 'QueueDoesNotExist',
	});
	await expect(
		sqs.getQueueUrl({ QueueName: 'anywhere', QueueOwnerAWSAccountId: '123456789012' }),
	).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
});

test('tags are set, listed and taken away', async () => {
	const { QueueUrl } = await sqs.createQueue({ QueueName: 'tagged', tags: { team: 'blue' } });
	await sqs.tagQueue({ QueueUrl, Tags: { stage: 'test' } });
	expect((await sqs.listQueueTags({ QueueUrl })).Tags).toEqual({ team: 'blue', stage: 'test' });
	await sqs.untagQueue({ QueueUrl, TagKeys: ['team'] });
	expect((await sqs.listQueueTags({ QueueUrl })).Tags).toEqual({ stage: 'test' });
	await sqs.untagQueue({ QueueUrl, TagKeys: ['stage'] });
	expect((await sqs.listQueueTags({ QueueUrl })).Tags).toBeUndefined();
	const many = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${index}`, 'v']));
	await expect(sqs.tagQueue({ QueueUrl, Tags: many })).rejects.toMatchObject({
		name: 'InvalidParameterValue',
		message: 'Too many tags added for queue tagged.',
	});
	await expect(sqs.tagQueue({ QueueUrl, Tags: {} })).rejects.toMatchObject({ name: 'MissingParameter' });
	await expect(sqs.untagQueue({ QueueUrl, TagKeys: [] })).rejects.toMatchObject({ name: 'InvalidParameterValue' });
});

test('a permission becomes a statement of the policy, and goes again', async () => {
	const url = await create('shared');
	const add = (other: object = {}) =>
		sqs.addPermission({
			QueueUrl: url,
			Label: 'send',
			AWSAccountIds: ['123456789012'],
			Actions: ['SendMessage'],
			...other,
		});
	await add();
	expect(JSON.parse((await attributesOf(url))['Policy']!)).toEqual({
		Version: '2008-10-17',
		Id: `${arn('shared')}/SQSDefaultPolicy`,
		Statement: [
			{
				Sid: 'send',
				Effect: 'Allow',
				Principal: { AWS: 'arn:aws:iam::123456789012:root' },
				Action: 'SQS:SendMessage',
				Resource: arn('shared'),
			},
		],
	});
	await expect(add()).rejects.toMatchObject({
		message: 'Value send for parameter Label is invalid. Reason: Already exists.',
	});
	await expect(add({ Label: 'b', Actions: ['CreateQueue'] })).rejects.toMatchObject({
		message:
			'Value SQS:CreateQueue for parameter ActionName is invalid. Reason: Only the queue owner is allowed to invoke this action.',
	});
	await expect(add({ Label: 'b c' })).rejects.toMatchObject({ name: 'InvalidParameterValue' });
	await expect(add({ Label: 'b', AWSAccountIds: [] })).rejects.toMatchObject({ name: 'MissingParameter' });
	await expect(add({ Label: 'b', Actions: [] })).rejects.toMatchObject({ name: 'MissingParameter' });
	await expect(add({ Label: 'b', AWSAccountIds: ['me'] })).rejects.toMatchObject({ name: 'InvalidParameterValue' });
	await sqs.removePermission({ QueueUrl: url, Label: 'send' });
	expect(await attributesOf(url)).not.toHaveProperty('Policy');
	await expect(sqs.removePermission({ QueueUrl: url, Label: 'send' })).rejects.toMatchObject({
		message: "Value send for parameter Label is invalid. Reason: can't find label on existing policy.",
	});
});
