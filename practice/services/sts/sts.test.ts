import { IAM } from '@aws-sdk/client-iam';
import { SSM } from '@aws-sdk/client-ssm';
import { type AssumeRoleCommandInput, type Credentials, STS } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestPractice, testPractice } from '../../testing.ts';

let practice: TestPractice;
let iam: IAM;
let sts: STS;
let account: string;
beforeAll(async () => {
	practice = await testPractice();
	iam = new IAM(practice.client);
	sts = new STS(practice.client);
	account = practice.account.id;
	await role('worker', policy(allow('ssm:*')));
});
afterAll(() => practice.close());

const refused = (name: string, message: string) => expect.objectContaining({ name, message });
const policy = (...statements: object[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements });
const allow = (Action: string | string[], rest: object = {}) => ({ Effect: 'Allow', Action, Resource: '*', ...rest });
const root = () => ({ AWS: account });
const roleArn = (name: string) => `arn:aws:iam::${account}:role/${name}`;
/** A role that may do these things and trusts the account, or whom it is told. */
async function role(RoleName: string, permissions: string, trust: object = {}, rest: object = {}): Promise<string> {
	const statement = { Effect: 'Allow', Principal: root(), Action: ['sts:AssumeRole', 'sts:TagSession'], ...trust };
	await iam.createRole({ RoleName, AssumeRolePolicyDocument: policy(statement), ...rest });
	await iam.putRolePolicy({ RoleName, PolicyName: 'may', PolicyDocument: permissions });
	return roleArn(RoleName);
}
async function user(UserName: string, permissions?: string) {
	await iam.createUser({ UserName });
	if (permissions) await iam.putUserPolicy({ UserName, PolicyName: 'may', PolicyDocument: permissions });
	const { AccessKey } = await iam.createAccessKey({ UserName });
	return { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
}
const asKeys = ({ AccessKeyId, SecretAccessKey, SessionToken }: Credentials) => ({
	accessKeyId: AccessKeyId!,
	secretAccessKey: SecretAccessKey!,
	sessionToken: SessionToken!,
});
async function assumed(RoleArn: string, rest: Partial<AssumeRoleCommandInput> = {}, by: STS = sts) {
	const { Credentials: keys } = await by.assumeRole({ RoleArn, RoleSessionName: 'test', ...rest });
	return { ...practice.client, credentials: asKeys(keys!) };
}

test('The administrator learns who they are', async () => {
	expect(await sts.getCallerIdentity({})).toMatchObject({
		Account: account,
		Arn: `arn:aws:iam::${account}:user/administrator`,
	});
});

test('An assumed role gives keys that work, for as long as they say', async () => {
	const answer = await sts.assumeRole({
		RoleArn: roleArn('worker'),
		RoleSessionName: 'session-1',
		DurationSeconds: 900,
	});
	const id = (await iam.getRole({ RoleName: 'worker' })).Role!.RoleId;
	expect(answer).toEqual({
		$metadata: expect.anything(),
		Credentials: {
			AccessKeyId: expect.stringMatching(/^ASIA[A-Z2-7]{16}$/),
			SecretAccessKey: expect.any(String),
			SessionToken: expect.any(String),
			Expiration: expect.any(Date),
		},
		AssumedRoleUser: {
			AssumedRoleId: `${id}:session-1`,
			Arn: `arn:aws:sts::${account}:assumed-role/worker/session-1`,
		},
	});
	const seconds = (answer.Credentials!.Expiration!.getTime() - Date.now()) / 1000;
	expect(seconds).toBeGreaterThan(890);
	expect(seconds).toBeLessThanOrEqual(900);
	const client = { ...practice.client, credentials: asKeys(answer.Credentials!) };
	expect(await new STS(client).getCallerIdentity({})).toMatchObject({
		UserId: `${id}:session-1`,
		Account: account,
		Arn: `arn:aws:sts::${account}:assumed-role/worker/session-1`,
	});
	await new SSM(client).putParameter({ Name: '/worker', Type: 'String', Value: '1' });
});

test('Without its session token a temporary key is no key', async () => {
	const client = await assumed(roleArn('worker'));
	const { sessionToken: _without, ...credentials } = client.credentials;
	await expect(new STS({ ...client, credentials }).getCallerIdentity({})).rejects.toMatchObject({
		name: 'InvalidClientTokenId',
	});
});

test('A role that nobody trusts lets nobody in, not even the administrator', async () => {
	const arn = await role('closed', policy(allow('*')), { Principal: { Service: 'lambda.amazonaws.com' } });
	await expect(assumed(arn)).rejects.toEqual(
		refused(
			'AccessDenied',
			`User: arn:aws:iam::${account}:user/administrator is not authorized to perform: sts:AssumeRole on resource: ${arn} because no role trust policy allows the sts:AssumeRole action`,
		),
	);
	await expect(assumed(roleArn('missing'))).rejects.toEqual(
		refused(
			'AccessDenied',
			`User: arn:aws:iam::${account}:user/administrator is not authorized to perform: sts:AssumeRole on resource: ${roleArn('missing')}`,
		),
	);
});

test('Where the role trusts the account, a user needs a permission of their own', async () => {
	const arn = await role('delegated', policy(allow('*')));
	const without = new STS({ ...practice.client, credentials: await user('without') });
	await expect(assumed(arn, {}, without)).rejects.toEqual(
		refused(
			'AccessDenied',
			`User: arn:aws:iam::${account}:user/without is not authorized to perform: sts:AssumeRole on resource: ${arn} because no identity-based policy allows the sts:AssumeRole action`,
		),
	);
	await iam.putUserPolicy({
		UserName: 'without',
		PolicyName: 'assume',
		PolicyDocument: policy(allow('sts:AssumeRole')),
	});
	await assumed(arn, {}, without);
});

test('An external id is asked for', async () => {
	const arn = await role('partner', policy(allow('*')), {
		Condition: { StringEquals: { 'sts:ExternalId': 'secret' } },
	});
	await expect(assumed(arn)).rejects.toMatchObject({ name: 'AccessDenied' });
	await expect(assumed(arn, { ExternalId: 'guess' })).rejects.toMatchObject({ name: 'AccessDenied' });
	await assumed(arn, { ExternalId: 'secret' });
});

test('Session policies take away, inline and managed ones', async () => {
	const arn = await role('limited', policy(allow('ssm:*')));
	await new SSM(practice.client).putParameter({ Name: '/limited', Type: 'String', Value: '1' });
	const read = policy(allow('ssm:GetParameter'));
	const inline = new SSM(await assumed(arn, { Policy: read }));
	await inline.getParameter({ Name: '/limited' });
	await expect(inline.putParameter({ Name: '/limited', Value: '2', Overwrite: true })).rejects.toEqual(
		refused(
			'AccessDeniedException',
			`User: arn:aws:sts::${account}:assumed-role/limited/test is not authorized to perform: ssm:PutParameter on resource: arn:aws:ssm:us-east-1:${account}:parameter/limited because no session policy allows the ssm:PutParameter action`,
		),
	);
	const managed = new SSM(
		await assumed(arn, { PolicyArns: [{ arn: 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess' }] }),
	);
	await expect(managed.getParameter({ Name: '/limited' })).rejects.toMatchObject({
		message: expect.stringContaining('because no session policy allows the ssm:GetParameter action'),
	});
	const { PackedPolicySize } = await sts.assumeRole({ RoleArn: arn, RoleSessionName: 'test', Policy: read });
	expect(PackedPolicySize).toBe(Math.ceil((read.length / 2048) * 100));
	await expect(assumed(arn, { Policy: '{' })).rejects.toEqual(
		refused('MalformedPolicyDocumentException', 'Syntax errors in policy.'),
	);
	await expect(assumed(arn, { Policy: ' '.repeat(2049) })).rejects.toMatchObject({
		name: 'ValidationError',
		message: expect.stringContaining(
			"at 'policy' failed to satisfy constraint: Member must have length less than or equal to 2048",
		),
	});
});

test('Session tags decide, where the trust policy lets them be set', async () => {
	const mine = allow('ssm:GetParameter', { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'blue' } } });
	const arn = await role('tagged', policy(mine), {}, { Tags: [{ Key: 'team', Value: 'red' }] });
	await new SSM(practice.client).putParameter({ Name: '/tagged', Type: 'String', Value: '1' });
	await expect(new SSM(await assumed(arn)).getParameter({ Name: '/tagged' })).rejects.toMatchObject({
		name: 'AccessDeniedException',
	});
	const Tags = [{ Key: 'team', Value: 'blue' }];
	await new SSM(await assumed(arn, { Tags })).getParameter({ Name: '/tagged' });
	const untagged = await role('untagged', policy(mine), { Action: 'sts:AssumeRole' });
	await expect(assumed(untagged, { Tags })).rejects.toEqual(
		refused(
			'AccessDenied',
			`User: arn:aws:iam::${account}:user/administrator is not authorized to perform: sts:TagSession on resource: ${untagged} because no role trust policy allows the sts:TagSession action`,
		),
	);
});

test('Sessions have bounds', async () => {
	const arn = await role('timed', policy(allow('sts:AssumeRole')));
	const chained = new STS(await assumed(arn));
	await expect(assumed(arn, { DurationSeconds: 899 })).rejects.toEqual(
		refused(
			'ValidationError',
			"1 validation error detected: Value '899' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900",
		),
	);
	await expect(assumed(arn, { DurationSeconds: 43_201 })).rejects.toEqual(
		refused(
			'ValidationError',
			"1 validation error detected: Value '43201' at 'durationSeconds' failed to satisfy constraint: Member must have value less than or equal to 43200",
		),
	);
	await expect(assumed(arn, { DurationSeconds: 3601 })).rejects.toEqual(
		refused('ValidationError', 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.'),
	);
	await iam.updateRole({ RoleName: 'timed', MaxSessionDuration: 7200 });
	await assumed(arn, { DurationSeconds: 7200 });
	await expect(assumed(arn, { DurationSeconds: 7200 }, chained)).rejects.toEqual(
		refused(
			'ValidationError',
			'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
		),
	);
	await assumed(arn, { DurationSeconds: 3600 }, chained);
	await expect(assumed(arn, { RoleSessionName: 'x' })).rejects.toEqual(
		refused(
			'ValidationError',
			"1 validation error detected: Value 'x' at 'roleSessionName' failed to satisfy constraint: Member must have length greater than or equal to 2",
		),
	);
	await expect(assumed(arn, { RoleSessionName: 'a b' })).rejects.toEqual(
		refused(
			'ValidationError',
			"1 validation error detected: Value 'a b' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*",
		),
	);
	await expect(assumed('timed')).rejects.toEqual(refused('ValidationError', 'timed is invalid'));
});

test('Keys expire', async () => {
	const { Credentials: keys } = await sts.assumeRole({ RoleArn: roleArn('worker'), RoleSessionName: 'short' });
	const key = practice.account.keys.find(keys!.AccessKeyId!)!;
	practice.account.keys.update({ ...key, expires: Date.now() - 1 });
	await expect(new STS({ ...practice.client, credentials: asKeys(keys!) }).getCallerIdentity({})).rejects.toEqual(
		refused('ExpiredToken', 'The security token included in the request is expired'),
	);
});

test('A session of a role that was deleted and made again can do nothing', async () => {
	const permissions = policy(allow('iam:GetRole'));
	const client = new IAM(await assumed(await role('reborn', permissions)));
	await client.getRole({ RoleName: 'reborn' });
	await iam.deleteRolePolicy({ RoleName: 'reborn', PolicyName: 'may' });
	await iam.deleteRole({ RoleName: 'reborn' });
	await role('reborn', permissions);
	await expect(client.getRole({ RoleName: 'reborn' })).rejects.toMatchObject({ name: 'AccessDenied' });
});

test('A session token stands for its user', async () => {
	const credentials = await user('tokens', policy(allow('iam:GetUser')));
	const own = new STS({ ...practice.client, credentials });
	const { Credentials: keys } = await own.getSessionToken({ DurationSeconds: 900 });
	const client = { ...practice.client, credentials: asKeys(keys!) };
	expect((await new STS(client).getCallerIdentity({})).Arn).toBe(`arn:aws:iam::${account}:user/tokens`);
	expect((await new IAM(client).getUser({})).User!.UserName).toBe('tokens');
	const session = new STS(await assumed(roleArn('worker')));
	await expect(session.getSessionToken({})).rejects.toEqual(
		refused('AccessDenied', 'Cannot call GetSessionToken with session credentials'),
	);
	await expect(own.getSessionToken({ DurationSeconds: 129_601 })).rejects.toMatchObject({ name: 'ValidationError' });
});

test('An access key tells its account', async () => {
	const { Account } = await sts.getAccessKeyInfo({ AccessKeyId: practice.credentials.accessKeyId });
	expect(Account).toBe(account);
	await expect(sts.getAccessKeyInfo({ AccessKeyId: 'AKIA' })).rejects.toMatchObject({ name: 'ValidationError' });
	await expect(sts.getAccessKeyInfo({ AccessKeyId: 'not-one-of-ours-0000' })).rejects.toMatchObject({
		name: 'ValidationError',
	});
});

test('What is not there is refused by name', async () => {
	const missing = (what: string) =>
		refused('NotImplemented', `The practice account does not have ${what}. No lab needs it; a real account does.`);
	await expect(sts.decodeAuthorizationMessage({ EncodedMessage: 'x' })).rejects.toEqual(
		missing('sts:DecodeAuthorizationMessage'),
	);
	await expect(assumed(roleArn('worker'), { SourceIdentity: 'ana' })).rejects.toEqual(
		missing("AssumeRole's SourceIdentity"),
	);
	await expect(assumed('arn:aws:iam::444455556666:role/theirs')).rejects.toEqual(missing('roles of other accounts'));
});
