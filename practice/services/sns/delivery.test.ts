import { SNS } from '@aws-sdk/client-sns';
import { SQS } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Inbox } from '../../account/inbox.ts';
import { type TestPractice, testPractice } from '../../testing.ts';

let practice: TestPractice;
let sns: SNS;
let sqs: SQS;
beforeAll(async () => {
	practice = await testPractice();
	sns = new SNS(practice.client);
	sqs = new SQS(practice.client);
});
afterAll(() => practice.close());

let topics = 0;
const topic = async () => (await sns.createTopic({ Name: `topic-${topics++}` })).TopicArn!;
const arn = (queue: string) => `arn:aws:sqs:us-east-1:${practice.account.id}:${queue}`;
let queues = 0;

/** A queue that lets the topic in, or lets nobody in. */
async function queue(topicArn?: string) {
	const QueueName = `queue-${queues++}`;
	const Policy = JSON.stringify({
		Version: '2012-10-17',
		Statement: {
			Effect: 'Allow',
			Principal: { Service: 'sns.amazonaws.com' },
			Action: 'sqs:SendMessage',
			Resource: arn(QueueName),
			Condition: { ArnEquals: { 'aws:SourceArn': topicArn } },
		},
	});
	const { QueueUrl } = await sqs.createQueue({ QueueName, Attributes: topicArn ? { Policy } : {} });
	return { url: QueueUrl!, arn: arn(QueueName) };
}
const subscribe = async (TopicArn: string, Endpoint: string, Attributes: Record<string, string> = {}) =>
	(await sns.subscribe({ TopicArn, Protocol: 'sqs', Endpoint, Attributes })).SubscriptionArn!;
const receive = async (QueueUrl: string) =>
	(await sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] })).Messages ?? [];
const bodies = async (url: string) => (await receive(url)).map(({ Body }) => Body);
const mails = (to: string) =>
	practice.account
		.in('us-east-1')
		.store(Inbox)
		.list()
		.filter((mail) => mail.to === to);

test('a queue gets messages in an envelope', async () => {
	const TopicArn = await topic();
	const { url, arn: Endpoint } = await queue(TopicArn);
	const SubscriptionArn = await subscribe(TopicArn, Endpoint);
	const { MessageId } = await sns.publish({
		TopicArn,
		Subject: 'News',
		Message: 'hello "you"',
		MessageAttributes: { kind: { DataType: 'String', StringValue: 'greeting' } },
	});
	const [message] = await receive(url);
	expect(message!.Body).toMatch(/^\{\n {2}"Type" : "Notification",\n/);
	expect(JSON.parse(message!.Body!)).toEqual({
		Type: 'Notification',
		MessageId,
		TopicArn,
		Subject: 'News',
		Message: 'hello "you"',
		Timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
		UnsubscribeURL: `${practice.endpoint}/?Action=Unsubscribe&SubscriptionArn=${encodeURIComponent(SubscriptionArn)}`,
		MessageAttributes: { kind: { Type: 'String', Value: 'greeting' } },
	});
	expect(message).not.toHaveProperty('MessageAttributes');
});

test('raw delivery brings the message itself and its attributes', async () => {
	const TopicArn = await topic();
	const { url, arn: Endpoint } = await queue(TopicArn);
	await subscribe(TopicArn, Endpoint, { RawMessageDelivery: 'true' });
	const MessageAttributes = { kind: { DataType: 'String', StringValue: 'greeting' } };
	await sns.publish({ TopicArn, Message: 'hello', MessageAttributes, MessageGroupId: 'tenant' });
	expect(await receive(url)).toMatchObject([{ Body: 'hello', MessageAttributes }]);
});

test('a queue whose policy does not let the topic in gets nothing, and publishing succeeds all the same', async () => {
	const [here, elsewhere] = [await topic(), await topic()];
	const [closed, other] = [await queue(), await queue(elsewhere)];
	const dead = await queue(here);
	const errors: (string | undefined)[] = [];
	const stop = practice.account.watch(({ service, error }) => service === 'sns' && error && errors.push(error));
	await subscribe(here, closed.arn);
	await subscribe(here, other.arn, { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.arn }) });
	await subscribe(here, arn('not-there'));
	await sns.publish({ TopicArn: here, Message: 'hello' });
	stop();
	expect(await bodies(closed.url)).toEqual([]);
	expect(await bodies(other.url)).toEqual([]);
	expect(await bodies(dead.url)).toHaveLength(1);
	expect(errors).toHaveLength(3);
	expect(errors.filter((error) => error!.startsWith('AccessDenied: '))).toHaveLength(2);
	expect(errors).toContain('QueueDoesNotExist: The specified queue does not exist.');
});

