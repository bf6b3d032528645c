import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { IAM } from '@aws-sdk/client-iam';
import { STS } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestPractice, testPractice } from '../../../testing.ts';
import { body, parameter, queue, stacks } from './stacks.ts';

let practice: TestPractice;
let at: ReturnType<typeof stacks>;
let iam: IAM;
beforeAll(async () => {
	practice = await testPractice();
	at = stacks(practice);
	iam = new IAM(practice.client);
});
afterAll(() => practice.close());

const trusting = (principal: object) =>
	JSON.stringify({
		Version: '2012-10-17',
		Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' }],
	});

async function role(RoleName: string, principal: object, Action: string[]): Promise<string> {
	const { Role } = await iam.createRole({ RoleName, AssumeRolePolicyDocument: trusting(principal) });
	await iam.putRolePolicy({
		RoleName,
		PolicyName: 'may',
		PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] }),
	});
	return Role!.Arn!;
}

/** A client in the name of a role. */
async function as(RoleArn: string): Promise<CloudFormation> {
	const { Credentials } = await new STS(practice.client).assumeRole({ RoleArn, RoleSessionName: 'somebody' });
	return new CloudFormation({
		...practice.client,
		credentials: {
			accessKeyId: Credentials!.AccessKeyId!,
			secretAccessKey: Credentials!.SecretAccessKey!,
			sessionToken: Credentials!.SessionToken!,
		},
	});
}

const cloudformation = { Service: 'cloudformation.amazonaws.com' };

test('resources are made as the stack’s role, and what it may not it does not', async () => {
	const RoleARN = await role('only-parameters', cloudformation, ['ssm:*']);
	const resources = { Limit: parameter('1'), Queue: queue({}, { DependsOn: 'Limit' }) };
	expect(await at.create('as-role', resources, { RoleARN })).toMatchObject({
		StackStatus: 'ROLLBACK_COMPLETE',
		RoleARN,
	});
	const denied = (await at.story('as-role')).find((each) => each.startsWith('Queue | CREATE_FAILED'))!;
	expect(denied).toContain(
		`User: arn:aws:sts::${practice.account.id}:assumed-role/only-parameters/AWSCloudFormation is not authorized to perform: sqs:createqueue`,
	);
	expect(denied).toContain('because no identity-based policy allows the sqs:createqueue action');
});

test('a role that CloudFormation may not assume is refused at once', async () => {
	const RoleARN = await role('not-trusting', { Service: 'lambda.amazonaws.com' }, ['*']);
	await expect(at.create('no-trust', { Limit: parameter('1') }, { RoleARN })).rejects.toMatchObject({
		name: 'ValidationError',
		message: `Role ${RoleARN} is invalid or cannot be assumed`,
	});
});

test('whoever hands over a role must be allowed to pass it', async () => {
	const RoleARN = await role('deployer', cloudformation, ['ssm:*']);
	const principal = { AWS: practice.account.id };
	const limited = await as(await role('limited', principal, ['cloudformation:*']));
	await expect(
		limited.createStack({ StackName: 'passed', TemplateBody: body({ Limit: parameter('1') }), RoleARN }),
	).rejects.toMatchObject({
		name: 'AccessDenied',
		message: `User: arn:aws:sts::${practice.account.id}:assumed-role/limited/somebody is not authorized to perform: iam:PassRole on resource: ${RoleARN} because no identity-based policy allows the iam:PassRole action`,
	});
	const passing = await as(await role('passing', principal, ['cloudformation:*', 'iam:PassRole']));
	await passing.createStack({ StackName: 'passed', TemplateBody: body({ Limit: parameter('1') }), RoleARN });
	expect(await at.atRest('passed')).toMatchObject({ StackStatus: 'CREATE_COMPLETE' });
});

test('without a role, resources are made as the one who asks', async () => {
	const principal = { AWS: practice.account.id };
	const limited = await as(await role('no-resources', principal, ['cloudformation:*']));
	await limited.createStack({ StackName: 'own', TemplateBody: body({ Limit: parameter('1') }) });
	expect(await at.atRest('own')).toMatchObject({ StackStatus: 'ROLLBACK_COMPLETE' });
	const stranger = await as(await role('stranger', principal, ['ssm:*']));
	await expect(stranger.describeStacks({ StackName: 'own' })).rejects.toMatchObject({ name: 'AccessDenied' });
});
