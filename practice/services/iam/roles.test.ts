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

const trust = (principal: object = { Service: 'lambda.amazonaws.com' }) =>
	JSON.stringify({
		Version: '2012-10-17',
		Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' }],
	});
const logging = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
const make = (RoleName: string, rest: object = {}) =>
	iam.createRole({ RoleName, AssumeRolePolicyDocument: trust(), ...rest });
const refused = (name: string, message: string) => expect.objectContaining({ name, message });

test('A role that was created is there, with everything that it was given', async () => {
	const boundary = 'arn:aws:iam::aws:policy/PowerUserAccess';
	const { Role: created } = await make('everything', {
		Path: '/shop/',
		Description: 'Runs the shop',
		MaxSessionDuration: 7200,
		PermissionsBoundary: boundary,
		Tags: [{ Key: 'team', Value: 'blue' }],
	});
	const common = {
		Path: '/shop/',
		RoleName: 'everything',
		RoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}$/),
		Arn: `arn:aws:iam::${account}:role/shop/everything`,
		CreateDate: expect.any(Date),
		AssumeRolePolicyDocument: encodeURIComponent(trust()),
		Description: 'Runs the shop',
		PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: boundary },
		Tags: [{ Key: 'team', Value: 'blue' }],
	};
	expect(created).toEqual(common);
	const { Role: found } = await iam.getRole({ RoleName: 'everything' });
	expect(found).toEqual({ ...common, MaxSessionDuration: 7200, RoleLastUsed: {} });
	expect(found!.RoleId).toBe(created!.RoleId);
});

test('A name is taken, whatever its case', async () => {
	await make('Taken');
	await expect(make('taken')).rejects.toEqual(
		refused('EntityAlreadyExistsException', 'Role with name taken already exists.'),
	);
});

test('A role that is not there cannot be found', async () => {
	const missing = refused('NoSuchEntityException', 'The role with name nobody cannot be found.');
	const RoleName = 'nobody';
	await expect(iam.getRole({ RoleName })).rejects.toEqual(missing);
	await expect(iam.deleteRole({ RoleName })).rejects.toEqual(missing);
	await expect(iam.updateRole({ RoleName })).rejects.toEqual(missing);
	await expect(iam.updateAssumeRolePolicy({ RoleName, PolicyDocument: trust() })).rejects.toEqual(missing);
	await expect(iam.attachRolePolicy({ RoleName, PolicyArn: logging })).rejects.toEqual(missing);
	await expect(iam.listRolePolicies({ RoleName })).rejects.toEqual(missing);
});

test.each([
	[
		'no good!',
		{},
		'The specified value for roleName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-',
	],
	[
		'x'.repeat(65),
		{},
		`1 validation error detected: Value '${'x'.repeat(65)}' at 'roleName' failed to satisfy constraint: Member must have length less than or equal to 64`,
	],
	[
		'path',
		{ Path: 'shop' },
		'The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.',
	],
	[
		'short',
		{ MaxSessionDuration: 3599 },
		"1 validation error detected: Value '3599' at 'maxSessionDuration' failed to satisfy constraint: Member must have value greater than or equal to 3600",
	],
	[
		'long',
		{ MaxSessionDuration: 43201 },
		"1 validation error detected: Value '43201' at 'maxSessionDuration' failed to satisfy constraint: Member must have value less than or equal to 43200",
	],
])('The role %s %j is refused', async (name, rest, message) => {
	await expect(make(name, rest)).rejects.toEqual(refused('ValidationError', message));
});

test('Trust policies name principals that exist', async () => {
	const create = (principal: object) =>
		iam.createRole({ RoleName: 'trusting', AssumeRolePolicyDocument: trust(principal) });
	const nobody = `arn:aws:iam::${account}:role/nobody`;
	await expect(create({ AWS: nobody })).rejects.toEqual(
		refused('MalformedPolicyDocumentException', `Invalid principal in policy: "AWS":"${nobody}"`),
	);
	await expect(create({ Service: 'lambda' })).rejects.toEqual(
		refused('MalformedPolicyDocumentException', 'Invalid principal in policy: "SERVICE":"lambda"'),
	);
	await expect(create({ AWS: `arn:aws:iam::${account}:user/*` })).rejects.toEqual(
		refused('MalformedPolicyDocumentException', `Invalid principal in policy: "AWS":"arn:aws:iam::${account}:user/*"`),
	);
	await create({
		AWS: [account, `arn:aws:iam::${account}:user/administrator`, 'arn:aws:iam::444455556666:role/theirs'],
	});
});