test('a filter policy lets through what it is about', async () => {
	const TopicArn = await topic();
	const { url, arn: Endpoint } = await queue(TopicArn);
	const SubscriptionArn = await subscribe(TopicArn, Endpoint, {
		RawMessageDelivery: 'true',
		FilterPolicy: '{"kind":["order"]}',
	});
	const publish = (Message: string, kind?: string) =>
		sns.publish({
			TopicArn,
			Message,
			...(kind && { MessageAttributes: { kind: { DataType: 'String', StringValue: kind } } }),
		});
	await publish('1', 'order');
	await publish('2', 'refund');
	await publish('3');
	expect(await bodies(url)).toEqual(['1']);
	await sns.setSubscriptionAttributes({ SubscriptionArn, AttributeName: 'FilterPolicy', AttributeValue: '{}' });
	await publish('4');
	expect(await bodies(url)).toEqual(['4']);
});

test('with a message structure each protocol has its text', async () => {
	const TopicArn = await topic();
	const { url, arn: Endpoint } = await queue(TopicArn);
	await subscribe(TopicArn, Endpoint, { RawMessageDelivery: 'true' });
	const publish = (Message: string) => sns.publish({ TopicArn, Message, MessageStructure: 'json' });
	await publish('{"default":"d","sqs":"s"}');
	await publish('{"default":"d"}');
	expect(await bodies(url)).toEqual(['s', 'd']);
	await expect(publish('x')).rejects.toMatchObject({
		message: 'Invalid parameter: Message Structure - JSON message body failed to parse',
	});
	await expect(publish('{"sqs":"s"}')).rejects.toMatchObject({
		message: 'Invalid parameter: Message Structure - No default entry in JSON message body',
	});
	await expect(sns.publish({ TopicArn, Message: 'x', MessageStructure: 'xml' })).rejects.toMatchObject({
		message: 'Invalid parameter: MessageStructure',
	});
});

test('what cannot be published is refused', async () => {
	const TopicArn = await topic();
	const publish = (other: object) => sns.publish({ TopicArn, Message: 'x', ...other });
	const attribute = (DataType: string, StringValue: string, name = 'a') => ({
		MessageAttributes: { [name]: { DataType, StringValue } },
	});
	for (const [input, name, message] of [
		[{ Message: '' }, 'InvalidParameterException', 'Invalid parameter: Empty message'],
		[{ Message: 'x'.repeat(262_145) }, 'InvalidParameterException', 'Invalid parameter: Message too long'],
		[{ Subject: 'two\nlines' }, 'InvalidParameterException', 'Invalid parameter: Subject'],
		[{ Subject: 'x'.repeat(101) }, 'InvalidParameterException', 'Invalid parameter: Subject'],
		[
			{ MessageDeduplicationId: 'a' },
			'InvalidParameterException',
			'Invalid parameter: MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type',
		],
		[{ MessageGroupId: 'a b' }, 'InvalidParameterException', 'Invalid parameter: MessageGroupId'],
		[
			attribute('Text', 'a'),
			'InvalidParameterValueException',
			"The message attribute 'a' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.",
		],
		[
			attribute('String', ''),
			'InvalidParameterValueException',
			"The message attribute 'a' must contain non-empty message attribute value for message attribute type 'String'.",
		],
		[
			attribute('Number', 'x'),
			'InvalidParameterValueException',
			"Could not cast message attribute 'a' value to number.",
		],
		[
			attribute('', 'x'),
			'InvalidParameterValueException',
			"The message attribute 'a' must contain non-empty message attribute type.",
		],
		[
			attribute('String', 'x', 'a b'),
			'InvalidParameterValueException',
			expect.stringContaining("The message attribute name 'a b' is invalid."),
		],
		[{ TopicArn: `${TopicArn}-none` }, 'NotFoundException', 'Topic does not exist'],
		[
			{ TopicArn: undefined },
			'InvalidParameterException',
			'Invalid parameter: TopicArn or TargetArn Reason: no value for required parameter',
		],
	] as const) {
		await expect(publish(input)).rejects.toMatchObject({ name, message });
	}
	await expect(publish({ TopicArn: undefined, PhoneNumber: '+15550100' })).rejects.toMatchObject({
		name: 'NotImplemented',
	});
	await sns.setTopicAttributes({ TopicArn, AttributeName: 'MaximumMessageSize', AttributeValue: '1048576' });
	await publish({ Message: 'x'.repeat(262_145) });
});

