import { IAM } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestPractice, testPractice } from '../../testing.ts';
import { awsManagedPolicies } from './aws-managed/index.ts';

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
const make = async (PolicyName: string, rest: object = {}) =>
	(await iam.createPolicy({ PolicyName, PolicyDocument: document(), ...rest })).Policy!.Arn!;
const makeRole = (RoleName: string) =>
	iam.createRole({
		RoleName,
		AssumeRolePolicyDocument: JSON.stringify({
			Version: '2012-10-17',
			Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
		}),
	});
const refused = (name: string, message: string) => expect.objectContaining({ name, message });

test('A policy that was created is there, with its first version', async () => {
	const Tags = [{ Key: 'team', Value: 'blue' }];
	const { Policy } = await iam.createPolicy({
		PolicyName: 'Everything',
		Path: '/shop/',
		Description: 'Reads',
		PolicyDocument: document(),
		Tags,
	});
	const PolicyArn = `arn:aws:iam::${account}:policy/shop/Everything`;
	const whole = {
		PolicyName: 'Everything',
		PolicyId: expect.stringMatching(/^ANPA[A-Z2-7]{17}$/),
		Arn: PolicyArn,
		Path: '/shop/',
		DefaultVersionId: 'v1',
		AttachmentCount: 0,
		PermissionsBoundaryUsageCount: 0,
		IsAttachable: true,
		CreateDate: expect.any(Date),
		UpdateDate: expect.any(Date),
		Description: 'Reads',
		Tags,
	};
	expect(Policy).toEqual(whole);
	expect((await iam.getPolicy({ PolicyArn })).Policy).toEqual(whole);
	expect((await iam.getPolicyVersion({ PolicyArn, VersionId: 'v1' })).PolicyVersion).toEqual({
		Document: encodeURIComponent(document()).replace('*', '%2A'),
		VersionId: 'v1',
		IsDefaultVersion: true,
		CreateDate: expect.any(Date),
	});
});

test('A policy is refused as IAM refuses it', async () => {
	await make('Taken');
	await expect(make('taken')).rejects.toEqual(
		refused('EntityAlreadyExistsException', 'A policy called taken already exists. Duplicate names are not allowed.'),
	);
	await expect(make('Bad', { PolicyDocument: '{' })).rejects.toEqual(
		refused('MalformedPolicyDocumentException', 'Syntax errors in policy.'),
	);
	const long = document(Array.from({ length: 600 }, (_, index) => `s3:Get${index}`));
	await expect(make('Long', { PolicyDocument: long })).rejects.toEqual(
		refused('LimitExceededException', 'Cannot exceed quota for PolicySize: 6144'),
	);
	await expect(make('no good!')).rejects.toEqual(
		refused(
			'ValidationError',
			'The specified value for policyName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-',
		),
	);
});

test('A policy that is not there was not found', async () => {
	const PolicyArn = `arn:aws:iam::${account}:policy/Nothing`;
	const missing = refused('NoSuchEntityException', `Policy ${PolicyArn} was not found.`);
	await expect(iam.getPolicy({ PolicyArn })).rejects.toEqual(missing);
	await expect(iam.deletePolicy({ PolicyArn })).rejects.toEqual(missing);
	await expect(iam.getPolicy({ PolicyArn: 'Nothing' })).rejects.toEqual(
		refused('InvalidInputException', 'ARN Nothing is not valid.'),
	);
});

test('AWS’s own policies are there, and one that is not is refused by name', async () => {
	const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
	const { Policy } = await iam.getPolicy({ PolicyArn });
	expect(Policy).toMatchObject({ PolicyName: 'AdministratorAccess', Path: '/', AttachmentCount: 1 });
	const unknown = 'arn:aws:iam::aws:policy/AmazonLexFullAccess';
	await expect(iam.getPolicy({ PolicyArn: unknown })).rejects.toEqual(
		refused(
			'NotImplemented',
			'The practice account does not have the AWS managed policy AmazonLexFullAccess. No lab needs it; a real account does.',
		),
	);
	await expect(iam.deletePolicy({ PolicyArn })).rejects.toEqual(
		refused('AccessDenied', `Policy ${PolicyArn} is an AWS managed policy, which nobody but AWS can change.`),
	);
});

