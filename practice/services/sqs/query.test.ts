import { SQS } from '@aws-sdk/client-sqs';
import { AwsQueryProtocol } from '@aws-sdk/core/protocols';
import { expect, test } from 'vitest';
import { testPractice } from '../../testing.ts';

test('clients that speak the older query protocol are understood', async () => {
	await using practice = await testPractice();
	const { config } = new SQS(practice.client);
	const settings = config.protocolSettings as unknown as { defaultNamespace: string; errorTypeRegistries: never };
	const sqs = new SQS({
		...practice.client,
		protocol: new AwsQueryProtocol({
			...settings,
			xmlNamespace: 'http://queue.amazonaws.com/doc/2012-11-05/',
			version: '2012-11-05',
		}) as never,
	});
	const { QueueUrl } = await sqs.createQueue({
		QueueName: 'old',
		Attributes: { VisibilityTimeout: '60' },
		tags: { team: 'blue' },
	});
	const { Attributes } = await sqs.getQueueAttributes({ QueueUrl, AttributeNames: ['VisibilityTimeout', 'QueueArn'] });
	expect(Attributes).toEqual({
		VisibilityTimeout: '60',
		QueueArn: `arn:aws:sqs:us-east-1:${practice.account.id}:old`,
	});
	expect((await sqs.listQueueTags({ QueueUrl })).Tags).toEqual({ team: 'blue' });
	expect((await sqs.listQueues({})).QueueUrls).toEqual([QueueUrl]);
	const kind = { DataType: 'String', StringValue: 'book' };
	const sent = await sqs.sendMessageBatch({
		QueueUrl,
		Entries: [
			{ Id: 'a', MessageBody: '1 & 2', MessageAttributes: { kind } },
			{ Id: 'b', MessageBody: 'x', DelaySeconds: 901 },
		],
	});
	expect(sent).toMatchObject({ Successful: [{ Id: 'a' }], Failed: [{ Id: 'b', Code: 'InvalidParameterValue' }] });
	const { Messages } = await sqs.receiveMessage({
		QueueUrl,
		MessageSystemAttributeNames: ['ApproximateReceiveCount'],
		MessageAttributeNames: ['All'],
	});
	expect(Messages).toMatchObject([
		{ Body: '1 & 2', MessageAttributes: { kind }, Attributes: { ApproximateReceiveCount: '1' } },
	]);
	await sqs.deleteMessage({ QueueUrl, ReceiptHandle: Messages![0]!.ReceiptHandle });
	await expect(sqs.getQueueUrl({ QueueName: 'none' })).rejects.toMatchObject({
		message: 'The specified queue does not exist.',
		Code: 'AWS.SimpleQueueService.NonExistentQueue',
	});
});