test('in a batch each message stands for itself', async () => {
	const TopicArn = await topic();
	const { url, arn: Endpoint } = await queue(TopicArn);
	await subscribe(TopicArn, Endpoint, { RawMessageDelivery: 'true' });
	const batch = (PublishBatchRequestEntries: { Id: string; Message: string; Subject?: string }[]) =>
		sns.publishBatch({ TopicArn, PublishBatchRequestEntries });
	const answer = await batch([
		{ Id: 'a', Message: '1' },
		{ Id: 'b', Message: '' },
	]);
	expect(answer.Successful).toEqual([{ Id: 'a', MessageId: expect.any(String) }]);
	expect(answer.Failed).toEqual([
		{ Id: 'b', SenderFault: true, Code: 'InvalidParameter', Message: 'Invalid parameter: Empty message' },
	]);
	expect(await bodies(url)).toEqual(['1']);
	const entries = (n: number, Message = 'x') => Array.from({ length: n }, (_, index) => ({ Id: `${index}`, Message }));
	for (const [wrong, name] of [
		[[], 'EmptyBatchRequestException'],
		[entries(11), 'TooManyEntriesInBatchRequestException'],
		[[...entries(1), ...entries(1)], 'BatchEntryIdsNotDistinctException'],
		[[{ Id: 'a b', Message: 'x' }], 'InvalidBatchEntryIdException'],
		[entries(2, 'x'.repeat(140_000)), 'BatchRequestTooLongException'],
	] as const) {
		await expect(batch([...wrong])).rejects.toMatchObject({ name });
	}
});

test('a subscription is shown, changed, found again, and ended', async () => {
	const TopicArn = await topic();
	const { arn: Endpoint } = await queue(TopicArn);
	const SubscriptionArn = await subscribe(TopicArn, Endpoint);
	expect(SubscriptionArn).toMatch(new RegExp(`^${TopicArn}:[0-9a-f-]{36}$`));
	expect(await subscribe(TopicArn, Endpoint)).toBe(SubscriptionArn);
	await expect(subscribe(TopicArn, Endpoint, { RawMessageDelivery: 'true' })).rejects.toMatchObject({
		message: 'Invalid parameter: Attributes Reason: Subscription already exists with different attributes',
	});
	const shown = { SubscriptionArn, Owner: practice.account.id, Protocol: 'sqs', Endpoint, TopicArn };
	expect((await sns.listSubscriptionsByTopic({ TopicArn })).Subscriptions).toEqual([shown]);
	expect((await sns.listSubscriptions({})).Subscriptions).toContainEqual(shown);
	await sns.setSubscriptionAttributes({
		SubscriptionArn,
		AttributeName: 'FilterPolicy',
		AttributeValue: '{"a":["b"]}',
	});
	expect((await sns.getSubscriptionAttributes({ SubscriptionArn })).Attributes).toEqual({
		...shown,
		SubscriptionPrincipal: `arn:aws:iam::${practice.account.id}:user/administrator`,
		ConfirmationWasAuthenticated: 'true',
		PendingConfirmation: 'false',
		RawMessageDelivery: 'false',
		FilterPolicy: '{"a":["b"]}',
		FilterPolicyScope: 'MessageAttributes',
	});
	await sns.unsubscribe({ SubscriptionArn });
	await sns.unsubscribe({ SubscriptionArn });
	await expect(sns.getSubscriptionAttributes({ SubscriptionArn })).rejects.toMatchObject({
		name: 'NotFoundException',
		message: 'Subscription does not exist',
	});
	await expect(sns.unsubscribe({ SubscriptionArn: 'x' })).rejects.toMatchObject({
		message: 'Invalid parameter: SubscriptionArn Reason: An ARN must have at least 6 elements, not 1',
	});
	expect((await sns.getTopicAttributes({ TopicArn })).Attributes).toMatchObject({ SubscriptionsConfirmed: '0' });
});

