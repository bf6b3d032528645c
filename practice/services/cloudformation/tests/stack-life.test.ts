import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { SSM } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestPractice, testPractice } from '../../../testing.ts';

let practice: TestPractice;
let cloudformation: CloudFormation;
let ssm: SSM;
beforeAll(async () => {
	practice = await testPractice();
	cloudformation = new CloudFormation(practice.client);
	ssm = new SSM(practice.client);
});
afterAll(() => practice.close());

/** Waits until nothing is in progress, and answers the stack. */
async function atRest(StackName: string) {
	expect(await practice.account.work.settle(20_000)).toBe(true);
	const { Stacks } = await cloudformation.describeStacks({ StackName });
	return Stacks![0]!;
}

async function story(StackName: string) {
	const { StackEvents } = await cloudformation.describeStackEvents({ StackName });
	return StackEvents!
		.reverse()
		.map((event) =>
			[event.LogicalResourceId, event.ResourceStatus, event.ResourceStatusReason].filter(Boolean).join(' | '),
		);
}

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
	const { StackId } = await cloudformation.createStack({ StackName: 'life', TemplateBody: limit('100') });
	expect(StackId).toMatch(
		new RegExp(`^arn:aws:cloudformation:us-east-1:${practice.account.id}:stack/life/[0-9a-f-]{36}$`),
	);
	const created = await atRest('life');
	expect(created).toMatchObject({
		StackStatus: 'CREATE_COMPLETE',
		Outputs: [{ OutputKey: 'Limit', OutputValue: '/shop/limit' }],
	});
	expect(await story('life')).toEqual([
		'life | CREATE_IN_PROGRESS | User Initiated',
		'Limit | CREATE_IN_PROGRESS',
		'Limit | CREATE_IN_PROGRESS | Resource creation Initiated',
		'Limit | CREATE_COMPLETE',
		'Copy | CREATE_IN_PROGRESS',
		'Copy | CREATE_IN_PROGRESS | Resource creation Initiated',
		'Copy | CREATE_COMPLETE',
		'life | CREATE_COMPLETE',
	]);
	const { StackResources } = await cloudformation.describeStackResources({ StackName: 'life' });
	const copy = StackResources!.find(({ LogicalResourceId }) => LogicalResourceId === 'Copy')!;
	expect(copy.PhysicalResourceId).toMatch(/^CFN-life-Copy-[A-Za-z0-9]{12}$/);
	const { Parameter } = await ssm.getParameter({ Name: copy.PhysicalResourceId! });
	expect(Parameter!.Value).toBe('/shop/limit=100');

	await cloudformation.updateStack({ StackName: 'life', TemplateBody: limit('200') });
	expect(await atRest('life')).toMatchObject({ StackStatus: 'UPDATE_COMPLETE' });
	expect((await ssm.getParameter({ Name: copy.PhysicalResourceId! })).Parameter!.Value).toBe('/shop/limit=200');
	await expect(cloudformation.updateStack({ StackName: 'life', TemplateBody: limit('200') })).rejects.toMatchObject({
		name: 'ValidationError',
		message: 'No updates are to be performed.',
	});

	await cloudformation.deleteStack({ StackName: 'life' });
	expect(await atRest(StackId!)).toMatchObject({ StackStatus: 'DELETE_COMPLETE' });
	await expect(cloudformation.describeStacks({ StackName: 'life' })).rejects.toMatchObject({
		name: 'ValidationError',
		message: 'Stack with id life does not exist',
	});
	await expect(ssm.getParameter({ Name: '/shop/limit' })).rejects.toMatchObject({ name: 'ParameterNotFound' });
});
