import { S3 } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestPractice, testPractice } from '../../../testing.ts';
import { body, parameter, queue, stacks } from './stacks.ts';

let practice: TestPractice;
let at: ReturnType<typeof stacks>;
beforeAll(async () => {
	practice = await testPractice();
	at = stacks(practice);
});
afterAll(() => practice.close());

const template = (delay: object, name: string, more: object = {}) => ({
	Parameters: { Wait: { Type: 'Number', Default: 30 } },
	Resources: {
		Queue: queue({ VisibilityTimeout: { Ref: 'Wait' }, ...delay }),
		Named: queue({ QueueName: name }),
		Copy: parameter({ 'Fn::GetAtt': ['Named', 'Arn'] }),
		...more,
	},
});

test('a change set for a new stack is looked at, executed, and then the stack is there', async () => {
	const { Id, StackId } = await at.cloudformation.createChangeSet({
		StackName: 'new',
		ChangeSetName: 'first',
		ChangeSetType: 'CREATE',
		TemplateBody: body({ Limit: parameter('1') }),
		Description: 'to look at',
	});
	expect(Id).toMatch(
		new RegExp(`^arn:aws:cloudformation:us-east-1:${practice.account.id}:changeSet/first/[0-9a-f-]{36}$`),
	);
	expect(await at.atRest('new')).toMatchObject({ StackStatus: 'REVIEW_IN_PROGRESS' });
	expect(await at.cloudformation.describeChangeSet({ StackName: 'new', ChangeSetName: 'first' })).toMatchObject({
		StackId,
		Status: 'CREATE_COMPLETE',
		ExecutionStatus: 'AVAILABLE',
		Description: 'to look at',
		Changes: [
			{
				Type: 'Resource',
				ResourceChange: { Action: 'Add', LogicalResourceId: 'Limit', ResourceType: 'AWS::SSM::Parameter' },
			},
		],
	});
	await at.cloudformation.executeChangeSet({ StackName: 'new', ChangeSetName: 'first' });
	expect(await at.atRest('new')).toMatchObject({ StackStatus: 'CREATE_COMPLETE', ChangeSetId: Id });
	expect(await at.story('new')).toEqual([
		'new | CREATE_IN_PROGRESS | User Initiated',
		'Limit | CREATE_IN_PROGRESS',
		'Limit | CREATE_IN_PROGRESS | Resource creation Initiated',
		'Limit | CREATE_COMPLETE',
		'new | CREATE_COMPLETE',
	]);
});

test('a change set tells what will be changed, replaced, made and deleted, and why', async () => {
	await at.create('changes', template({ DelaySeconds: 0 }, 'one', { Gone: parameter('g') }));
	await at.cloudformation.createChangeSet({
		StackName: 'changes',
		ChangeSetName: 'look',
		TemplateBody: body(template({ DelaySeconds: 5 }, 'two', { Made: parameter({ Ref: 'Named' }) })),
		Parameters: [{ ParameterKey: 'Wait', ParameterValue: '60' }],
	});
	const of = { StackName: 'changes', ChangeSetName: 'look' };
	const { Changes } = await at.cloudformation.describeChangeSet({ ...of, IncludePropertyValues: true });
	const changes = Object.fromEntries(
		Changes!.map(({ ResourceChange }) => [ResourceChange!.LogicalResourceId, ResourceChange!]),
	);
	expect(changes['Queue']).toMatchObject({ Action: 'Modify', Replacement: 'False', Scope: ['Properties'] });
	expect(changes['Queue']!.Details).toEqual([
		{
			Target: {
				Attribute: 'Properties',
				Name: 'VisibilityTimeout',
				RequiresRecreation: 'Never',
				Path: '/Properties/VisibilityTimeout',
				BeforeValue: '30',
				AfterValue: '60',
				AttributeChangeType: 'Modify',
			},
			Evaluation: 'Static',
			ChangeSource: 'ParameterReference',
			CausingEntity: 'Wait',
		},
		{
			Target: {
				Attribute: 'Properties',
				Name: 'DelaySeconds',
				RequiresRecreation: 'Never',
				Path: '/Properties/DelaySeconds',
				BeforeValue: '0',
				AfterValue: '5',
				AttributeChangeType: 'Modify',
			},
			Evaluation: 'Static',
			ChangeSource: 'DirectModification',
		},
	]);
	expect(changes['Named']).toMatchObject({
		Action: 'Modify',
		Replacement: 'True',
		PolicyAction: 'ReplaceAndDelete',
		Details: [{ Target: { Name: 'QueueName', RequiresRecreation: 'Always', BeforeValue: 'one', AfterValue: 'two' } }],
	});
	expect(changes['Copy']).toMatchObject({
		Action: 'Modify',
		Replacement: 'False',
		Details: [
			{
				Target: { Name: 'Value', AfterValue: '{{changeSet:KNOWN_AFTER_APPLY}}' },
				Evaluation: 'Dynamic',
				ChangeSource: 'ResourceAttribute',
				CausingEntity: 'Named.Arn',
			},
		],
	});
	expect(changes['Made']).toMatchObject({ Action: 'Add', ResourceType: 'AWS::SSM::Parameter' });
	expect(JSON.parse(changes['Made']!.AfterContext!)).toEqual({
		Properties: { Type: 'String', Value: '{{changeSet:KNOWN_AFTER_APPLY}}' },
	});
	expect(changes['Gone']).toMatchObject({ Action: 'Remove', PolicyAction: 'Delete' });
	const { Changes: plain } = await at.cloudformation.describeChangeSet(of);
	expect(JSON.stringify(plain)).not.toMatch(/BeforeValue|AfterContext/);

	await at.cloudformation.executeChangeSet(of);
	expect(await at.atRest('changes')).toMatchObject({ StackStatus: 'UPDATE_COMPLETE' });
	const { StackResources } = await at.cloudformation.describeStackResources({ StackName: 'changes' });
	expect(StackResources!.map((each) => each.LogicalResourceId)).toEqual(['Copy', 'Made', 'Named', 'Queue']);
});

