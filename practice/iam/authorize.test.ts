import { IAM } from '@aws-sdk/client-iam';
import { SSM } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Principal } from '../account/principal.ts';
import { callAs } from '../operation.ts';
import { serviceSession } from '../services/sts/sessions.ts';
import { type TestPractice, testPractice } from '../testing.ts';
import { type AuthorizationRequest, authorize } from './authorize.ts';

let practice: TestPractice;
let iam: IAM;
let account: string;
beforeAll(async () => {
	practice = await testPractice();
	iam = new IAM(practice.client);
	account = practice.account.id;
});
afterAll(() => practice.close());

const policy = (...statements: object[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements });
const allow = (Action: string, rest: object = {}) => ({ Effect: 'Allow', Action, Resource: '*', ...rest });
const deny = (Action: string) => ({ ...allow(Action), Effect: 'Deny' });

/** A user with a key, and an SSM client that signs with it. */
async function user(UserName: string) {
	await iam.createUser({ UserName });
	const { AccessKey } = await iam.createAccessKey({ UserName });
	const credentials = { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
	return {
		may: (PolicyDocument: string) => iam.putUserPolicy({ UserName, PolicyName: 'may', PolicyDocument }),
		put: (Name = '/shop/limit') =>
			new SSM({ ...practice.client, credentials }).putParameter({ Name, Type: 'String', Value: '1', Overwrite: true }),
	};
}
const denied = (name: string, why: string) =>
	expect.objectContaining({
		name: 'AccessDeniedException',
		message: `User: arn:aws:iam::${account}:user/${name} is not authorized to perform: ssm:PutParameter on resource: arn:aws:ssm:us-east-1:${account}:parameter/shop/limit ${why}`,
	});
const noIdentity = 'because no identity-based policy allows the ssm:PutParameter action';

test('A user may do what an inline policy allows, and nothing before', async () => {
	const ana = await user('ana');
	await expect(ana.put()).rejects.toEqual(denied('ana', noIdentity));
	await ana.may(policy(allow('ssm:Put*', { Resource: `arn:aws:ssm:*:${account}:parameter/shop/*` })));
	await ana.put();
	await expect(ana.put('/other')).rejects.toMatchObject({ name: 'AccessDeniedException' });
});

test('A user may do what their group may', async () => {
	const ben = await user('ben');
	await iam.createGroup({ GroupName: 'writers' });
	await iam.putGroupPolicy({ GroupName: 'writers', PolicyName: 'may', PolicyDocument: policy(allow('ssm:*')) });
	await expect(ben.put()).rejects.toEqual(denied('ben', noIdentity));
	await iam.addUserToGroup({ GroupName: 'writers', UserName: 'ben' });
	await ben.put();
});

test('A new default version of a managed policy counts at once', async () => {
	const eve = await user('eve');
	const { Policy } = await iam.createPolicy({ PolicyName: 'Writing', PolicyDocument: policy(allow('ssm:*')) });
	const PolicyArn = Policy!.Arn!;
	await iam.attachUserPolicy({ UserName: 'eve', PolicyArn });
	await eve.put();
	const PolicyDocument = policy(allow('ssm:*'), deny('ssm:PutParameter'));
	await iam.createPolicyVersion({ PolicyArn, PolicyDocument, SetAsDefault: true });
	await expect(eve.put()).rejects.toEqual(
		denied('eve', `with an explicit deny in an identity-based policy: ${PolicyArn}`),
	);
	await iam.setDefaultPolicyVersion({ PolicyArn, VersionId: 'v1' });
	await eve.put();
});

test('A boundary holds back', async () => {
	const kim = await user('kim');
	await kim.may(policy(allow('*')));
	await kim.put();
	const PermissionsBoundary = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
	await iam.putUserPermissionsBoundary({ UserName: 'kim', PermissionsBoundary });
	await expect(kim.put()).rejects.toEqual(
		denied('kim', 'because no permissions boundary allows the ssm:PutParameter action'),
	);
	await iam.deleteUserPermissionsBoundary({ UserName: 'kim' });
	await kim.put();
});

test('Conditions see the request', async () => {
	const lee = await user('lee');
	const when = (Condition: object) => lee.may(policy(allow('ssm:PutParameter', { Condition })));
	await when({ StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } });
	await expect(lee.put()).rejects.toEqual(denied('lee', noIdentity));
	const everything = {
		StringEquals: { 'aws:RequestedRegion': 'us-east-1', 'aws:username': 'lee', 'aws:ResourceAccount': account },
		Bool: { 'aws:SecureTransport': 'true', 'aws:ViaAWSService': 'false' },
		IpAddress: { 'aws:SourceIp': '127.0.0.0/8' },
		DateGreaterThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' },
		NumericGreaterThan: { 'aws:EpochTime': '1700000000' },
		StringLike: { 'aws:UserAgent': '*' },
		Null: { 'aws:MultiFactorAuthPresent': 'true' },
	};
	await when(everything);
	await lee.put();
});

