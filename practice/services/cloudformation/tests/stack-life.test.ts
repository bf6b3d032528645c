import { SNS } from '@aws-sdk/client-sns';
import { SSM } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Inbox } from '../../../account/inbox.ts';
import { type TestPractice, testPractice } from '../../../testing.ts';
import { body, parameter, queue, stacks } from './stacks.ts';

let practice: TestPractice;
let at: ReturnType<typeof stacks>;
let ssm: SSM;
beforeAll(async () => {
	practice = await testPractice();
	at = stacks(practice);
	ssm = new SSM(practice.client);
});
afterAll(() => practice.close());

const limit = (value: string) => `
Parameters:
  Name: { Type: String, Default: /shop/limit }
Resources:
  Limit:
    Type: AWS::SSM::Parameter
    Properties: { Name: !Ref Name, Type: String, Value: "${value}" }
  Copy:
    Type: AWS::SSM::Parameter
    Properties: { Type: String, Value: !Sub "\${Limit}=\${Limit.Value}" }
Outputs:
  Limit: { Value: !Ref Limit }
`;

test('a stack is made, changed and deleted, and tells what happens in the words of CloudFormation', async () => {
	const created = await at.create('life', limit('100'));
	expect(created).toMatchObject({
		StackId: expect.stringMatching(
			new RegExp(`^arn:aws:cloudformation:us-east-1:${practice.account.id}:stack/life/[0-9a-f-]{36}$`),
		),
		StackStatus: 'CREATE_COMPLETE',
		Outputs: [{ OutputKey: 'Limit', OutputValue: '/shop/limit' }],
		Parameters: [{ ParameterKey: 'Name', ParameterValue: '/shop/limit' }],
	});
	expect(await at.story('life')).toEqual([
		'life | CREATE_IN_PROGRESS | User Initiated',
		'Limit | CREATE_IN_PROGRESS',
		'Limit | CREATE_IN_PROGRESS | Resource creation Initiated',
		'Limit | CREATE_COMPLETE',
		'Copy | CREATE_IN_PROGRESS',
		'Copy | CREATE_IN_PROGRESS | Resource creation Initiated',
		'Copy | CREATE_COMPLETE',
		'life | CREATE_COMPLETE',
	]);
	const copy = await at.physicalId('life', 'Copy');
	expect(copy).toMatch(/^CFN-life-Copy-[A-Za-z0-9]{12}$/);
	expect((await ssm.getParameter({ Name: copy })).Parameter!.Value).toBe('/shop/limit=100');

	expect(await at.update('life', limit('200'))).toMatchObject({ StackStatus: 'UPDATE_COMPLETE' });
	expect(await at.story('life')).toEqual([
		'life | UPDATE_IN_PROGRESS | User Initiated',
		'Limit | UPDATE_IN_PROGRESS',
		'Limit | UPDATE_COMPLETE',
		'Copy | UPDATE_IN_PROGRESS',
		'Copy | UPDATE_COMPLETE',
		'life | UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
		'life | UPDATE_COMPLETE',
	]);
	expect((await ssm.getParameter({ Name: copy })).Parameter!.Value).toBe('/shop/limit=200');
	await expect(at.update('life', limit('200'))).rejects.toMatchObject({
		name: 'ValidationError',
		message: 'No updates are to be performed.',
	});

	expect(await at.remove('life')).toMatchObject({ StackStatus: 'DELETE_COMPLETE', DeletionTime: expect.any(Date) });
	expect(await at.story(created.StackId!)).toEqual([
		'life | DELETE_IN_PROGRESS | User Initiated',
		'Copy | DELETE_IN_PROGRESS',
		'Copy | DELETE_COMPLETE',
		'Limit | DELETE_IN_PROGRESS',
		'Limit | DELETE_COMPLETE',
		'life | DELETE_COMPLETE',
	]);
	await expect(at.cloudformation.describeStacks({ StackName: 'life' })).rejects.toMatchObject({
		name: 'ValidationError',
		message: 'Stack with id life does not exist',
	});
	await expect(ssm.getParameter({ Name: '/shop/limit' })).rejects.toMatchObject({ name: 'ParameterNotFound' });
});

test('no two events of a stack have the same time, and all carry the token of their request', async () => {
	const resources = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`P${index}`, parameter('x')]));
	await at.create('times', resources, { ClientRequestToken: 'token-1' });
	const first = await at.cloudformation.describeStackEvents({ StackName: 'times' });
	expect(first.StackEvents).toHaveLength(100);
	const rest = await at.cloudformation.describeStackEvents({ StackName: 'times', NextToken: first.NextToken! });
	const events = [...first.StackEvents!, ...rest.StackEvents!];
	expect(events).toHaveLength(122);
	expect(new Set(events.map(({ Timestamp }) => Timestamp!.getTime())).size).toBe(122);
	expect(new Set(events.map(({ ClientRequestToken }) => ClientRequestToken))).toEqual(new Set(['token-1']));
});

