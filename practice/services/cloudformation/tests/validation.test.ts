import { S3 } from '@aws-sdk/client-s3';
import { SSM } from '@aws-sdk/client-ssm';
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

const failed =
	'The following hook(s)/validation failed: [AWS::EarlyValidation::PropertyValidation]. To troubleshoot Early Validation errors, use the DescribeEvents API for detailed failure information.';

const wrong = {
	Limit: parameter('1'),
	Unknown: queue({ Delay: 3 }),
	Kind: queue({ VisibilityTimeout: 'soon', QueueName: ['a'] }),
	Missing: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'Text' } },
	Below: { Type: 'AWS::S3::Bucket', Properties: { VersioningConfiguration: { State: 'Enabled' } } },
	Fine: queue({ VisibilityTimeout: '30', RedrivePolicy: { deadLetterTargetArn: 'x', maxReceiveCount: '3' } }),
};

test('properties that cannot be are found before anything is made, each with its place', async () => {
	const stack = await at.create('wrong', wrong);
	expect(stack).toMatchObject({
		StackStatus: 'CREATE_FAILED',
		StackStatusReason: failed,
		DetailedStatus: 'VALIDATION_FAILED',
	});
	const { OperationEvents } = await at.cloudformation.describeEvents({
		StackName: 'wrong',
		Filters: { FailedEvents: true },
	});
	const found = OperationEvents!.filter(({ EventType }) => EventType === 'VALIDATION_ERROR');
	expect(found[0]).toMatchObject({
		ValidationName: 'PROPERTY_VALIDATION',
		ValidationFailureMode: 'FAIL',
		ValidationStatus: 'FAILED',
		OperationType: 'CREATE_STACK',
	});
	expect(found.map((each) => `${each.ValidationPath}: ${each.ValidationStatusReason}`).sort()).toEqual([
		'/Resources/Below/Properties/VersioningConfiguration: Required property [Status] not found',
		'/Resources/Below/Properties/VersioningConfiguration: Unsupported property [State]',
		'/Resources/Kind/Properties/QueueName: #/QueueName: expected type: String, found: JSONArray',
		'/Resources/Kind/Properties/VisibilityTimeout: #/VisibilityTimeout: expected type: Integer, found: String',
		'/Resources/Missing/Properties/Type: #/Type: #: Text is not a valid enum value',
		'/Resources/Missing/Properties: Required property [Value] not found',
		'/Resources/Unknown/Properties: Unsupported property [Delay]',
	]);
	const { Parameters } = await new SSM(practice.client).describeParameters({});
	expect(Parameters).toEqual([]);
});

test('a change set with such properties cannot be executed', async () => {
	const { Id } = await at.cloudformation.createChangeSet({
		StackName: 'review',
		ChangeSetName: 'look',
		ChangeSetType: 'CREATE',
		TemplateBody: body({ Unknown: wrong.Unknown }),
	});
	const described = await at.cloudformation.describeChangeSet({ ChangeSetName: Id! });
	expect(described).toMatchObject({ Status: 'FAILED', ExecutionStatus: 'UNAVAILABLE', StatusReason: failed });
	const { OperationEvents } = await at.cloudformation.describeEvents({ ChangeSetName: Id! });
	expect(OperationEvents!.map(({ ValidationStatusReason }) => ValidationStatusReason)).toEqual([
		'Unsupported property [Delay]',
	]);
	await expect(at.cloudformation.executeChangeSet({ ChangeSetName: Id! })).rejects.toMatchObject({
		name: 'InvalidChangeSetStatusException',
		message: `ChangeSet [${Id}] cannot be executed in its current execution status of [UNAVAILABLE]`,
	});
});

test('a resource type or property that the practice account lacks is refused by name, never passed over', async () => {
	const stack = await at.create('lacks', {
		Database: { Type: 'AWS::RDS::DBInstance', Properties: {} },
		Site: { Type: 'AWS::S3::Bucket', Properties: { WebsiteConfiguration: { IndexDocument: 'index.html' } } },
		Own: { Type: 'Custom::Thing', Properties: { ServiceToken: 'x' } },
	});
	expect(stack.StackStatus).toBe('CREATE_FAILED');
	const { OperationEvents } = await at.cloudformation.describeEvents({ StackName: 'lacks' });
	expect(OperationEvents!.flatMap(({ ValidationStatusReason }) => ValidationStatusReason ?? []).sort()).toEqual([
		"The practice account does not have AWS::S3::Bucket's WebsiteConfiguration. No lab needs it; a real account does.",
		'The practice account does not have the resource type AWS::RDS::DBInstance. No lab needs it; a real account does.',
		'The practice account does not have the resource type Custom::Thing. No lab needs it; a real account does.',
	]);
});

test('a name that is taken is found before anything is made', async () => {
	await new S3(practice.client).createBucket({ Bucket: 'taken-bucket' });
	const stack = await at.create('taken', {
		Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'taken-bucket' } },
	});
	expect(stack).toMatchObject({
		StackStatus: 'CREATE_FAILED',
		StackStatusReason: failed.replace('PropertyValidation', 'ResourceExistenceCheck'),
	});
	const { OperationEvents } = await at.cloudformation.describeEvents({ StackName: 'taken' });
	expect(OperationEvents).toContainEqual(
		expect.objectContaining({
			ValidationName: 'NAME_CONFLICT_VALIDATION',
			ValidationStatusReason: "Resource of type 'AWS::S3::Bucket' with identifier 'taken-bucket' already exists.",
			ValidationPath: '/Resources/Bucket',
		}),
	);
});

test('an update that cannot be leaves the stack as it was', async () => {
	await at.create('still', { Limit: parameter('1') });
	expect(await at.update('still', { Limit: parameter('2'), Unknown: wrong.Unknown })).toMatchObject({
		StackStatus: 'UPDATE_ROLLBACK_COMPLETE',
	});
	const { Parameter } = await new SSM(practice.client).getParameter({ Name: await at.physicalId('still', 'Limit') });
	expect(Parameter!.Value).toBe('1');
	expect(await at.update('still', { Limit: parameter('2') })).toMatchObject({ StackStatus: 'UPDATE_COMPLETE' });
});