/** Asks about a queue as somebody, with the queue's own policy. */
function ask(principal: Principal, request: Partial<AuthorizationRequest> = {}): string {
	const call = callAs(practice.account.in('us-east-1'), principal, { endpoint: practice.endpoint });
	const resource = `arn:aws:sqs:us-east-1:${account}:orders`;
	try {
		authorize(call, { action: 'sqs:SendMessage', resource, context: {}, policy: undefined, ...request });
	} catch (error) {
		return (error as Error).message.split(`on resource: ${resource} `)[1] ?? (error as Error).message;
	}
	return 'allowed';
}
const topic = (): Principal => ({ kind: 'service', service: 'sns.amazonaws.com', arn: 'sns.amazonaws.com', id: 'sns' });

test('A service may what the resource’s policy lets it', () => {
	const sourceArn = `arn:aws:sns:us-east-1:${account}:news`;
	const own = policy(
		allow('sqs:SendMessage', {
			Principal: { Service: 'sns.amazonaws.com' },
			Condition: { ArnEquals: { 'aws:SourceArn': sourceArn } },
		}),
	);
	const none = 'because no resource-based policy allows the sqs:sendmessage action';
	expect(ask(topic())).toBe(none);
	expect(ask(topic(), { policy: own })).toBe(none);
	expect(ask(topic(), { policy: own, context: { 'aws:SourceArn': sourceArn } })).toBe('allowed');
});

test('Somebody who is not there any more may nothing', async () => {
	const { User } = await iam.createUser({ UserName: 'gone' });
	await iam.putUserPolicy({ UserName: 'gone', PolicyName: 'may', PolicyDocument: policy(allow('*')) });
	const gone: Principal = { kind: 'user', name: 'gone', arn: User!.Arn!, id: User!.UserId! };
	expect(ask(gone)).toBe('allowed');
	await iam.deleteUserPolicy({ UserName: 'gone', PolicyName: 'may' });
	await iam.deleteUser({ UserName: 'gone' });
	expect(ask(gone)).toBe('because no identity-based policy allows the sqs:sendmessage action');
});

test('A service acts in the role that it was given, where the role trusts it', async () => {
	const AssumeRolePolicyDocument = policy({
		Effect: 'Allow',
		Principal: { Service: 'codebuild.amazonaws.com' },
		Action: 'sts:AssumeRole',
		Condition: { StringEquals: { 'aws:SourceAccount': account } },
	});
	const { Role } = await iam.createRole({ RoleName: 'build', AssumeRolePolicyDocument });
	const region = practice.account.in('us-east-1');
	const session = serviceSession(region, Role!.Arn!, 'codebuild.amazonaws.com', 'build-1');
	if (typeof session === 'string') throw new Error(session);
	expect(session).toEqual({
		kind: 'session',
		role: 'build',
		roleArn: Role!.Arn,
		name: 'build-1',
		arn: `arn:aws:sts::${account}:assumed-role/build/build-1`,
		id: `${Role!.RoleId}:build-1`,
	});
	expect(ask(session)).toBe('because no identity-based policy allows the sqs:sendmessage action');
	await iam.putRolePolicy({ RoleName: 'build', PolicyName: 'may', PolicyDocument: policy(allow('sqs:SendMessage')) });
	expect(ask(session)).toBe('allowed');
	expect(serviceSession(region, Role!.Arn!, 'lambda.amazonaws.com', 'f')).toBe('no-trust');
	expect(serviceSession(region, `${Role!.Arn}s`, 'codebuild.amazonaws.com', 'b')).toBe('no-role');
});

test('The service that was called words the denial', () => {
	const somebody: Principal = { kind: 'user', name: 'x', arn: `arn:aws:iam::${account}:user/x`, id: 'AIDAX' };
	const call = callAs(practice.account.in('us-east-1'), somebody, { endpoint: practice.endpoint });
	const resource = `arn:aws:iam::${account}:role/build`;
	const pass = { action: 'iam:PassRole', resource, context: {}, policy: undefined };
	expect(() => authorize(call, { ...pass, service: 'codebuild' })).toThrow(
		expect.objectContaining({ name: 'AccessDeniedException', status: 400 }),
	);
	expect(() => authorize(call, pass)).toThrow(expect.objectContaining({ name: 'AccessDenied', status: 403 }));
});
