import { SNS } from '@aws-sdk/client-sns';
import { expect, test } from 'vitest';
import { testPractice } from '../../testing.ts';
import { tryOut } from './parts/testing.ts';
import { subscription } from './sns-subscription.ts';
import { topic } from './sns-topic.ts';
import { topicPolicy } from './sns-topic-policy.ts';

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

test('a topic is made, read, changed and deleted', async () => {
	await using practice = await testPractice();
	const { create, read, update, exists, delete: remove } = tryOut(practice, topic);
	const queue = (name: string) => ({
		Protocol: 'sqs',
		Endpoint: `arn:aws:sqs:us-east-1:${practice.account.id}:${name}`,
	});
	const tags = [{ Key: 'team', Value: 'shop' }];
	const declared = {
		TopicName: 'orders',
		DisplayName: 'Orders',
		SignatureVersion: '2',
		TracingConfig: 'Active',
		Subscription: [queue('b'), queue('a'), { Protocol: 'email', Endpoint: 'owner@shop.example' }],
		Tags: tags,
	};
	expect(exists(declared)).toBeUndefined();
	const { id } = create(declared, tags);
	expect(id).toBe(`arn:aws:sns:us-east-1:${practice.account.id}:orders`);
	expect(exists(declared)).toBe(id);
	expect(read(id, declared)).toEqual(declared);
	const after = { TopicName: 'orders', Subscription: [queue('a'), queue('c')] };
	update(id, declared, after, tags, []);
	expect(read(id, after)).toEqual({
		TopicName: 'orders',
		SignatureVersion: '1',
		TracingConfig: 'PassThrough',
		// Nobody can end what was never confirmed; SNS forgets it by itself.
		Subscription: [queue('a'), queue('c'), { Protocol: 'email', Endpoint: 'owner@shop.example' }],
		Tags: [],
	});
	remove(id, after);
	expect(read(id, after)).toBeUndefined();
	remove(id, after);
});

test('a topic that is there already is refused, though SNS would give it again', async () => {
	await using practice = await testPractice();
	const { TopicArn } = await new SNS(practice.client).createTopic({ Name: 'foreign' });
	expect(() => tryOut(practice, topic).create({ TopicName: 'foreign' })).toThrow(
		`Resource of type 'AWS::SNS::Topic' with identifier '${TopicArn}' already exists.`,
	);
});

test('a topic policy is on each of its topics, and leaves those that are still there', async () => {
	await using practice = await testPractice();
	const sns = new SNS(practice.client);
	const topics = await Promise.all(['a', 'b', 'c'].map((Name) => sns.createTopic({ Name })));
	const [a, b, c] = topics.map(({ TopicArn }) => TopicArn!) as [string, string, string];
	const policyOf = async (TopicArn: string) => (await sns.getTopicAttributes({ TopicArn })).Attributes!['Policy'];
	const byDefault = await policyOf(c);
	const { create, read, update, delete: remove } = tryOut(practice, topicPolicy);
	const may = (Action: string) => ({
		Version: '2012-10-17',
		Statement: [{ Effect: 'Allow', Principal: '*', Action, Resource: '*' }],
	});
	const declared = { PolicyDocument: may('sns:Publish'), Topics: [a, b] };
	const { id } = create(declared);
	expect(read(id, declared)).toEqual(declared);
	await sns.setTopicAttributes({ TopicArn: b, AttributeName: 'Policy', AttributeValue: JSON.stringify(may('sns:*')) });
	expect(read(id, declared)).toEqual({ ...declared, PolicyDocument: may('sns:*') });

	await sns.deleteTopic({ TopicArn: a });
	const after = { PolicyDocument: may('sns:Subscribe'), Topics: [b, c] };
	update(id, declared, after);
	expect(read(id, after)).toEqual(after);
	await sns.deleteTopic({ TopicArn: b });
	remove(id, after);
	expect(await policyOf(c)).toBe(byDefault);
	expect(read(id, after)).toBeUndefined();
	remove(id, after);
});
