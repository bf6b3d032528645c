import { SQS } from '@aws-sdk/client-sqs';
import { SSM } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestPractice, testPractice } from '../../../testing.ts';
import { parameter, queue, stacks } from './stacks.ts';

let practice: TestPractice;
let at: ReturnType<typeof stacks>;
beforeAll(async () => {
	practice = await testPractice();
	at = stacks(practice);
});
afterAll(() => practice.close());

test('a property that cannot change makes a new resource; the old one goes after all who used it have changed', async () => {
	const template = (name: string) => ({
		Queue: queue({ QueueName: name }),
		Copy: parameter({ Ref: 'Queue' }),
	});
	await at.create('replace', template('first'));
	const first = await at.physicalId('replace', 'Queue');
	await at.update('replace', template('second'));
	expect(await at.story('replace')).toEqual([
		'replace | UPDATE_IN_PROGRESS | User Initiated',
		'Queue | UPDATE_IN_PROGRESS | Requested update requires the creation of a new physical resource; hence creating one.',
		'Queue | UPDATE_IN_PROGRESS | Resource creation Initiated',
		'Queue | UPDATE_COMPLETE',
		'Copy | UPDATE_IN_PROGRESS',
		'Copy | UPDATE_COMPLETE',
		'replace | UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
		'Queue | DELETE_IN_PROGRESS',
		'Queue | DELETE_COMPLETE',
		'replace | UPDATE_COMPLETE',
	]);
	const second = await at.physicalId('replace', 'Queue');
	expect(second).toMatch(/\/second$/);
	const { Parameter } = await new SSM(practice.client).getParameter({ Name: await at.physicalId('replace', 'Copy') });
	expect(Parameter!.Value).toBe(second);
	const { QueueUrls } = await new SQS(practice.client).listQueues({});
	expect(QueueUrls).not.toContain(first);
});

test('a resource with a name of its own cannot be replaced under that name', async () => {
	const sqs = (fifo: object) => ({ Queue: queue({ QueueName: 'orders.fifo', FifoQueue: true, ...fifo }) });
	await at.create('named', sqs({}));
	const stack = await at.update('named', { Queue: queue({ QueueName: 'orders.fifo', FifoQueue: false }) });
	expect(stack).toMatchObject({ StackStatus: 'UPDATE_ROLLBACK_COMPLETE' });
	expect(await at.story('named')).toContain(
		'Queue | UPDATE_FAILED | CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename orders.fifo and update the stack again.',
	);
});

test('what the template has no more is deleted, unless it says to keep it', async () => {
	const ssm = new SSM(practice.client);
	await at.create('less', {
		Stays: parameter('s'),
		Goes: parameter('g', { Properties: { Name: '/goes', Type: 'String', Value: 'g' } }),
		Kept: parameter('k', { Properties: { Name: '/kept', Type: 'String', Value: 'k' }, DeletionPolicy: 'Retain' }),
	});
	await at.update('less', { Stays: parameter('s') });
	expect((await at.story('less')).slice(2, -1)).toEqual([
		'Goes | DELETE_IN_PROGRESS',
		'Kept | DELETE_SKIPPED',
		'Goes | DELETE_COMPLETE',
	]);
	await expect(ssm.getParameter({ Name: '/goes' })).rejects.toMatchObject({ name: 'ParameterNotFound' });
	expect((await ssm.getParameter({ Name: '/kept' })).Parameter!.Value).toBe('k');
	const { StackResources } = await at.cloudformation.describeStackResources({ StackName: 'less' });
	expect(StackResources!.map(({ LogicalResourceId }) => LogicalResourceId)).toEqual(['Stays']);
});

test('UpdateReplacePolicy keeps what was replaced', async () => {
	const template = (name: string) => ({ Queue: queue({ QueueName: name }, { UpdateReplacePolicy: 'Retain' }) });
	await at.create('keeps', template('kept-1'));
	await at.update('keeps', template('kept-2'));
	expect(await at.story('keeps')).toContain('Queue | DELETE_SKIPPED');
	const { QueueUrls } = await new SQS(practice.client).listQueues({ QueueNamePrefix: 'kept-' });
	expect(QueueUrls!.map((url) => url.split('/').at(-1))).toEqual(['kept-1', 'kept-2']);
});