test('what cannot be subscribed is refused', async () => {
	const TopicArn = await topic();
	const ask = (Protocol: string, Endpoint: string, Attributes = {}) =>
		sns.subscribe({ TopicArn, Protocol, Endpoint, Attributes });
	for (const [protocol, endpoint, attributes, message] of [
		['sqs', 'queue', {}, 'Invalid parameter: SQS endpoint ARN'],
		[
			'sqs',
			arn('q.fifo'),
			{},
			'Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics',
		],
		['email', 'nobody', {}, 'Invalid parameter: Email address'],
		['pigeon', 'x', {}, 'Invalid parameter: Amazon SNS does not support this protocol string: pigeon'],
		[
			'email',
			'a@example.com',
			{ RawMessageDelivery: 'true' },
			'Invalid parameter: Attributes Reason: Delivery protocol [email] does not support raw message delivery.',
		],
		[
			'sqs',
			arn('q'),
			{ RawMessageDelivery: 'perhaps' },
			'Invalid parameter: Attributes Reason: RawMessageDelivery: Invalid value [perhaps]. Must be true or false.',
		],
		['sqs', arn('q'), { FilterPolicy: '{' }, 'Invalid parameter: FilterPolicy: failed to parse JSON.'],
		[
			'sqs',
			arn('q'),
			{ FilterPolicyScope: 'x' },
			'Invalid parameter: FilterPolicyScope: Invalid value [x]. Please use either MessageBody or MessageAttributes',
		],
		['sqs', arn('q'), { RedrivePolicy: '{' }, 'Invalid parameter: RedrivePolicy: failed to parse JSON.'],
		[
			'sqs',
			arn('q'),
			{ RedrivePolicy: '{}' },
			'Invalid parameter: RedrivePolicy: deadLetterTargetArn is an invalid arn',
		],
		['sqs', arn('q'), { Colour: 'red' }, 'Invalid parameter: AttributeName'],
	] as const) {
		await expect(ask(protocol, endpoint, attributes)).rejects.toMatchObject({
			name: 'InvalidParameterException',
			message,
		});
	}
	for (const protocol of ['http', 'https', 'lambda', 'sms', 'firehose', 'application']) {
		await expect(ask(protocol, 'x')).rejects.toMatchObject({
			name: 'NotImplemented',
			message: `The practice account does not have SNS's subscriptions of protocol ${protocol}. No lab needs it; a real account does.`,
		});
	}
	for (const name of ['FilterPolicyScope', 'DeliveryPolicy', 'SubscriptionRoleArn', 'ReplayPolicy']) {
		await expect(ask('sqs', arn('q'), { [name]: 'MessageBody' })).rejects.toMatchObject({ name: 'NotImplemented' });
	}
	await expect(
		sns.subscribe({ TopicArn: `${TopicArn}-none`, Protocol: 'sqs', Endpoint: arn('q') }),
	).rejects.toMatchObject({ name: 'NotFoundException' });
});

