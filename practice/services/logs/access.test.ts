import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { IAM } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestPractice, testPractice } from '../../testing.ts';

let practice: TestPractice;
beforeAll(async () => {
	practice = await testPractice();
});
afterAll(() => practice.close());

test('a writer may write to its group and nothing else', async () => {
	const iam = new IAM(practice.client);
	await iam.createUser({ UserName: 'writer' });
	const group = `arn:aws:logs:us-east-1:${practice.account.id}:log-group:mine`;
	const PolicyDocument = JSON.stringify({
		Version: '2012-10-17',
		Statement: [
			{ Effect: 'Allow', Action: 'logs:CreateLogGroup', Resource: group },
			{ Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: `${group}:*` },
		],
	});
	await iam.putUserPolicy({ UserName: 'writer', PolicyName: 'p', PolicyDocument });
	const { AccessKey } = await iam.createAccessKey({ UserName: 'writer' });
	const credentials = { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
	const logs = new CloudWatchLogs({ ...practice.client, credentials });
	const [logGroupName, logStreamName, resourceArn] = ['mine', 's', group];
	await logs.createLogGroup({ logGroupName });
	await logs.createLogStream({ logGroupName, logStreamName });
	const logEvents = [{ timestamp: Date.now(), message: 'a' }];
	await logs.putLogEvents({ logGroupName, logStreamName, logEvents });
	const refused: [string, Promise<unknown>, string?][] = [
		['GetLogEvents', logs.getLogEvents({ logGroupName, logStreamName }), `${group}:log-stream:s`],
		['DeleteLogStream', logs.deleteLogStream({ logGroupName, logStreamName }), `${group}:log-stream:s`],
		['FilterLogEvents', logs.filterLogEvents({ logGroupName })],
		['DescribeLogStreams', logs.describeLogStreams({ logGroupName })],
		['DeleteLogGroup', logs.deleteLogGroup({ logGroupName })],
		['PutRetentionPolicy', logs.putRetentionPolicy({ logGroupName, retentionInDays: 1 })],
		['DeleteRetentionPolicy', logs.deleteRetentionPolicy({ logGroupName })],
		['TagResource', logs.tagResource({ resourceArn, tags: {} })],
		['UntagResource', logs.untagResource({ resourceArn, tagKeys: [] })],
		['ListTagsForResource', logs.listTagsForResource({ resourceArn })],
		['ListTagsLogGroup', logs.listTagsLogGroup({ logGroupName })],
		['DescribeLogGroups', logs.describeLogGroups({}), `${group.replace(':mine', '')}:*`],
		[
			'PutLogEvents',
			logs.putLogEvents({ logGroupName: 'b', logStreamName, logEvents }),
			`${group.replace(':mine', ':b')}:log-stream:s`,
		],
	];
	for (const [name, call, resource = `${group}:*`] of refused) {
		await expect(call, name).rejects.toMatchObject({
			name: 'AccessDeniedException',
			message: `User: arn:aws:iam::${practice.account.id}:user/writer is not authorized to perform: logs:${name} on resource: ${resource} because no identity-based policy allows the logs:${name} action`,
		});
	}
});

test('the AWS CLI puts and finds events', { timeout: 60_000 }, async () => {
	const run = promisify(execFile);
	const aws = async (...args: string[]) => {
		const options = { env: { ...process.env, ...practice.env } };
		const { stdout } = await run('aws', ['logs', ...args, '--output', 'json'], options);
		return stdout ? JSON.parse(stdout) : undefined;
	};
	const place = ['--log-group-name', '/cli', '--log-stream-name', 's'];
	await aws('create-log-group', ...place.slice(0, 2));
	await aws('create-log-stream', ...place);
	await aws('put-log-events', ...place, '--log-events', `timestamp=${Date.now()},message=hello`);
	expect(await aws('get-log-events', ...place)).toMatchObject({ events: [{ message: 'hello' }] });
	expect(await aws('filter-log-events', ...place.slice(0, 2), '--filter-pattern', 'hello')).toMatchObject({
		events: [{ message: 'hello', logStreamName: 's' }],
	});
	await expect(aws('delete-log-group', '--log-group-name', 'none')).rejects.toMatchObject({
		stderr: expect.stringContaining(
			'An error occurred (ResourceNotFoundException) when calling the DeleteLogGroup operation: The specified log group does not exist.',
		),
	});
});