test.each(Object.entries(awsManagedPolicies))('AWS’s %s can be put as a policy', async (name, awsDocument) => {
	const PolicyDocument = JSON.stringify(awsDocument);
	const { EvaluationResults } = await iam.simulateCustomPolicy({
		PolicyInputList: [PolicyDocument],
		ActionNames: ['a:B'],
	});
	expect(EvaluationResults![0]!.EvalDecision).toBe(
		name === 'AdministratorAccess' || name === 'PowerUserAccess' ? 'allowed' : 'implicitDeny',
	);
});

test('Versions come and go, up to five', async () => {
	const PolicyArn = await make('Versions');
	for (const action of ['s3:A', 's3:B', 's3:C']) {
		await iam.createPolicyVersion({ PolicyArn, PolicyDocument: document(action) });
	}
	const { PolicyVersion } = await iam.createPolicyVersion({
		PolicyArn,
		PolicyDocument: document('s3:D'),
		SetAsDefault: true,
	});
	expect(PolicyVersion).toEqual({ VersionId: 'v5', IsDefaultVersion: true, CreateDate: expect.any(Date) });
	await expect(iam.createPolicyVersion({ PolicyArn, PolicyDocument: document() })).rejects.toEqual(
		refused(
			'LimitExceededException',
			'A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.',
		),
	);
	await expect(iam.deletePolicyVersion({ PolicyArn, VersionId: 'v5' })).rejects.toEqual(
		refused('DeleteConflictException', 'Cannot delete the default version of a policy.'),
	);
	await iam.setDefaultPolicyVersion({ PolicyArn, VersionId: 'v2' });
	await iam.deletePolicyVersion({ PolicyArn, VersionId: 'v5' });
	const { Versions, IsTruncated, Marker } = await iam.listPolicyVersions({ PolicyArn, MaxItems: 3 });
	expect(Versions!.map(({ VersionId, IsDefaultVersion }) => [VersionId, IsDefaultVersion])).toEqual([
		['v4', false],
		['v3', false],
		['v2', true],
	]);
	expect(IsTruncated).toBe(true);
	expect((await iam.listPolicyVersions({ PolicyArn, Marker })).Versions).toMatchObject([{ VersionId: 'v1' }]);
	await expect(iam.getPolicyVersion({ PolicyArn, VersionId: 'v5' })).rejects.toEqual(
		refused('NoSuchEntityException', `Policy ${PolicyArn} version v5 does not exist or is not attachable.`),
	);
	await expect(iam.getPolicyVersion({ PolicyArn, VersionId: '5' })).rejects.toEqual(
		refused(
			'ValidationError',
			"1 validation error detected: Value '5' at 'versionId' failed to satisfy constraint: Member must satisfy regular expression pattern: v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?",
		),
	);
	await expect(iam.deletePolicy({ PolicyArn })).rejects.toEqual(
		refused(
			'DeleteConflictException',
			"This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
		),
	);
});

