import { SNS } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestPractice, testPractice } from '../../testing.ts';

let practice: TestPractice;
let sns: SNS;
beforeAll(async () => {
	practice = await testPractice();
	sns = new SNS(practice.client);
});
afterAll(() => practice.close());

const arn = (name: string) => `arn:aws:sns:us-east-1:${practice.account.id}:${name}`;
const create = async (Name: string, Attributes: Record<string, string> = {}) =>
	(await sns.createTopic({ Name, Attributes })).TopicArn!;
const attributesOf = async (TopicArn: string) => (await sns.getTopicAttributes({ TopicArn })).Attributes!;
const noTopic = { name: 'NotFoundException', message: 'Topic does not exist' };

test('a topic is made, described, listed and deleted', async () => {
	const TopicArn = await create('news', { DisplayName: 'News' });
	expect(TopicArn).toBe(arn('news'));
	expect(await attributesOf(TopicArn)).toMatchObject({
		TopicArn,
		Owner: practice.account.id,
		DisplayName: 'News',
		Policy: expect.stringContaining('__default_policy_ID'),
		SubscriptionsConfirmed: '0',
		SubscriptionsPending: '0',
		SubscriptionsDeleted: '0',
	});
	expect((await sns.listTopics({})).Topics).toContainEqual({ TopicArn });
	await sns.deleteTopic({ TopicArn });
	await sns.deleteTopic({ TopicArn });
	await expect(attributesOf(TopicArn)).rejects.toMatchObject(noTopic);
	await expect(sns.deleteTopic({ TopicArn: 'news' })).rejects.toMatchObject({
		name: 'InvalidParameterException',
		message: 'Invalid parameter: TopicArn Reason: An ARN must have at least 6 elements, not 1',
	});
});

test('asking again for the same topic answers it; asking for another by its name is refused', async () => {
	const TopicArn = await create('same', { DisplayName: 'a' });
	expect(await create('same')).toBe(TopicArn);
	await expect(create('same', { DisplayName: 'b' })).rejects.toMatchObject({
		name: 'InvalidParameterException',
		message: 'Invalid parameter: Attributes Reason: Topic already exists with different attributes',
	});
	await expect(sns.createTopic({ Name: 'same', Tags: [{ Key: 'a', Value: 'b' }] })).rejects.toMatchObject({
		message: 'Invalid parameter: Tags Reason: Topic already exists with different tags',
	});
});

test('names and attributes outside the rules are refused, and what is not there by name', async () => {
	await expect(create('a b')).rejects.toMatchObject({ message: 'Invalid parameter: Topic Name' });
	const TopicArn = await create('rules');
	const set = (AttributeName: string, AttributeValue: string) =>
		sns.setTopicAttributes({ TopicArn, AttributeName, AttributeValue });
	for (const [name, value, message] of [
		['Colour', 'red', 'Invalid parameter: AttributeName'],
		['FifoTopic', 'true', 'Invalid parameter: AttributeName'],
		['Policy', '{', 'Invalid parameter: Policy Error: null'],
		['TracingConfig', 'x', 'Invalid parameter: Attributes Reason: TracingConfig must be one of: PassThrough, Active'],
		['SignatureVersion', '3', 'Invalid parameter: SignatureVersion'],
		['MaximumMessageSize', '1', 'Invalid parameter: MaximumMessageSize Reason: must be between 1024 and 1048576'],
		[
			'DisplayName',
			'x'.repeat(101),
			'Invalid parameter: DisplayName Reason: display name must be at most 100 characters long',
		],
	] as const) {
		await expect(set(name, value)).rejects.toMatchObject({ name: 'InvalidParameterException', message });
	}
	for (const refused of [
		create('a.fifo', { FifoTopic: 'true' }),
		set('SQSSuccessFeedbackRoleArn', 'x'),
		set('DeliveryPolicy', '{}'),
		sns.createTopic({ Name: 'a', DataProtectionPolicy: '{}' }),
		sns.createPlatformApplication({ Name: 'a', Platform: 'GCM', Attributes: {} }),
	]) {
		await expect(refused).rejects.toMatchObject({ name: 'NotImplemented' });
	}
	await set('DisplayName', 'Shown');
	expect(await attributesOf(TopicArn)).toMatchObject({ DisplayName: 'Shown' });
	await set('DisplayName', '');
	expect(await attributesOf(TopicArn)).toMatchObject({ DisplayName: '' });
	await expect(
		sns.setTopicAttributes({ TopicArn: arn('none'), AttributeName: 'DisplayName', AttributeValue: 'a' }),
	).rejects.toMatchObject(noTopic);
});

test('tags are set, listed and taken away', async () => {
	const { TopicArn: ResourceArn } = await sns.createTopic({ Name: 'tagged', Tags: [{ Key: 'a', Value: '1' }] });
	await sns.tagResource({ ResourceArn, Tags: [{ Key: 'b', Value: '2' }] });
	await sns.untagResource({ ResourceArn, TagKeys: ['a'] });
	expect((await sns.listTagsForResource({ ResourceArn })).Tags).toEqual([{ Key: 'b', Value: '2' }]);
	await expect(sns.listTagsForResource({ ResourceArn: arn('none') })).rejects.toMatchObject({
		name: 'ResourceNotFoundException',
		message: 'Resource does not exist',
	});
	const Tags = Array.from({ length: 50 }, (_, index) => ({ Key: `k${index}`, Value: 'v' }));
	await expect(sns.tagResource({ ResourceArn, Tags })).rejects.toMatchObject({ name: 'TagLimitExceededException' });
});

test('a permission becomes a statement of the policy, and goes again', async () => {
	const TopicArn = await create('shared');
	const input = { TopicArn, Label: 'them', AWSAccountId: ['123456789012'], ActionName: ['Publish'] };
	await sns.addPermission(input);
	const statements = async () => JSON.parse((await attributesOf(TopicArn))['Policy']!).Statement;
	expect((await statements())[1]).toEqual({
		Sid: 'them',
		Effect: 'Allow',
		Principal: { AWS: 'arn:aws:iam::123456789012:root' },
		Action: 'SNS:Publish',
		Resource: TopicArn,
	});
	await expect(sns.addPermission(input)).rejects.toMatchObject({
		message: 'Invalid parameter: Statement already exists',
	});
	await expect(sns.addPermission({ ...input, Label: 'b', ActionName: ['Sing'] })).rejects.toMatchObject({
		message: 'Invalid parameter: Policy statement action out of service scope!',
	});
	await expect(sns.addPermission({ ...input, Label: 'b', AWSAccountId: ['me'] })).rejects.toMatchObject({
		name: 'InvalidParameterException',
	});
	await sns.removePermission({ TopicArn, Label: 'them' });
	expect(await statements()).toHaveLength(1);
});

test('more than a hundred topics come in pages', async () => {
	await using other = await testPractice({ name: 'pages' });
	const client = new SNS(other.client);
	for (let index = 0; index < 101; index++) await client.createTopic({ Name: `t${index}` });
	const { Topics, NextToken } = await client.listTopics({});
	expect(Topics).toHaveLength(100);
	expect((await client.listTopics({ NextToken })).Topics).toHaveLength(1);
	await expect(client.listTopics({ NextToken: '!' })).rejects.toMatchObject({ name: 'InvalidParameterException' });
});