test('Retain keeps what a failed creation made, RetainExceptOnCreate does not', async () => {
	const ssm = new SSM(practice.client);
	const named = (Name: string, policy: string) =>
		parameter('1', { Properties: { Name, Type: 'String', Value: '1' }, DeletionPolicy: policy });
	await at.create('retained', {
		Always: named('/always', 'Retain'),
		Else: named('/else', 'RetainExceptOnCreate'),
		Wrong: queue({ QueueName: 'not a name' }, { DependsOn: ['Always', 'Else'] }),
	});
	expect((await ssm.getParameter({ Name: '/always' })).Parameter!.Value).toBe('1');
	await expect(ssm.getParameter({ Name: '/else' })).rejects.toMatchObject({ name: 'ParameterNotFound' });
});

test('an update can be cancelled and is taken back', async () => {
	const many = (value: string) =>
		Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`P${index}`, parameter(value)]));
	await at.create('cancel', many('1'));
	await at.cloudformation.updateStack({
		StackName: 'cancel',
		TemplateBody: JSON.stringify({ Resources: many('2') }),
	});
	await at.cloudformation.cancelUpdateStack({ StackName: 'cancel' });
	expect(await at.atRest('cancel')).toMatchObject({ StackStatus: 'UPDATE_ROLLBACK_COMPLETE' });
	const { Parameter } = await new SSM(practice.client).getParameter({ Name: await at.physicalId('cancel', 'P0') });
	expect(Parameter!.Value).toBe('1');
	await expect(at.cloudformation.cancelUpdateStack({ StackName: 'cancel' })).rejects.toThrow(
		'CancelUpdateStack cannot be called from current stack status',
	);
});

test('a resource keeps its type', async () => {
	await at.create('typed', { Thing: parameter('1') });
	await expect(at.update('typed', { Thing: queue() })).rejects.toThrow(
		'Update of resource type is not permitted. The new template modifies resource type of the following resources: [Thing]',
	);
});

test('parameters, conditions and mappings choose what is there', async () => {
	const template = {
		Parameters: { Stage: { Type: 'String', AllowedValues: ['test', 'live'] }, Size: { Type: 'Number', Default: 3 } },
		Mappings: { Names: { test: { short: 't' }, live: { short: 'l' } } },
		Conditions: { Live: { 'Fn::Equals': [{ Ref: 'Stage' }, 'live'] } },
		Resources: {
			Name: parameter({
				'Fn::Join': ['-', [{ 'Fn::FindInMap': ['Names', { Ref: 'Stage' }, 'short'] }, { Ref: 'Size' }]],
			}),
			Backup: parameter('b', { Condition: 'Live' }),
		},
		Outputs: {
			Backup: { Condition: 'Live', Value: { Ref: 'Backup' } },
			Which: { Value: { 'Fn::If': ['Live', 'the real one', 'a try'] } },
		},
	};
	const Parameters = (Stage: string) => ({ Parameters: [{ ParameterKey: 'Stage', ParameterValue: Stage }] });
	const tried = await at.create('stage', template, Parameters('test'));
	expect(tried.Outputs).toEqual([{ OutputKey: 'Which', OutputValue: 'a try' }]);
	const live = await at.update('stage', template, Parameters('live'));
	expect(live.Outputs!.map(({ OutputKey }) => OutputKey)).toEqual(['Backup', 'Which']);
	const previous = { UsePreviousTemplate: true, TemplateBody: undefined };
	const again = await at.update('stage', template, {
		...previous,
		Parameters: [
			{ ParameterKey: 'Stage', UsePreviousValue: true },
			{ ParameterKey: 'Size', ParameterValue: '5' },
		],
	});
	expect(again.StackStatus).toBe('UPDATE_COMPLETE');
	const { Parameter } = await new SSM(practice.client).getParameter({ Name: await at.physicalId('stage', 'Name') });
	expect(Parameter!.Value).toBe('l-5');
});
