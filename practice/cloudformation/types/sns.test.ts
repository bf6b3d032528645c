import { expect, test } from 'vitest';
import { testPractice } from '../../testing.ts';
import { tryOut } from './parts/testing.ts';
import { subscription } from './sns-subscription.ts';
import { topic } from './sns-topic.ts';

test('a queue is subscribed, its filter is changed, and it ends', async () => {
	await using practice = await testPractice();
	const { id: TopicArn } = tryOut(practice, topic).create({ TopicName: 'orders' });
	const { create, read, update, delete: remove } = tryOut(practice, subscription);
	const declared = {
		TopicArn,
		Protocol: 'sqs',
		Endpoint: `arn:aws:sqs:us-east-1:${practice.account.id}:orders`,
		RawMessageDelivery: true,
		FilterPolicyScope: 'MessageAttributes',
		FilterPolicy: { kind: ['sale'] },
		RedrivePolicy: { deadLetterTargetArn: `arn:aws:sqs:us-east-1:${practice.account.id}:failed` },
	};
	const { id, attributes } = create(declared);
	expect(id).toMatch(new RegExp(`^${TopicArn}:[0-9a-f-]{36}$`));
	expect(attributes).toEqual({ Arn: id });
	expect(read(id, declared)).toEqual(declared);
	const after = { TopicArn, Protocol: 'sqs', Endpoint: declared.Endpoint, FilterPolicy: { kind: ['return'] } };
	const bare = { TopicArn, Protocol: 'sqs', Endpoint: declared.Endpoint };
	update(id, declared, after);
	expect(read(id, after)).toEqual({
		...after,
		RawMessageDelivery: false,
		FilterPolicyScope: 'MessageAttributes',
	});
	update(id, after, bare);
	expect(read(id, bare)).toMatchObject({ ...bare, RawMessageDelivery: false });
	expect(read(id, bare)).not.toHaveProperty('FilterPolicy');
	remove(id, after);
	expect(read(id, after)).toBeUndefined();
	remove(id, after);
});

test('a mailbox that never confirmed keeps no stack from going', async () => {
	await using practice = await testPractice();
	const { id: TopicArn } = tryOut(practice, topic).create({});
	const { create, read, delete: remove } = tryOut(practice, subscription);
	const declared = { TopicArn, Protocol: 'email', Endpoint: 'owner@shop.example' };
	const { id } = create(declared);
	expect(read(id, declared)).toEqual({ ...declared, RawMessageDelivery: false });
	remove(id, declared);
});