test('an address gets mail once it has followed the link to confirm, until it follows the link to end', async () => {
	const TopicArn = await topic();
	const Endpoint = 'ann@example.com';
	expect(await sns.subscribe({ TopicArn, Protocol: 'email', Endpoint })).toMatchObject({
		SubscriptionArn: 'pending confirmation',
	});
	expect((await sns.listSubscriptionsByTopic({ TopicArn })).Subscriptions).toMatchObject([
		{ SubscriptionArn: 'PendingConfirmation' },
	]);
	expect((await sns.getTopicAttributes({ TopicArn })).Attributes).toMatchObject({ SubscriptionsPending: '1' });
	await sns.publish({ TopicArn, Message: 'too early' });
	const [asked, ...others] = mails(Endpoint);
	expect(others).toEqual([]);
	expect(asked).toMatchObject({ subject: 'AWS Notification - Subscription Confirmation' });
	const link = /http:\S+/.exec(asked!.body)![0];
	const confirmed = await fetch(link);
	expect(confirmed.status).toBe(200);
	expect(await confirmed.text()).toContain(`<SubscriptionArn>${TopicArn}:`);

	await sns.publish({ TopicArn, Message: 'in time', Subject: 'News' });
	await sns.publish({ TopicArn, Message: 'again' });
	const [last, first] = mails(Endpoint);
	expect(first).toMatchObject({ subject: 'News', body: expect.stringMatching(/^in time\n\n--\n/) });
	expect(last).toMatchObject({ subject: 'AWS Notification Message' });

	expect((await fetch(/http:\S+/.exec(last!.body)![0])).status).toBe(200);
	await sns.publish({ TopicArn, Message: 'too late' });
	expect(mails(Endpoint)).toHaveLength(3);
	expect((await sns.listSubscriptionsByTopic({ TopicArn })).Subscriptions).toEqual([]);
});

test('a confirmation by token can ask that only its principal ends the subscription', async () => {
	const TopicArn = await topic();
	const Endpoint = 'bob@example.com';
	const { SubscriptionArn } = await sns.subscribe({
		TopicArn,
		Protocol: 'email-json',
		Endpoint,
		ReturnSubscriptionArn: true,
	});
	await expect(sns.confirmSubscription({ TopicArn, Token: 'guess' })).rejects.toMatchObject({
		message: 'Invalid parameter: Token',
	});
	await expect(sns.unsubscribe({ SubscriptionArn })).rejects.toMatchObject({ name: 'InvalidParameterException' });
	const { Type, Token } = JSON.parse(mails(Endpoint)[0]!.body);
	expect(Type).toBe('SubscriptionConfirmation');
	const confirmed = await sns.confirmSubscription({ TopicArn, Token, AuthenticateOnUnsubscribe: 'true' });
	expect(confirmed.SubscriptionArn).toBe(SubscriptionArn);
	await sns.publish({ TopicArn, Message: 'hello' });
	const { UnsubscribeURL, Message } = JSON.parse(mails(Endpoint)[0]!.body);
	expect(Message).toBe('hello');
	expect((await fetch(UnsubscribeURL)).status).toBe(403);
	await sns.unsubscribe({ SubscriptionArn });
});

test('a subscription that nobody confirms within two days is gone', async () => {
	await using other = await testPractice({ name: 'days' });
	const client = new SNS(other.client);
	const { TopicArn } = await client.createTopic({ Name: 't' });
	await client.subscribe({ TopicArn, Protocol: 'email', Endpoint: 'a@example.com' });
	await other.account.work.advance(2 * 86_400_000);
	expect((await client.listSubscriptionsByTopic({ TopicArn })).Subscriptions).toEqual([]);
});

test('unsigned requests of other kinds are not answered', async () => {
	const TopicArn = await topic();
	const answer = await fetch(`${practice.endpoint}/?Action=Publish&Message=a&TopicArn=${encodeURIComponent(TopicArn)}`);
	expect(answer.status).toBe(403);
});
