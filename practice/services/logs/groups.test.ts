import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestPractice, testPractice } from '../../testing.ts';

let practice: TestPractice;
let logs: CloudWatchLogs;
beforeAll(async () => {
	practice = await testPractice();
	logs = new CloudWatchLogs(practice.client);
});
afterAll(() => practice.close());

const arn = (name: string) => `arn:aws:logs:us-east-1:${practice.account.id}:log-group:${name}`;
const noGroup = { name: 'ResourceNotFoundException', message: 'The specified log group does not exist.' };

test('a log group is made, described and deleted', async () => {
	await logs.createLogGroup({ logGroupName: '/aws/lambda/orders', tags: { team: 'blue' } });
	const { logGroups } = await logs.describeLogGroups({ logGroupNamePrefix: '/aws/lambda/orders' });
	expect(logGroups).toEqual([
		{
			logGroupName: '/aws/lambda/orders',
			creationTime: expect.any(Number),
			metricFilterCount: 0,
			arn: `${arn('/aws/lambda/orders')}:*`,
			logGroupArn: arn('/aws/lambda/orders'),
			storedBytes: 0,
			logGroupClass: 'STANDARD',
			deletionProtectionEnabled: false,
		},
	]);
	expect(Math.abs(logGroups![0]!.creationTime! - Date.now())).toBeLessThan(60_000);
	await expect(logs.createLogGroup({ logGroupName: '/aws/lambda/orders' })).rejects.toMatchObject({
		name: 'ResourceAlreadyExistsException',
		message: 'The specified log group already exists',
	});
	await logs.deleteLogGroup({ logGroupName: '/aws/lambda/orders' });
	await expect(logs.deleteLogGroup({ logGroupName: '/aws/lambda/orders' })).rejects.toMatchObject(noGroup);
});

test('a name outside the rules is refused', async () => {
	await expect(logs.createLogGroup({ logGroupName: 'a b' })).rejects.toMatchObject({
		name: 'InvalidParameterException',
		message:
			"1 validation error detected: Value 'a b' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+",
	});
	await expect(logs.createLogGroup({ logGroupName: 'a'.repeat(513) })).rejects.toMatchObject({
		name: 'InvalidParameterException',
	});
});

test('groups are described by prefix, pattern, identifier, class and page', async () => {
	await using other = await testPractice({ name: 'pages' });
	const client = new CloudWatchLogs(other.client);
	for (const logGroupName of ['/b/one', '/a/one', '/a/Two']) await client.createLogGroup({ logGroupName });
	await client.createLogGroup({ logGroupName: '/c', logGroupClass: 'INFREQUENT_ACCESS' });
	const names = async (input: object = {}) =>
		(await client.describeLogGroups(input)).logGroups!.map(({ logGroupName }) => logGroupName);
	expect(await names()).toEqual(['/a/Two', '/a/one', '/b/one', '/c']);
	expect(await names({ logGroupNamePrefix: '/a' })).toEqual(['/a/Two', '/a/one']);
	expect(await names({ logGroupNamePattern: 'two' })).toEqual(['/a/Two']);
	expect(await names({ logGroupClass: 'INFREQUENT_ACCESS' })).toEqual(['/c']);
	expect(
		await names({ logGroupIdentifiers: [`arn:aws:logs:us-east-1:${other.account.id}:log-group:/b/one`, '/c'] }),
	).toEqual(['/b/one', '/c']);
	const first = await client.describeLogGroups({ limit: 3 });
	expect(first.logGroups).toHaveLength(3);
	expect(await names({ limit: 3, nextToken: first.nextToken })).toEqual(['/c']);
	await expect(names({ logGroupNamePrefix: 'a', logGroupNamePattern: 'b' })).rejects.toMatchObject({
		message: 'LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.',
	});
	await expect(names({ limit: 51 })).rejects.toMatchObject({ name: 'InvalidParameterException' });
	await expect(names({ nextToken: '!' })).rejects.toMatchObject({
		message: 'The specified nextToken is invalid.',
	});
	await expect(names({ accountIdentifiers: ['123456789012'] })).rejects.toMatchObject({ name: 'NotImplemented' });
});

test('retention is set, refused when AWS has no such, and taken away', async () => {
	const logGroupName = 'retained';
	await logs.createLogGroup({ logGroupName });
	const shown = async () => (await logs.describeLogGroups({ logGroupNamePrefix: logGroupName })).logGroups![0]!;
	await logs.putRetentionPolicy({ logGroupName, retentionInDays: 7 });
	expect(await shown()).toMatchObject({ retentionInDays: 7 });
	await expect(logs.putRetentionPolicy({ logGroupName, retentionInDays: 8 })).rejects.toMatchObject({
		name: 'InvalidParameterException',
		message: expect.stringMatching(/^1 validation error detected: Value '8' at 'retentionInDays'/),
	});
	await logs.deleteRetentionPolicy({ logGroupName });
	expect(await shown()).not.toHaveProperty('retentionInDays');
	await expect(logs.putRetentionPolicy({ logGroupName: 'none', retentionInDays: 7 })).rejects.toMatchObject(noGroup);
	await expect(logs.deleteRetentionPolicy({ logGroupName: 'none' })).rejects.toMatchObject(noGroup);
});

