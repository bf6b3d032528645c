import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { testPractice } from '../../testing.ts';

const run = promisify(execFile);

test('the AWS CLI makes a queue, sends, receives, and is told what is wrong', { timeout: 60_000 }, async () => {
	await using practice = await testPractice();
	const aws = async (...args: string[]) => {
		// Version 1 of the AWS CLI heeds no AWS_ENDPOINT_URL for SQS: it has endpoints of its own for it.
		const options = ['--output', 'json', '--endpoint-url', practice.endpoint];
		const { stdout } = await run('aws', [...args, ...options], { env: { ...process.env, ...practice.env } });
		return stdout ? JSON.parse(stdout) : undefined;
	};
	const { QueueUrl } = await aws('sqs', 'create-queue', '--queue-name', 'cli', '--attributes', 'VisibilityTimeout=60');
	expect(QueueUrl).toBe(`${practice.endpoint}/${practice.account.id}/cli`);
	const attributes = '{"kind":{"DataType":"String","StringValue":"book"}}';
	await aws(
		'sqs',
		'send-message',
		'--queue-url',
		QueueUrl,
		'--message-body',
		'hello',
		'--message-attributes',
		attributes,
	);
	const { Messages } = await aws(
		...['sqs', 'receive-message', '--queue-url', QueueUrl, '--wait-time-seconds', '5'],
		...['--attribute-names', 'All', '--message-attribute-names', 'All'],
	);
	expect(Messages).toMatchObject([
		{ Body: 'hello', MessageAttributes: { kind: { StringValue: 'book', DataType: 'String' } } },
	]);
	await expect(aws('sqs', 'get-queue-url', '--queue-name', 'none')).rejects.toMatchObject({
		stderr: expect.stringContaining(
			'An error occurred (AWS.SimpleQueueService.NonExistentQueue) when calling the GetQueueUrl operation: The specified queue does not exist.',
		),
	});
	const send = ['sqs', 'send-message', '--queue-url', QueueUrl, '--message-body', 'a', '--delay-seconds', '901'];
	await expect(aws(...send)).rejects.toMatchObject({
		stderr: expect.stringContaining(
			'An error occurred (InvalidParameterValue) when calling the SendMessage operation: Value 901 for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.',
		),
	});
});
