import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { IAM } from '@aws-sdk/client-iam';
import { SNS } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestPractice, testPractice } from '../../testing.ts';

let practice: TestPractice;
let admin: SNS;
beforeAll(async () => {
	practice = await testPractice();
	admin = new SNS(practice.client);
});
afterAll(() => practice.close());

let users = 0;
/** A user who may do just this. */
async function user(Action: string[], Resource: string) {
	const iam = new IAM(practice.client);
	const UserName = `user-${users++}`;
	await iam.createUser({ UserName });
	if (Action.length > 0) {
		const PolicyDocument = JSON.stringify({
			Version: '2012-10-17',
			Statement: { Effect: 'Allow', Action, Resource },
		});
		await iam.putUserPolicy({ UserName, PolicyName: 'p', PolicyDocument });
	}
	const { AccessKey } = await iam.createAccessKey({ UserName });
	const credentials = { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
	const arn = `arn:aws:iam::${practice.account.id}:user/${UserName}`;
	return { sns: new SNS({ ...practice.client, credentials }), arn };
}

test('each operation needs its permission, and the default policy of a topic gives users none', async () => {
	const { TopicArn } = await admin.createTopic({ Name: 'mine' });
	const { SubscriptionArn } = await admin.subscribe({
		TopicArn,
		Protocol: 'sqs',
		Endpoint: `arn:aws:sqs:us-east-1:${practice.account.id}:q`,
	});
	const publisher = await user(['sns:Publish'], TopicArn!);
	const { sns } = publisher;
	await sns.publish({ TopicArn, Message: 'a' });
	await sns.publishBatch({ TopicArn, PublishBatchRequestEntries: [{ Id: 'a', Message: 'a' }] });
	const refused: [string, Promise<unknown>, string?][] = [
		['SNS:CreateTopic', sns.createTopic({ Name: 'mine' })],
		['SNS:DeleteTopic', sns.deleteTopic({ TopicArn })],
		['SNS:GetTopicAttributes', sns.getTopicAttributes({ TopicArn })],
		['SNS:SetTopicAttributes', sns.setTopicAttributes({ TopicArn, AttributeName: 'DisplayName' })],
		['SNS:Subscribe', sns.subscribe({ TopicArn, Protocol: 'email', Endpoint: 'a@example.com' })],
		['SNS:ConfirmSubscription', sns.confirmSubscription({ TopicArn, Token: 'a' })],
		['SNS:ListSubscriptionsByTopic', sns.listSubscriptionsByTopic({ TopicArn })],
		['SNS:ListTagsForResource', sns.listTagsForResource({ ResourceArn: TopicArn })],
		['SNS:TagResource', sns.tagResource({ ResourceArn: TopicArn, Tags: [] })],
		['SNS:AddPermission', sns.addPermission({ TopicArn, Label: 'a', AWSAccountId: [], ActionName: [] })],
		['SNS:Unsubscribe', sns.unsubscribe({ SubscriptionArn }), SubscriptionArn],
		['SNS:GetSubscriptionAttributes', sns.getSubscriptionAttributes({ SubscriptionArn }), SubscriptionArn],
	];
	for (const [action, call, resource = TopicArn] of refused) {
		await expect(call, action).rejects.toMatchObject({
			name: 'AuthorizationErrorException',
			message: `User: ${publisher.arn} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`,
		});
	}
	for (const call of [sns.listTopics({}), sns.listSubscriptions({})]) {
		await expect(call).rejects.toMatchObject({ name: 'AuthorizationErrorException' });
	}
});

test("the topic's policy allows by itself", async () => {
	const guest = await user([], '*');
	const { TopicArn } = await admin.createTopic({ Name: 'open' });
	await expect(guest.sns.publish({ TopicArn, Message: 'a' })).rejects.toMatchObject({
		name: 'AuthorizationErrorException',
	});
	const Policy = { Effect: 'Allow', Principal: { AWS: guest.arn }, Action: 'sns:Publish', Resource: TopicArn };
	await admin.setTopicAttributes({
		TopicArn,
		AttributeName: 'Policy',
		AttributeValue: JSON.stringify({ Version: '2012-10-17', Statement: [Policy] }),
	});
	await guest.sns.publish({ TopicArn, Message: 'a' });
});

test('the AWS CLI makes a topic, subscribes and publishes', { timeout: 60_000 }, async () => {
	const run = promisify(execFile);
	const aws = async (...args: string[]) =>
		JSON.parse(
			(await run('aws', ['sns', ...args, '--output', 'json'], { env: { ...process.env, ...practice.env } })).stdout,
		);
	const { TopicArn } = await aws('create-topic', '--name', 'cli', '--tags', 'Key=team,Value=blue');
	expect(await aws('list-tags-for-resource', '--resource-arn', TopicArn)).toEqual({
		Tags: [{ Key: 'team', Value: 'blue' }],
	});
	const subscribed = await aws(
		...['subscribe', '--topic-arn', TopicArn, '--protocol', 'email'],
		...['--notification-endpoint', 'ann@example.com'],
	);
	expect(subscribed).toEqual({ SubscriptionArn: 'pending confirmation' });
	const published = await aws('publish', '--topic-arn', TopicArn, '--message', 'hello', '--subject', 'News');
	expect(published).toEqual({ MessageId: expect.any(String) });
	await expect(aws('publish', '--topic-arn', `${TopicArn}x`, '--message', 'a')).rejects.toMatchObject({
		stderr: expect.stringContaining(
			'An error occurred (NotFound) when calling the Publish operation: Topic does not exist',
		),
	});
});