test('a protected group is not deleted', async () => {
	const logGroupName = 'protected';
	await logs.createLogGroup({ logGroupName, deletionProtectionEnabled: true });
	await expect(logs.deleteLogGroup({ logGroupName })).rejects.toMatchObject({ name: 'ValidationException' });
	await logs.putLogGroupDeletionProtection({ logGroupIdentifier: logGroupName, deletionProtectionEnabled: false });
	await logs.deleteLogGroup({ logGroupName });
});

test('tags are kept, by the old operations and the new ones', async () => {
	const logGroupName = 'tagged';
	await logs.createLogGroup({ logGroupName, tags: { a: '1' } });
	await logs.tagLogGroup({ logGroupName, tags: { b: '2' } });
	await logs.tagResource({ resourceArn: arn(logGroupName), tags: { c: '3' } });
	expect((await logs.listTagsForResource({ resourceArn: `${arn(logGroupName)}:*` })).tags).toEqual({
		a: '1',
		b: '2',
		c: '3',
	});
	await logs.untagLogGroup({ logGroupName, tags: ['a'] });
	await logs.untagResource({ resourceArn: arn(logGroupName), tagKeys: ['b'] });
	expect((await logs.listTagsLogGroup({ logGroupName })).tags).toEqual({ c: '3' });
	await expect(logs.listTagsForResource({ resourceArn: arn('none') })).rejects.toMatchObject(noGroup);
	await expect(logs.listTagsForResource({ resourceArn: 'tagged' })).rejects.toMatchObject({
		name: 'ValidationException',
	});
	const tags = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`k${index}`, 'v']));
	await expect(logs.tagResource({ resourceArn: arn(logGroupName), tags })).rejects.toMatchObject({
		name: 'TooManyTagsException',
		resourceName: logGroupName,
	});
});

test('streams are made, listed in both orders, and deleted', async () => {
	const logGroupName = 'streams';
	await logs.createLogGroup({ logGroupName });
	for (const logStreamName of ['b', 'a', 'c']) await logs.createLogStream({ logGroupName, logStreamName });
	const now = Date.now();
	const put = (logStreamName: string, timestamp: number) =>
		logs.putLogEvents({ logGroupName, logStreamName, logEvents: [{ timestamp, message: 'x' }] });
	await put('a', now);
	await put('c', now - 5_000);
	await put('b', now - 60_000);
	const names = async (input: object = {}) =>
		(await logs.describeLogStreams({ logGroupName, ...input })).logStreams!.map(({ logStreamName }) => logStreamName);
	expect(await names()).toEqual(['a', 'b', 'c']);
	expect(await names({ descending: true })).toEqual(['c', 'b', 'a']);
	expect(await names({ orderBy: 'LastEventTime', descending: true, limit: 2 })).toEqual(['a', 'c']);
	expect(await names({ logStreamNamePrefix: 'b' })).toEqual(['b']);
	const [stream] = (await logs.describeLogStreams({ logGroupIdentifier: arn(logGroupName) })).logStreams!;
	expect(stream).toEqual({
		logStreamName: 'a',
		creationTime: expect.any(Number),
		firstEventTimestamp: now,
		lastEventTimestamp: now,
		lastIngestionTime: expect.any(Number),
		uploadSequenceToken: expect.stringMatching(/^\d{56}$/),
		arn: `${arn(logGroupName)}:log-stream:a`,
		storedBytes: 0,
	});
	await expect(logs.createLogStream({ logGroupName, logStreamName: 'a' })).rejects.toMatchObject({
		name: 'ResourceAlreadyExistsException',
		message: 'The specified log stream already exists',
	});
	await expect(logs.createLogStream({ logGroupName, logStreamName: 'a:b' })).rejects.toMatchObject({
		name: 'InvalidParameterException',
	});
	await expect(logs.createLogStream({ logGroupName: 'none', logStreamName: 'a' })).rejects.toMatchObject(noGroup);
	await expect(names({ orderBy: 'LastEventTime', logStreamNamePrefix: 'a' })).rejects.toMatchObject({
		message: 'Cannot order by LastEventTime with a logStreamNamePrefix.',
	});
	await expect(logs.describeLogStreams({})).rejects.toMatchObject({
		message: 'Either LogGroup name or LogGroup ARN should be provided.',
	});
	await expect(names({ logGroupIdentifier: logGroupName })).rejects.toMatchObject({
		message: 'LogGroup name and LogGroup ARN are mutually exclusive parameters.',
	});
	await logs.deleteLogStream({ logGroupName, logStreamName: 'a' });
	await expect(logs.deleteLogStream({ logGroupName, logStreamName: 'a' })).rejects.toMatchObject({
		name: 'ResourceNotFoundException',
		message: 'The specified log stream does not exist.',
	});
});

test('what is not there is refused by name', async () => {
	for (const [name, call] of [
		['StartQuery', logs.startQuery({ startTime: 0, endTime: 1, queryString: 'fields @message' })],
		[
			'PutMetricFilter',
			logs.putMetricFilter({ logGroupName: 'a', filterName: 'a', filterPattern: '', metricTransformations: [] }),
		],
		[
			'PutSubscriptionFilter',
			logs.putSubscriptionFilter({ logGroupName: 'a', filterName: 'a', filterPattern: '', destinationArn: 'a' }),
		],
	] as const) {
		await expect(call).rejects.toMatchObject({
			name: 'NotImplemented',
			message: `The practice account does not have logs:${name}. No lab needs it; a real account does.`,
		});
	}
});
