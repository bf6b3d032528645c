import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestPractice, testPractice } from '../../../testing.ts';
import { body, parameter, stacks } from './stacks.ts';

let practice: TestPractice;
let at: ReturnType<typeof stacks>;
beforeAll(async () => {
	practice = await testPractice();
	at = stacks(practice);
});
afterAll(() => practice.close());

test('stacks are listed newest first, the deleted ones by ListStacks alone', async () => {
	for (const name of ['one', 'two', 'three']) await at.create(name, { Limit: parameter('1') });
	await at.remove('two');
	const { Stacks } = await at.cloudformation.describeStacks({});
	expect(Stacks!.map(({ StackName }) => StackName)).toEqual(['three', 'one']);
	const { StackSummaries } = await at.cloudformation.listStacks({});
	expect(StackSummaries!.map(({ StackName, StackStatus }) => `${StackName} ${StackStatus}`)).toEqual([
		'three CREATE_COMPLETE',
		'two DELETE_COMPLETE',
		'one CREATE_COMPLETE',
	]);
	const some = await at.cloudformation.listStacks({ StackStatusFilter: ['DELETE_COMPLETE'] });
	expect(some.StackSummaries!.map(({ StackName }) => StackName)).toEqual(['two']);
});

test('a resource is found by stack and logical id, or by its physical id', async () => {
	const Metadata = { why: 'because' };
	await at.create('resources', { B: parameter('1', { Metadata, Description: 'the second' }), A: parameter('2') });
	const { StackResourceSummaries } = await at.cloudformation.listStackResources({ StackName: 'resources' });
	expect(StackResourceSummaries!.map(({ LogicalResourceId }) => LogicalResourceId)).toEqual(['A', 'B']);
	const { StackResourceDetail } = await at.cloudformation.describeStackResource({
		StackName: 'resources',
		LogicalResourceId: 'B',
	});
	expect(StackResourceDetail).toMatchObject({
		ResourceType: 'AWS::SSM::Parameter',
		ResourceStatus: 'CREATE_COMPLETE',
		Description: 'the second',
		Metadata: JSON.stringify(Metadata),
	});
	const { StackResources } = await at.cloudformation.describeStackResources({
		PhysicalResourceId: StackResourceDetail!.PhysicalResourceId!,
	});
	expect(StackResources!.map(({ LogicalResourceId }) => LogicalResourceId)).toEqual(['A', 'B']);
	await expect(
		at.cloudformation.describeStackResource({ StackName: 'resources', LogicalResourceId: 'C' }),
	).rejects.toThrow('Resource C does not exist for stack resources');
	await expect(at.cloudformation.describeStackResources({ PhysicalResourceId: 'nobody' })).rejects.toThrow(
		'Stack for nobody does not exist',
	);
	await expect(at.cloudformation.listStackResources({ StackName: 'nothing' })).rejects.toThrow(
		'Stack with id nothing does not exist',
	);
});

test('events are told by operation', async () => {
	const { StackId } = await at.create('told', { Limit: parameter('1') });
	await at.update('told', { Limit: parameter('2') });
	const { Stacks } = await at.cloudformation.describeStacks({ StackName: 'told' });
	const [update, create] = Stacks![0]!.LastOperations!;
	expect([update!.OperationType, create!.OperationType]).toEqual(['UPDATE_STACK', 'CREATE_STACK']);
	const { OperationEvents } = await at.cloudformation.describeEvents({ OperationId: create!.OperationId! });
	expect(OperationEvents!.map(({ ResourceStatus }) => ResourceStatus)).toEqual([
		'CREATE_COMPLETE',
		'CREATE_COMPLETE',
		'CREATE_IN_PROGRESS',
		'CREATE_IN_PROGRESS',
		'CREATE_IN_PROGRESS',
	]);
	expect(OperationEvents![0]).toMatchObject({
		StackId,
		OperationType: 'CREATE_STACK',
		OperationStatus: 'SUCCEEDED',
		EventType: 'STACK_EVENT',
	});
	await expect(at.cloudformation.describeEvents({ OperationId: 'none' })).rejects.toMatchObject({
		name: 'OperationNotFoundException',
		message: 'Operation none not found',
	});
	await expect(at.cloudformation.describeEvents({})).rejects.toThrow(
		'At least one of StackName, ChangeSetName or OperationId must be specified.',
	);
});

test('what is not there is refused by name', async () => {
	await expect(at.cloudformation.setStackPolicy({ StackName: 'x' })).rejects.toMatchObject({
		name: 'NotImplemented',
		message: 'The practice account does not have cloudformation:SetStackPolicy. No lab needs it; a real account does.',
	});
	const TemplateBody = body({ Limit: parameter('1') });
	await expect(
		at.cloudformation.createStack({ StackName: 'x', TemplateBody, DeploymentConfig: { Mode: 'EXPRESS' } }),
	).rejects.toThrow("The practice account does not have cloudformation:CreateStack's deployment mode EXPRESS.");
	await expect(at.cloudformation.createStack({ StackName: 'x', TemplateBody, StackPolicyBody: '{}' })).rejects.toThrow(
		"The practice account does not have cloudformation:CreateStack's StackPolicyBody.",
	);
});

test('who waits for a stack is answered when it is at rest; everybody else at once', async () => {
	const resources = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`P${index}`, parameter('x')]));
	const waiting = new CloudFormation({ ...practice.client, customUserAgent: [['aws-cdk', '2.1148.1']] });
	await at.cloudformation.createStack({ StackName: 'held', TemplateBody: body(resources) });
	const [now, later] = await Promise.all([
		at.cloudformation.describeStacks({ StackName: 'held' }),
		waiting.describeStacks({ StackName: 'held' }),
	]);
	expect(now.Stacks![0]!.StackStatus).toBe('CREATE_IN_PROGRESS');
	expect(later.Stacks![0]!.StackStatus).toBe('CREATE_COMPLETE');
});
