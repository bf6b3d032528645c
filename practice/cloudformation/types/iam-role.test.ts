import { IAM } from '@aws-sdk/client-iam';
import { expect, test } from 'vitest';
import { testPractice } from '../../testing.ts';
import { group } from './iam-group.ts';
import { role } from './iam-role.ts';
import { user } from './iam-user.ts';
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

test('a role is made, read, changed and deleted', async () => {
	await using practice = await testPractice();
	const { create, read, update, exists, delete: remove } = tryOut(practice, role);
	const tags = [{ Key: 'team', Value: 'shop' }];
	const declared = {
		RoleName: 'Till',
		Path: '/shop/',
		AssumeRolePolicyDocument: trust('ec2.amazonaws.com'),
		Description: 'Takes money',
		MaxSessionDuration: 7200,
		PermissionsBoundary: administrator,
		ManagedPolicyArns: [readOnly, administrator],
		Policies: [
			{ PolicyName: 'b', PolicyDocument: may('sqs:*') },
			{ PolicyName: 'a', PolicyDocument: may('sns:*') },
		],
		Tags: tags,
	};
	expect(exists(declared)).toBeUndefined();
	const made = create(declared, tags);
	expect(made).toEqual({
		id: 'Till',
		attributes: {
			Arn: `arn:aws:iam::${practice.account.id}:role/shop/Till`,
			RoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}$/),
		},
	});
	expect(exists(declared)).toBe('Till');
	expect(read('Till', declared)).toEqual(declared);

	const after = {
		RoleName: 'Till',
		Path: '/shop/',
		AssumeRolePolicyDocument: trust('lambda.amazonaws.com'),
		Policies: [{ PolicyName: 'a', PolicyDocument: may('ssm:*') }],
	};
	update('Till', declared, after, tags, [{ Key: 'app', Value: 'till' }]);
	expect(read('Till', after)).toEqual({
		...after,
		MaxSessionDuration: 3600,
		ManagedPolicyArns: [],
		Tags: [{ Key: 'app', Value: 'till' }],
	});
	remove('Till', after);
	expect(read('Till', after)).toBeUndefined();
	remove('Till', after);
});

test('a role goes although somebody took a policy of it, and stays when somebody gave it one', async () => {
	await using practice = await testPractice();
	const { create, read, delete: remove } = tryOut(practice, role);
	const iam = new IAM(practice.client);
	const declared = {
		RoleName: 'Till',
		AssumeRolePolicyDocument: trust('ec2.amazonaws.com'),
		ManagedPolicyArns: [readOnly],
		Policies: [{ PolicyName: 'a', PolicyDocument: may('sqs:*') }],
	};
	create(declared);
	await iam.detachRolePolicy({ RoleName: 'Till', PolicyArn: readOnly });
	await iam.deleteRolePolicy({ RoleName: 'Till', PolicyName: 'a' });
	remove('Till', declared);
	expect(read('Till', declared)).toBeUndefined();

	create(declared);
	await iam.attachRolePolicy({ RoleName: 'Till', PolicyArn: administrator });
	expect(() => remove('Till', declared)).toThrow('Cannot delete entity, must detach all policies first.');
});

test('a role, user or group that is gone cannot be changed, though it would only lose something', async () => {
	await using practice = await testPractice();
	const inline = { Policies: [{ PolicyName: 'a', PolicyDocument: may('sqs:*') }] };
	const attached = { ManagedPolicyArns: [readOnly] };
	const trusting = { AssumeRolePolicyDocument: trust('ec2.amazonaws.com') };
	for (const had of [inline, attached]) {
		const roles = tryOut(practice, role);
		expect(() => roles.update('gone', { ...trusting, ...had }, trusting)).toThrow(
			'The role with name gone cannot be found.',
		);
		roles.delete('gone', { ...trusting, ...had });
		const users = tryOut(practice, user);
		expect(() => users.update('gone', had, {})).toThrow('The user with name gone cannot be found.');
		users.delete('gone', { ...had, Groups: ['gone'] });
		const groups = tryOut(practice, group);
		expect(() => groups.update('gone', had, {})).toThrow('The group with name gone cannot be found.');
		groups.delete('gone', had);
	}
});

test('documents that a template has as text come back as that text', async () => {
	await using practice = await testPractice();
	const { create, read } = tryOut(practice, role);
	const declared = {
		RoleName: 'Till',
		AssumeRolePolicyDocument: JSON.stringify(trust('ec2.amazonaws.com'), null, 2),
		Policies: [{ PolicyName: 'a', PolicyDocument: JSON.stringify(may('sqs:*')) }],
	};
	create(declared);
	expect(read('Till', declared)).toMatchObject(declared);
});