test('a change set without changes says so, and is listed until it is deleted', async () => {
	await at.create('none', { Limit: parameter('1') });
	await at.cloudformation.createChangeSet({
		StackName: 'none',
		ChangeSetName: 'empty',
		UsePreviousTemplate: true,
	});
	const { Summaries } = await at.cloudformation.listChangeSets({ StackName: 'none' });
	expect(Summaries).toMatchObject([
		{
			ChangeSetName: 'empty',
			Status: 'FAILED',
			ExecutionStatus: 'UNAVAILABLE',
			StatusReason:
				"The submitted information didn't contain changes. Submit different information to create a change set.",
		},
	]);
	await at.cloudformation.deleteChangeSet({ StackName: 'none', ChangeSetName: 'empty' });
	await expect(
		at.cloudformation.describeChangeSet({ StackName: 'none', ChangeSetName: 'empty' }),
	).rejects.toMatchObject({ name: 'ChangeSetNotFoundException', message: 'ChangeSet [empty] does not exist' });
});

test('a change set of a name that is taken, of a stack that is not there, or of one that is', async () => {
	const set = { StackName: 'twice', ChangeSetName: 'same', TemplateBody: body({ Limit: parameter('1') }) };
	await expect(at.cloudformation.createChangeSet(set)).rejects.toThrow('Stack [twice] does not exist');
	await at.cloudformation.createChangeSet({ ...set, ChangeSetType: 'CREATE' });
	await expect(at.cloudformation.createChangeSet({ ...set, ChangeSetType: 'CREATE' })).rejects.toMatchObject({
		name: 'AlreadyExistsException',
	});
	await at.create('there', { Limit: parameter('1') });
	await expect(
		at.cloudformation.createChangeSet({ ...set, StackName: 'there', ChangeSetType: 'CREATE' }),
	).rejects.toThrow('Stack [there] already exists and cannot be created again with the changeSet [CREATE].');
});

test('a change of outputs alone, and of metadata alone, is a change', async () => {
	const whole = (more: object, output: string) => ({
		Resources: { Limit: parameter('1', more) },
		Outputs: { Says: { Value: output } },
	});
	await at.create('small', whole({}, 'a'));
	expect(await at.update('small', whole({}, 'b'))).toMatchObject({ Outputs: [{ OutputValue: 'b' }] });
	await at.cloudformation.createChangeSet({
		StackName: 'small',
		ChangeSetName: 'meta',
		TemplateBody: body(whole({ Metadata: { why: 'x' }, DeletionPolicy: 'Retain' }, 'b')),
	});
	const { Changes } = await at.cloudformation.describeChangeSet({ StackName: 'small', ChangeSetName: 'meta' });
	expect(Changes!.map(({ ResourceChange }) => ResourceChange!.Scope)).toEqual([['Metadata', 'DeletionPolicy']]);
});

test('a template may lie in a bucket', async () => {
	const s3 = new S3(practice.client);
	await s3.createBucket({ Bucket: 'templates' });
	const large = { ...parameter('1'), Metadata: { filler: 'x'.repeat(300_000) } };
	await s3.putObject({ Bucket: 'templates', Key: 'a/large.json', Body: body({ Large: large }) });
	const TemplateURL = `${practice.endpoint}/templates/a/large.json`;
	expect(await at.create('far', '', { TemplateBody: undefined, TemplateURL })).toMatchObject({
		StackStatus: 'CREATE_COMPLETE',
	});
	const virtual = 'https://templates.s3.us-east-1.amazonaws.com/a/large.json';
	expect((await at.cloudformation.validateTemplate({ TemplateURL: virtual })).Parameters ?? []).toEqual([]);
	await expect(at.cloudformation.validateTemplate({ TemplateURL: `${TemplateURL}x` })).rejects.toThrow(
		'S3 error: The specified key does not exist.\nFor more information check http://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html',
	);
	await expect(at.cloudformation.validateTemplate({ TemplateURL: 'https://example.com/a' })).rejects.toThrow(
		'TemplateURL must be a supported URL.',
	);
});
