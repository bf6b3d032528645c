import { IAM } from '@aws-sdk/client-iam';
import { expect, test } from 'vitest';
import { testPractice } from '../../testing.ts';
import { accessKey } from './iam-access-key.ts';
import { group } from './iam-group.ts';
import { instanceProfile } from './iam-instance-profile.ts';
import { managedPolicy } from './iam-managed-policy.ts';
import { policy } from './iam-policy.ts';
import { role } from './iam-role.ts';
import { serviceLinkedRole } from './iam-service-linked-role.ts';
import { user } from './iam-user.ts';
import { userToGroupAddition } from './iam-user-to-group-addition.ts';
import { tryOut } from './parts/testing.ts';

const trust = (Service: string) => ({
	Version: '2012-10-17',
	Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }],
});
const may = (Action: string) => ({
	Version: '2012-10-17',
	Statement: [{ Effect: 'Allow', Action, Resource: '*' }],
});
const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
const administrator = 'arn:aws:iam::aws:policy/AdministratorAccess';

test('a user is made, read, changed and deleted', async () => {
	await using practice = await testPractice();
	const { create, read, update, exists, delete: remove } = tryOut(practice, user);
	tryOut(practice, group).create({ GroupName: 'clerks' });
	tryOut(practice, group).create({ GroupName: 'cooks' });
	const tags = [{ Key: 'team', Value: 'shop' }];
	const declared = {
		UserName: 'jo',
		Path: '/shop/',
		PermissionsBoundary: administrator,
		Groups: ['cooks', 'clerks'],
		ManagedPolicyArns: [readOnly],
		Policies: [{ PolicyName: 'a', PolicyDocument: may('sqs:*') }],
		Tags: tags,
	};
	expect(exists(declared)).toBeUndefined();
	expect(create(declared, tags)).toEqual({
		id: 'jo',
		attributes: { Arn: `arn:aws:iam::${practice.account.id}:user/shop/jo` },
	});
	expect(exists(declared)).toBe('jo');
	expect(read('jo', declared)).toEqual(declared);
	const after = { UserName: 'jo', Path: '/shop/', Groups: ['clerks'] };
	update('jo', declared, after, tags, []);
	expect(read('jo', after)).toEqual({ ...after, ManagedPolicyArns: [], Policies: [], Tags: [] });
	expect(() => update('jo', after, { ...after, Path: '/' })).toThrow(
		'The practice account does not have iam:UpdateUser. No lab needs it; a real account does.',
	);
	remove('jo', after);
	expect(read('jo', after)).toBeUndefined();
	remove('jo', after);
	expect(create({}).id).toMatch(/^stack-Logical-\w{12}$/);
});

test('a group is made, read, changed and deleted, and users join it', async () => {
	await using practice = await testPractice();
	const { create, read, update, exists, delete: remove } = tryOut(practice, group);
	const declared = {
		GroupName: 'clerks',
		Path: '/shop/',
		ManagedPolicyArns: [readOnly],
		Policies: [{ PolicyName: 'a', PolicyDocument: may('sqs:*') }],
	};
	expect(exists(declared)).toBeUndefined();
	expect(create(declared)).toEqual({
		id: 'clerks',
		attributes: { Arn: `arn:aws:iam::${practice.account.id}:group/shop/clerks` },
	});
	expect(exists(declared)).toBe('clerks');
	expect(read('clerks', declared)).toEqual(declared);
	const after = { GroupName: 'clerks', Path: '/shop/', ManagedPolicyArns: [administrator] };
	update('clerks', declared, after);
	expect(read('clerks', after)).toEqual({ ...after, Policies: [] });

	for (const UserName of ['jo', 'kim']) tryOut(practice, user).create({ UserName });
	create({ GroupName: 'cooks' });
	const joining = tryOut(practice, userToGroupAddition);
	const members = { GroupName: 'clerks', Users: ['kim', 'jo'] };
	const { id, attributes } = joining.create(members);
	expect(id).toMatch(/^stack-Logical-\w{12}$/);
	expect(attributes).toEqual({ Id: id });
	expect(joining.read(id, members)).toEqual(members);
	const moved = { GroupName: 'cooks', Users: ['jo'] };
	joining.update(id, members, moved);
	expect(joining.read(id, moved)).toEqual(moved);
	expect(joining.read(id, members)).toBeUndefined();
	joining.delete(id, moved);
	expect(joining.read(id, moved)).toBeUndefined();
	joining.delete(id, moved);

	remove('clerks', after);
	expect(read('clerks', after)).toBeUndefined();
	remove('clerks', after);
});

test('an access key belongs to a user, and can be switched off', async () => {
	await using practice = await testPractice();
	tryOut(practice, user).create({ UserName: 'jo' });
	const { create, read, update, delete: remove } = tryOut(practice, accessKey);
	const declared = { UserName: 'jo', Status: 'Inactive' as const, Serial: 1 };
	const { id, attributes } = create(declared);
	expect(id).toMatch(/^AKIA/);
	expect(attributes).toEqual({ Id: id, SecretAccessKey: expect.stringMatching(/^.{40}$/) });
	expect(read(id, declared)).toEqual(declared);
	update(id, declared, { UserName: 'jo' });
	expect(read(id, { UserName: 'jo' })).toEqual({ UserName: 'jo', Status: 'Active' });
	remove(id, declared);
	expect(read(id, declared)).toBeUndefined();
	remove(id, declared);
});