test('a deleted stack is found by its id for ninety days', async () => {
	const { StackId } = await at.create('gone', { Limit: parameter('1') });
	await at.remove('gone');
	await practice.account.work.advance(89 * 86_400_000);
	expect(await at.atRest(StackId!)).toMatchObject({ StackStatus: 'DELETE_COMPLETE' });
	await practice.account.work.advance(2 * 86_400_000);
	await expect(at.cloudformation.describeStacks({ StackName: StackId! })).rejects.toThrow(
		`Stack with id ${StackId} does not exist`,
	);
});

test('a stack of that name that is there cannot be made again, but the same request may come twice', async () => {
	const request = { StackName: 'once', TemplateBody: body({ Limit: parameter('1') }), ClientRequestToken: 'first' };
	const { StackId } = await at.cloudformation.createStack(request);
	expect((await at.cloudformation.createStack(request)).StackId).toBe(StackId);
	await expect(at.cloudformation.createStack({ ...request, ClientRequestToken: 'second' })).rejects.toMatchObject({
		name: 'AlreadyExistsException',
		message: 'Stack [once] already exists',
	});
});

test('a stack under termination protection is not deleted', async () => {
	await at.create('kept', { Limit: parameter('1') }, { EnableTerminationProtection: true });
	await expect(at.cloudformation.deleteStack({ StackName: 'kept' })).rejects.toMatchObject({
		name: 'ValidationError',
		message: 'Stack [kept] cannot be deleted while TerminationProtection is enabled',
	});
	await at.cloudformation.updateTerminationProtection({ StackName: 'kept', EnableTerminationProtection: false });
	expect(await at.remove('kept')).toMatchObject({ StackStatus: 'DELETE_COMPLETE' });
});

test('what is not there: an update is refused, a deletion is no error', async () => {
	await expect(
		at.cloudformation.updateStack({ StackName: 'none', TemplateBody: body({ Limit: parameter('1') }) }),
	).rejects.toMatchObject({ name: 'ValidationError', message: 'Stack [none] does not exist' });
	await at.cloudformation.deleteStack({ StackName: 'none' });
	await expect(at.cloudformation.describeStackEvents({ StackName: 'none' })).rejects.toThrow(
		'Stack [none] does not exist',
	);
});

test('the tags of a stack are those of its resources, whose own win', async () => {
	const tagged = { Limit: parameter('1', { Properties: { Type: 'String', Value: '1', Tags: { team: 'blue' } } }) };
	const Tags = [
		{ Key: 'team', Value: 'red' },
		{ Key: 'app', Value: 'shop' },
	];
	await at.create('tags', tagged, { Tags });
	const of = { ResourceType: 'Parameter', ResourceId: await at.physicalId('tags', 'Limit') } as const;
	const { TagList } = await ssm.listTagsForResource(of);
	expect(TagList).toEqual([
		{ Key: 'team', Value: 'blue' },
		{ Key: 'app', Value: 'shop' },
	]);
	await at.update('tags', tagged, { Tags: [{ Key: 'team', Value: 'red' }] });
	expect((await ssm.listTagsForResource(of)).TagList).toEqual([{ Key: 'team', Value: 'blue' }]);
});

test('a stack can be deleted while it is being made', async () => {
	const resources = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`Q${index}`, queue()]));
	const { StackId } = await at.cloudformation.createStack({ StackName: 'hasty', TemplateBody: body(resources) });
	await at.cloudformation.deleteStack({ StackName: 'hasty' });
	expect(await at.atRest(StackId!)).toMatchObject({ StackStatus: 'DELETE_COMPLETE' });
	const { StackResources } = await at.cloudformation.describeStackResources({ StackName: StackId! });
	expect(new Set(StackResources!.map(({ ResourceStatus }) => ResourceStatus))).toEqual(new Set(['DELETE_COMPLETE']));
});

test('the topics that a stack names are told its events', async () => {
	const { TopicArn } = await new SNS(practice.client).createTopic({ Name: 'events' });
	await new SNS(practice.client).subscribe({ TopicArn: TopicArn!, Protocol: 'email', Endpoint: 'me@example.com' });
	const mails = () => practice.account.in('us-east-1').store(Inbox).list();
	const [confirmation] = mails();
	const token = /Token=([0-9a-f]+)/.exec(confirmation!.body)![1]!;
	await new SNS(practice.client).confirmSubscription({ TopicArn: TopicArn!, Token: token });
	const stack = await at.create('told', { Limit: parameter('1') }, { NotificationARNs: [TopicArn!] });
	expect(stack.NotificationARNs).toEqual([TopicArn]);
	await practice.account.work.settle(5_000);
	const told = mails().filter(({ subject }) => subject === 'AWS CloudFormation Notification');
	expect(told).toHaveLength(5);
	expect(
		told.some(
			({ body: text }) =>
				text.includes("ResourceStatus='CREATE_COMPLETE'\n") && text.includes("LogicalResourceId='told'"),
		),
	).toBe(true);
});
