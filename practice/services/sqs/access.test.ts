import { IAM } from '@aws-sdk/client-iam';
import { SQS } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestPractice, testPractice } from '../../testing.ts';

let practice: TestPractice;
let admin: SQS;
beforeAll(async () => {
	practice = await testPractice();
	admin = new SQS(practice.client);
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
	return { sqs: new SQS({ ...practice.client, credentials }), arn };
}
const arn = (name: string) => `arn:aws:sqs:us-east-1:${practice.account.id}:${name}`;
const denied = (who: string, action: string, resource: string) => ({
	name: 'AccessDenied',
	message: `User: ${who} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`,
});

test('each operation needs its permission on its queue; batches need that of the single one', async () => {
	const { QueueUrl } = await admin.createQueue({ QueueName: 'mine' });
	const worker = await user(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:SendMessage'], arn('mine'));
	const { sqs } = worker;
	await sqs.sendMessageBatch({ QueueUrl, Entries: [{ Id: 'a', MessageBody: 'a' }] });
	const [message] = (await sqs.receiveMessage({ QueueUrl })).Messages!;
	const entry = { Id: 'a', ReceiptHandle: message!.ReceiptHandle };
	await sqs.deleteMessageBatch({ QueueUrl, Entries: [entry] });
	const refused: [string, Promise<unknown>][] = [
		['sqs:changemessagevisibility', sqs.changeMessageVisibilityBatch({ QueueUrl, Entries: [entry] })],
		['sqs:purgequeue', sqs.purgeQueue({ QueueUrl })],
		['sqs:deletequeue', sqs.deleteQueue({ QueueUrl })],
		['sqs:getqueueattributes', sqs.getQueueAttributes({ QueueUrl })],
		['sqs:setqueueattributes', sqs.setQueueAttributes({ QueueUrl, Attributes: {} })],
		['sqs:listqueuetags', sqs.listQueueTags({ QueueUrl })],
		['sqs:tagqueue', sqs.tagQueue({ QueueUrl, Tags: { a: 'b' } })],
		['sqs:untagqueue', sqs.untagQueue({ QueueUrl, TagKeys: ['a'] })],
		['sqs:getqueueurl', sqs.getQueueUrl({ QueueName: 'mine' })],
		['sqs:listdeadlettersourcequeues', sqs.listDeadLetterSourceQueues({ QueueUrl })],
		['sqs:startmessagemovetask', sqs.startMessageMoveTask({ SourceArn: arn('mine') })],
		['sqs:listmessagemovetasks', sqs.listMessageMoveTasks({ SourceArn: arn('mine') })],
		['sqs:removepermission', sqs.removePermission({ QueueUrl, Label: 'a' })],
		['sqs:createqueue', sqs.createQueue({ QueueName: 'mine' })],
	];
	for (const [action, call] of refused) {
		await expect(call, action).rejects.toMatchObject(denied(worker.arn, action, arn('mine')));
	}
	await expect(sqs.listQueues({})).rejects.toMatchObject({ name: 'AccessDenied' });
	const { QueueUrl: other } = await admin.createQueue({ QueueName: 'other' });
	await expect(sqs.sendMessage({ QueueUrl: other, MessageBody: 'a' })).rejects.toMatchObject(
		denied(worker.arn, 'sqs:sendmessage', arn('other')),
	);
});

test('a queue with tags needs the permission to tag', async () => {
	const maker = await user(['sqs:CreateQueue'], '*');
	await maker.sqs.createQueue({ QueueName: 'plain' });
	await expect(maker.sqs.createQueue({ QueueName: 'labelled', tags: { a: 'b' } })).rejects.toMatchObject(
		denied(maker.arn, 'sqs:tagqueue', arn('labelled')),
	);
});

test("the queue's policy allows and denies by itself", async () => {
	const guest = await user([], '*');
	const { QueueUrl } = await admin.createQueue({ QueueName: 'policy' });
	const allow = (Effect: string) =>
		admin.setQueueAttributes({
			QueueUrl,
			Attributes: {
				Policy: JSON.stringify({
					Version: '2012-10-17',
					Statement: [
						{ Effect: 'Allow', Principal: { AWS: guest.arn }, Action: 'sqs:*', Resource: arn('policy') },
						{ Effect, Principal: '*', Action: 'sqs:PurgeQueue', Resource: arn('policy') },
					],
				}),
			},
		});
	await allow('Deny');
	await guest.sqs.sendMessage({ QueueUrl, MessageBody: 'a' });
	await expect(guest.sqs.purgeQueue({ QueueUrl })).rejects.toMatchObject({
		name: 'AccessDenied',
		message: expect.stringContaining('with an explicit deny in a resource-based policy'),
	});
	await allow('Allow');
	await guest.sqs.purgeQueue({ QueueUrl });
});