test('Policies are attached, listed and detached', async () => {
	const RoleName = 'holder';
	await makeRole(RoleName);
	const own = await make('Held', { Path: '/held/' });
	const logging = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
	for (const PolicyArn of [own, own, logging]) await iam.attachRolePolicy({ RoleName, PolicyArn });
	expect((await iam.listAttachedRolePolicies({ RoleName })).AttachedPolicies).toEqual(
		[
			{ PolicyName: 'Held', PolicyArn: own },
			{ PolicyName: 'AWSLambdaBasicExecutionRole', PolicyArn: logging },
		].sort((a, b) => (a.PolicyArn < b.PolicyArn ? -1 : 1)),
	);
	expect((await iam.listAttachedRolePolicies({ RoleName, PathPrefix: '/held/' })).AttachedPolicies).toHaveLength(1);
	expect((await iam.getPolicy({ PolicyArn: own })).Policy!.AttachmentCount).toBe(1);
	await expect(iam.deletePolicy({ PolicyArn: own })).rejects.toEqual(
		refused('DeleteConflictException', 'Cannot delete a policy attached to entities.'),
	);
	await iam.detachRolePolicy({ RoleName, PolicyArn: own });
	await expect(iam.detachRolePolicy({ RoleName, PolicyArn: own })).rejects.toEqual(
		refused('NoSuchEntityException', `Policy ${own} was not found.`),
	);
	const missing = `arn:aws:iam::${account}:policy/Missing`;
	await expect(iam.attachRolePolicy({ RoleName, PolicyArn: missing })).rejects.toEqual(
		refused('NoSuchEntityException', `Policy ${missing} does not exist or is not attachable.`),
	);
	await iam.deletePolicy({ PolicyArn: own });
});

test('At most ten policies hang on a role', async () => {
	const RoleName = 'full';
	await makeRole(RoleName);
	const names = Object.keys(awsManagedPolicies).slice(0, 11);
	const attach = (name: string) => iam.attachRolePolicy({ RoleName, PolicyArn: `arn:aws:iam::aws:policy/${name}` });
	for (const name of names.slice(0, 10)) await attach(name);
	await expect(attach(names[10]!)).rejects.toEqual(
		refused('LimitExceededException', 'Cannot exceed quota for PoliciesPerRole: 10'),
	);
});

test('A policy tells who has it', async () => {
	const PolicyArn = await make('Shared');
	await makeRole('sharing');
	await iam.createUser({ UserName: 'sharing' });
	await iam.createGroup({ GroupName: 'sharing' });
	await iam.attachRolePolicy({ RoleName: 'sharing', PolicyArn });
	await iam.attachUserPolicy({ UserName: 'sharing', PolicyArn });
	await iam.attachGroupPolicy({ GroupName: 'sharing', PolicyArn });
	await iam.putUserPermissionsBoundary({ UserName: 'sharing', PermissionsBoundary: PolicyArn });
	expect(await iam.listEntitiesForPolicy({ PolicyArn })).toMatchObject({
		PolicyGroups: [{ GroupName: 'sharing', GroupId: expect.stringMatching(/^AGPA/) }],
		PolicyRoles: [{ RoleName: 'sharing', RoleId: expect.stringMatching(/^AROA/) }],
		PolicyUsers: [{ UserName: 'sharing', UserId: expect.stringMatching(/^AIDA/) }],
		IsTruncated: false,
	});
	const bounding = await iam.listEntitiesForPolicy({ PolicyArn, PolicyUsageFilter: 'PermissionsBoundary' });
	expect(bounding).toMatchObject({ PolicyRoles: [], PolicyUsers: [{ UserName: 'sharing' }] });
	const roles = await iam.listEntitiesForPolicy({ PolicyArn, EntityFilter: 'Role' });
	expect(roles).toMatchObject({ PolicyGroups: [], PolicyRoles: [{ RoleName: 'sharing' }], PolicyUsers: [] });
});

test('Policies are listed by scope, path and use', async () => {
	await make('Listed', { Path: '/listed/' });
	const names = async (request: object) =>
		(await iam.listPolicies(request)).Policies!.map(({ PolicyName }) => PolicyName);
	expect(await names({ PathPrefix: '/listed/' })).toEqual(['Listed']);
	expect(await names({ PathPrefix: '/listed/', OnlyAttached: true })).toEqual([]);
	expect(await names({ Scope: 'AWS', MaxItems: 1000 })).toHaveLength(Object.keys(awsManagedPolicies).length);
	expect(await names({ Scope: 'Local' })).not.toContain('AdministratorAccess');
	expect(await names({ Scope: 'AWS', OnlyAttached: true, PolicyUsageFilter: 'PermissionsPolicy' })).toContain(
		'AdministratorAccess',
	);
});