test('A trust policy can be replaced, by a good one', async () => {
	await make('replaced');
	const PolicyDocument = trust({ Service: 'codebuild.amazonaws.com' });
	await iam.updateAssumeRolePolicy({ RoleName: 'replaced', PolicyDocument });
	const { Role } = await iam.getRole({ RoleName: 'replaced' });
	expect(Role!.AssumeRolePolicyDocument).toBe(encodeURIComponent(PolicyDocument));
	await expect(iam.updateAssumeRolePolicy({ RoleName: 'replaced', PolicyDocument: '{' })).rejects.toEqual(
		refused('MalformedPolicyDocumentException', 'This policy contains invalid Json'),
	);
	const many = trust({ AWS: Array.from({ length: 170 }, (_, index) => String(100000000000 + index)) });
	await expect(iam.updateAssumeRolePolicy({ RoleName: 'replaced', PolicyDocument: many })).rejects.toEqual(
		refused('LimitExceededException', 'Cannot exceed quota for ACLSizePerRole: 2048'),
	);
});

test('Description and longest session can be changed', async () => {
	await make('changed');
	await iam.updateRole({ RoleName: 'changed', Description: 'new', MaxSessionDuration: 43_200 });
	expect((await iam.getRole({ RoleName: 'changed' })).Role).toMatchObject({
		Description: 'new',
		MaxSessionDuration: 43_200,
	});
	const { Role } = await iam.updateRoleDescription({ RoleName: 'changed', Description: 'newer' });
	expect(Role!.Description).toBe('newer');
});

test('Lists go by path, page by page', async () => {
	for (const name of ['c', 'a', 'b']) await make(`page-${name}`, { Path: '/pages/' });
	const first = await iam.listRoles({ PathPrefix: '/pages/', MaxItems: 2 });
	expect(first.Roles!.map(({ RoleName }) => RoleName)).toEqual(['page-a', 'page-b']);
	expect(first.IsTruncated).toBe(true);
	const second = await iam.listRoles({ PathPrefix: '/pages/', MaxItems: 2, Marker: first.Marker });
	expect(second).toMatchObject({ IsTruncated: false, Roles: [{ RoleName: 'page-c', MaxSessionDuration: 3600 }] });
	await expect(iam.listRoles({ MaxItems: 0 })).rejects.toEqual(
		refused(
			'ValidationError',
			"1 validation error detected: Value '0' at 'maxItems' failed to satisfy constraint: Member must have value greater than or equal to 1",
		),
	);
	await expect(iam.listRoles({ Marker: 'no marker' })).rejects.toEqual(refused('ValidationError', 'Invalid Marker.'));
});

test('A role is deleted only when nothing hangs on it', async () => {
	const RoleName = 'busy';
	const { Role } = await make(RoleName);
	await iam.createInstanceProfile({ InstanceProfileName: 'busy' });
	await iam.addRoleToInstanceProfile({ InstanceProfileName: 'busy', RoleName });
	await iam.attachRolePolicy({ RoleName, PolicyArn: logging });
	await iam.putRolePolicy({
		RoleName,
		PolicyName: 'inline',
		PolicyDocument: JSON.stringify({
			Version: '2012-10-17',
			Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*' },
		}),
	});
	const because = (message: string) =>
		expect(iam.deleteRole({ RoleName })).rejects.toEqual(refused('DeleteConflictException', message));
	await because('Cannot delete entity, must remove roles from instance profile first.');
	await iam.removeRoleFromInstanceProfile({ InstanceProfileName: 'busy', RoleName });
	await because('Cannot delete entity, must detach all policies first.');
	await iam.detachRolePolicy({ RoleName, PolicyArn: logging });
	await because('Cannot delete entity, must delete policies first.');
	await iam.deleteRolePolicy({ RoleName, PolicyName: 'inline' });
	await iam.deleteRole({ RoleName });
	const { Role: again } = await make(RoleName);
	expect(again!.RoleId).not.toBe(Role!.RoleId);
});

