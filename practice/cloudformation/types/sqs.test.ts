import { SQS } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { testPractice } from '../../testing.ts';
import { tryOut } from './parts/testing.ts';
import { queue } from './sqs-queue.ts';
import { queuePolicy } from './sqs-queue-policy.ts';

test('a queue is made, read, changed and deleted', async () => {
	await using practice = await testPractice();
	const { create, read, update, exists, delete: remove } = tryOut(practice, queue);
	const tags = [
		{ Key: 'team', Value: 'shop' },
		{ Key: 'app', Value: 'till' },
	];
	const declared = { QueueName: 'orders.fifo', FifoQueue: true, VisibilityTimeout: 60, Tags: tags };
	expect(exists(declared)).toBeUndefined();
	const { id } = create(declared, tags);
	expect(exists(declared)).toBe(id);
	expect(read(id, declared)).toEqual({
		...declared,
		ContentBasedDeduplication: false,
		DeduplicationScope: 'queue',
		DelaySeconds: 0,
		FifoThroughputLimit: 'perQueue',
		MaximumMessageSize: 1048576,
		MessageRetentionPeriod: 345600,
		ReceiveMessageWaitTimeSeconds: 0,
		SqsManagedSseEnabled: true,
	});
	const after = { QueueName: 'orders.fifo', FifoQueue: true, Tags: [] };
	update(id, declared, after, tags, []);
	expect(read(id, after)).toMatchObject({ VisibilityTimeout: 30, Tags: [] });
	remove(id, after);
	expect(read(id, after)).toBeUndefined();
	remove(id, after);
});

test('a queue that is there already is refused, though SQS would give it again', async () => {
	await using practice = await testPractice();
	const sqs = new SQS(practice.client);
	const { QueueUrl } = await sqs.createQueue({ QueueName: 'foreign' });
	const { create } = tryOut(practice, queue);
	expect(() => create({ QueueName: 'foreign' })).toThrow(
		`Resource of type 'AWS::SQS::Queue' with identifier '${QueueUrl}' already exists.`,
	);
});

const may = (Action: string) => ({
	Version: '2012-10-17',
	Statement: [{ Effect: 'Allow', Principal: '*', Action, Resource: '*' }],
});

test('a queue policy is on each of its queues, and leaves those that are still there', async () => {
	await using practice = await testPractice();
	const sqs = new SQS(practice.client);
	const queues = await Promise.all(['a', 'b', 'c'].map((QueueName) => sqs.createQueue({ QueueName })));
	const [a, b, c] = queues.map(({ QueueUrl }) => QueueUrl!) as [string, string, string];
	const policyOf = async (QueueUrl: string) =>
		(await sqs.getQueueAttributes({ QueueUrl, AttributeNames: ['Policy'] })).Attributes?.['Policy'];
	const { create, read, update, delete: remove } = tryOut(practice, queuePolicy);
	const declared = { PolicyDocument: may('sqs:SendMessage'), Queues: [a, b] };
	const { id } = create(declared);
	expect(read(id, declared)).toEqual(declared);

	await sqs.setQueueAttributes({ QueueUrl: b, Attributes: { Policy: JSON.stringify(may('sqs:*')) } });
	expect(read(id, declared)).toEqual({ ...declared, PolicyDocument: may('sqs:*') });
	await sqs.setQueueAttributes({ QueueUrl: b, Attributes: { Policy: '' } });
	expect(read(id, declared)).toEqual({ ...declared, Queues: [a] });

	await sqs.deleteQueue({ QueueUrl: a });
	const after = { PolicyDocument: JSON.stringify(may('sqs:SendMessage')), Queues: [b, c] };
	update(id, declared, after);
	expect(read(id, after)).toEqual(after);
	await sqs.deleteQueue({ QueueUrl: b });
	remove(id, after);
	expect(await policyOf(c)).toBeUndefined();
	expect(read(id, after)).toBeUndefined();
	remove(id, after);
});