test('an inline policy is written into roles, users and groups', async () => {
	await using practice = await testPractice();
	tryOut(practice, role).create({ RoleName: 'Till', AssumeRolePolicyDocument: trust('ec2.amazonaws.com') });
	tryOut(practice, user).create({ UserName: 'jo' });
	tryOut(practice, group).create({ GroupName: 'clerks' });
	const { create, read, update, delete: remove } = tryOut(practice, policy);
	const all = { Roles: ['Till'], Users: ['jo'], Groups: ['clerks'] };
	const declared = { PolicyName: 'a', PolicyDocument: may('sqs:*'), ...all };
	const { id, attributes } = create(declared);
	expect(attributes).toEqual({ Id: id });
	expect(read(id, declared)).toEqual(declared);
	await new IAM(practice.client).putUserPolicy({
		UserName: 'jo',
		PolicyName: 'a',
		PolicyDocument: JSON.stringify(may('s3:*')),
	});
	expect(read(id, declared)).toEqual({ ...declared, PolicyDocument: may('s3:*') });
	const fewer = { PolicyName: 'a', PolicyDocument: may('sns:*'), Users: ['jo'] };
	update(id, declared, fewer);
	expect(read(id, { ...fewer, ...all })).toEqual(fewer);
	const renamed = { ...fewer, PolicyName: 'b' };
	update(id, fewer, renamed);
	expect(read(id, fewer)).toBeUndefined();
	expect(read(id, renamed)).toEqual(renamed);
	remove(id, renamed);
	expect(read(id, renamed)).toBeUndefined();
	remove(id, renamed);
	expect(() => create({ PolicyName: 'a', PolicyDocument: may('sqs:*') })).toThrow(
		'At least one of [Groups,Roles,Users] must be non-empty.',
	);
});

test('a managed policy keeps its last five versions, and goes with all of them', async () => {
	await using practice = await testPractice();
	tryOut(practice, role).create({ RoleName: 'Till', AssumeRolePolicyDocument: trust('ec2.amazonaws.com') });
	tryOut(practice, user).create({ UserName: 'jo' });
	const { create, read, update, exists, delete: remove } = tryOut(practice, managedPolicy);
	const declared = {
		ManagedPolicyName: 'Sell',
		Path: '/shop/',
		Description: 'Who may sell',
		PolicyDocument: may('sqs:*'),
		Roles: ['Till'],
		Users: [] as string[],
		Groups: [] as string[],
	};
	const arn = `arn:aws:iam::${practice.account.id}:policy/shop/Sell`;
	const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
	expect(exists(declared)).toBeUndefined();
	expect(create(declared)).toEqual({
		id: arn,
		attributes: {
			PolicyArn: arn,
			PolicyId: expect.stringMatching(/^ANPA/),
			DefaultVersionId: 'v1',
			AttachmentCount: 1,
			PermissionsBoundaryUsageCount: 0,
			IsAttachable: true,
			CreateDate: time,
			UpdateDate: time,
		},
	});
	expect(exists(declared)).toBe(arn);
	expect(read(arn, declared)).toEqual(declared);
	let before = declared;
	for (const action of ['sns:*', 'ssm:*', 's3:*', 'ecr:*', 'logs:*']) {
		const after = { ...declared, Roles: [], Users: ['jo'], PolicyDocument: may(action) };
		update(arn, before, after);
		before = after;
	}
	expect(read(arn, before)).toEqual(before);
	const { Versions } = await new IAM(practice.client).listPolicyVersions({ PolicyArn: arn });
	expect(Versions!.map(({ VersionId }) => VersionId)).toEqual(['v6', 'v5', 'v4', 'v3', 'v2']);
	remove(arn, before);
	expect(read(arn, before)).toBeUndefined();
	remove(arn, before);
});

test('an instance profile holds a role', async () => {
	await using practice = await testPractice();
	for (const RoleName of ['Till', 'Kitchen']) {
		tryOut(practice, role).create({ RoleName, AssumeRolePolicyDocument: trust('ec2.amazonaws.com') });
	}
	const { create, read, update, exists, delete: remove } = tryOut(practice, instanceProfile);
	const declared = { InstanceProfileName: 'servers', Path: '/shop/', Roles: ['Till'] };
	expect(exists(declared)).toBeUndefined();
	expect(create(declared)).toEqual({
		id: 'servers',
		attributes: { Arn: `arn:aws:iam::${practice.account.id}:instance-profile/shop/servers` },
	});
	expect(exists(declared)).toBe('servers');
	expect(read('servers', declared)).toEqual(declared);
	const after = { ...declared, Roles: ['Kitchen'] };
	update('servers', declared, after);
	expect(read('servers', after)).toEqual(after);
	remove('servers', after);
	expect(read('servers', after)).toBeUndefined();
	remove('servers', after);
});

test('a service-linked role is made for its service', async () => {
	await using practice = await testPractice();
	const { create, read, update, delete: remove } = tryOut(practice, serviceLinkedRole);
	const declared = { AWSServiceName: 'ecs.amazonaws.com', Description: 'For ECS' };
	const name = 'AWSServiceRoleForECS';
	expect(create(declared)).toEqual({ id: name, attributes: { RoleName: name } });
	expect(read(name, declared)).toEqual(declared);
	update(name, declared, { AWSServiceName: 'ecs.amazonaws.com' });
	expect(read(name, declared)).toEqual({ AWSServiceName: 'ecs.amazonaws.com' });
	remove(name, declared);
	expect(read(name, declared)).toBeUndefined();
	remove(name, declared);
});