test('Tags are added, replaced and taken away', async () => {
	await make('tagged', { Tags: [{ Key: 'team', Value: 'blue' }] });
	await iam.tagRole({
		RoleName: 'tagged',
		Tags: [
			{ Key: 'Team', Value: 'red' },
			{ Key: 'app', Value: '' },
		],
	});
	expect((await iam.listRoleTags({ RoleName: 'tagged' })).Tags).toEqual([
		{ Key: 'Team', Value: 'red' },
		{ Key: 'app', Value: '' },
	]);
	await iam.untagRole({ RoleName: 'tagged', TagKeys: ['app'] });
	expect(await iam.listRoleTags({ RoleName: 'tagged' })).toMatchObject({
		Tags: [{ Key: 'Team', Value: 'red' }],
		IsTruncated: false,
	});
	await expect(iam.tagRole({ RoleName: 'tagged', Tags: [{ Key: 'aws:x', Value: '' }] })).rejects.toEqual(
		refused('InvalidInputException', 'Tag keys starting with aws: are reserved for system use.'),
	);
	const twice = [
		{ Key: 'a', Value: '1' },
		{ Key: 'A', Value: '2' },
	];
	await expect(iam.tagRole({ RoleName: 'tagged', Tags: twice })).rejects.toEqual(
		refused('InvalidInputException', 'Duplicate tag keys found. Please note that Tag keys are case insensitive.'),
	);
	const many = Array.from({ length: 50 }, (_, index) => ({ Key: `k${index}`, Value: '' }));
	await expect(iam.tagRole({ RoleName: 'tagged', Tags: many })).rejects.toEqual(
		refused('LimitExceededException', 'Cannot exceed quota for TagsPerResource: 50'),
	);
	await expect(iam.tagRole({ RoleName: 'tagged', Tags: [{ Key: '', Value: '' }] })).rejects.toEqual(
		refused(
			'ValidationError',
			"1 validation error detected: Value '' at 'tags.1.member.key' failed to satisfy constraint: Member must have length greater than or equal to 1",
		),
	);
});

test('A boundary is set and taken away', async () => {
	await make('bounded');
	const boundary = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
	await iam.putRolePermissionsBoundary({ RoleName: 'bounded', PermissionsBoundary: boundary });
	const bounded = (await iam.getRole({ RoleName: 'bounded' })).Role!;
	expect(bounded.PermissionsBoundary).toEqual({ PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: boundary });
	await iam.deleteRolePermissionsBoundary({ RoleName: 'bounded' });
	expect((await iam.getRole({ RoleName: 'bounded' })).Role!.PermissionsBoundary).toBeUndefined();
	const missing = `arn:aws:iam::${account}:policy/missing`;
	await expect(make('unbounded', { PermissionsBoundary: missing })).rejects.toEqual(
		refused('NoSuchEntityException', `Scope ARN: ${missing} does not exist or is not attachable.`),
	);
});

test('Inline policies are put, read, listed and deleted', async () => {
	const RoleName = 'inline';
	await make(RoleName);
	const PolicyDocument = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}';
	for (const PolicyName of ['two', 'one']) await iam.putRolePolicy({ RoleName, PolicyName, PolicyDocument });
	expect((await iam.listRolePolicies({ RoleName })).PolicyNames).toEqual(['one', 'two']);
	const got = await iam.getRolePolicy({ RoleName, PolicyName: 'one' });
	expect(got).toMatchObject({
		RoleName,
		PolicyName: 'one',
		PolicyDocument: encodeURIComponent(PolicyDocument).replace('*', '%2A').replace('*', '%2A'),
	});
	await iam.deleteRolePolicy({ RoleName, PolicyName: 'one' });
	const missing = refused('NoSuchEntityException', 'The role policy with name one cannot be found.');
	await expect(iam.getRolePolicy({ RoleName, PolicyName: 'one' })).rejects.toEqual(missing);
	await expect(iam.deleteRolePolicy({ RoleName, PolicyName: 'one' })).rejects.toEqual(missing);
	await expect(iam.putRolePolicy({ RoleName, PolicyName: 'bad', PolicyDocument: '{}' })).rejects.toEqual(
		refused('MalformedPolicyDocumentException', 'Syntax errors in policy.'),
	);
	const long = PolicyDocument.replace('"s3:*"', JSON.stringify(Array.from({ length: 900 }, (_, i) => `s3:Get${i}`)));
	await expect(iam.putRolePolicy({ RoleName, PolicyName: 'long', PolicyDocument: long })).rejects.toEqual(
		refused('LimitExceededException', 'Maximum policy size of 10240 bytes exceeded for role inline'),
	);
});
