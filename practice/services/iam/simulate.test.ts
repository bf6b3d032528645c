import { IAM } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestPractice, testPractice } from '../../testing.ts';

let practice: TestPractice;
let iam: IAM;
let account: string;
beforeAll(async () => {
	practice = await testPractice();
	iam = new IAM(practice.client);
	account = practice.account.id;
});
afterAll(() => practice.close());

const document = (Action: string | string[] = 's3:GetObject') =>
	JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });
const makeRole = (RoleName: string) =>
	iam.createRole({
		RoleName,
		AssumeRolePolicyDocument: JSON.stringify({
			Version: '2012-10-17',
			Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
		}),
	});
const refused = (name: string, message: string) => expect.objectContaining({ name, message });

test('A simulation says what a role may do, and by which policy', async () => {
	const RoleName = 'simulated';
	const { Role } = await makeRole(RoleName);
	const PolicySourceArn = Role!.Arn!;
	await iam.putRolePolicy({
		RoleName,
		PolicyName: 'mine',
		PolicyDocument: JSON.stringify({
			Version: '2012-10-17',
			Statement: [
				{ Effect: 'Allow', Action: 'sqs:*', Resource: `arn:aws:sqs:us-east-1:${account}:orders` },
				{ Effect: 'Deny', Action: 'sqs:DeleteQueue', Resource: '*' },
				{
					Effect: 'Allow',
					Action: 'sns:Publish',
					Resource: '*',
					Condition: { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } },
				},
			],
		}),
	});
	const orders = `arn:aws:sqs:us-east-1:${account}:orders`;
	const decide = async (request: { ActionNames: string[] }, rest: object = {}) =>
		(await iam.simulatePrincipalPolicy({ PolicySourceArn, ...request, ...rest })).EvaluationResults!;
	expect(await decide({ ActionNames: ['sqs:SendMessage', 'sqs:DeleteQueue'] }, { ResourceArns: [orders] })).toEqual([
		{
			EvalActionName: 'sqs:SendMessage',
			EvalResourceName: orders,
			EvalDecision: 'allowed',
			MatchedStatements: [{ SourcePolicyId: 'mine', SourcePolicyType: 'none' }],
			MissingContextValues: [],
		},
		{
			EvalActionName: 'sqs:DeleteQueue',
			EvalResourceName: orders,
			EvalDecision: 'explicitDeny',
			MatchedStatements: [{ SourcePolicyId: 'mine', SourcePolicyType: 'none' }],
			MissingContextValues: [],
		},
	]);
	expect(await decide({ ActionNames: ['sns:Publish'] })).toMatchObject([
		{ EvalResourceName: '*', EvalDecision: 'implicitDeny', MissingContextValues: ['aws:RequestedRegion'] },
	]);
	const ContextEntries = [
		{ ContextKeyName: 'aws:RequestedRegion', ContextKeyValues: ['us-east-1'], ContextKeyType: 'string' },
	];
	expect(await decide({ ActionNames: ['sns:Publish'] }, { ContextEntries })).toMatchObject([
		{ EvalDecision: 'allowed' },
	]);
	const bounded = await decide(
		{ ActionNames: ['sns:Publish'] },
		{ ContextEntries, PermissionsBoundaryPolicyInputList: [document()] },
	);
	expect(bounded).toMatchObject([
		{ EvalDecision: 'implicitDeny', PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: false } },
	]);
	await expect(iam.simulatePrincipalPolicy({ PolicySourceArn: 'simulated', ActionNames: ['a:B'] })).rejects.toEqual(
		refused('InvalidInputException', 'Invalid Entity Arn: simulated does not clearly define entity type and name.'),
	);
});
