import { IAM } from '@aws-sdk/client-iam';
import { STS } from '@aws-sdk/client-sts';
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

const PolicyDocument = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:Get*","Resource":"*"}]}';
const readOnly = 'arn:aws:iam::aws:policy/IAMReadOnlyAccess';
const refused = (name: string, message: string) => expect.objectContaining({ name, message });

test('A user that was created is there', async () => {
	const { User } = await iam.createUser({ UserName: 'ana', Path: '/shop/', Tags: [{ Key: 'team', Value: 'blue' }] });
	const whole = {
		Path: '/shop/',
		UserName: 'ana',
		UserId: expect.stringMatching(/^AIDA[A-Z2-7]{17}$/),
		Arn: `arn:aws:iam::${account}:user/shop/ana`,
		CreateDate: expect.any(Date),
		Tags: [{ Key: 'team', Value: 'blue' }],
	};
	expect(User).toEqual(whole);
	expect((await iam.getUser({ UserName: 'ana' })).User).toEqual(whole);
	expect((await iam.listUsers({ PathPrefix: '/shop/' })).Users!.map(({ UserName }) => UserName)).toEqual(['ana']);
	await expect(iam.createUser({ UserName: 'ANA' })).rejects.toEqual(
		refused('EntityAlreadyExistsException', 'User with name ANA already exists.'),
	);
	await expect(iam.getUser({ UserName: 'ben' })).rejects.toEqual(
		refused('NoSuchEntityException', 'The user with name ben cannot be found.'),
	);
	await expect(iam.createUser({ UserName: 'a b' })).rejects.toEqual(
		refused(
			'ValidationError',
			'The specified value for userName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-',
		),
	);
});

test('The administrator is a user too, whom nobody changes', async () => {
	const { User } = await iam.getUser({});
	expect(User).toMatchObject({ UserName: 'administrator', Arn: `arn:aws:iam::${account}:user/administrator` });
	expect((await iam.listUsers({})).Users).toContainEqual(expect.objectContaining({ UserName: 'administrator' }));
	await expect(iam.deleteUser({ UserName: 'administrator' })).rejects.toMatchObject({
		name: 'DeleteConflictException',
	});
	const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
	await expect(iam.detachUserPolicy({ UserName: 'administrator', PolicyArn })).rejects.toEqual(
		refused(
			'NotImplemented',
			'The practice account does not have changes to the user administrator. No lab needs it; a real account does.',
		),
	);
});

test('Access keys are real: they sign, until they are switched off', async () => {
	const UserName = 'signer';
	const { User } = await iam.createUser({ UserName });
	const { AccessKey } = await iam.createAccessKey({ UserName });
	expect(AccessKey).toEqual({
		UserName,
		AccessKeyId: expect.stringMatching(/^AKIA[A-Z2-7]{16}$/),
		Status: 'Active',
		SecretAccessKey: expect.stringMatching(/^.{40}$/),
		CreateDate: expect.any(Date),
	});
	const { AccessKeyId, SecretAccessKey } = AccessKey!;
	const credentials = { accessKeyId: AccessKeyId!, secretAccessKey: SecretAccessKey! };
	const sts = new STS({ ...practice.client, credentials });
	expect(await sts.getCallerIdentity({})).toMatchObject({
		UserId: User!.UserId,
		Account: account,
		Arn: `arn:aws:iam::${account}:user/signer`,
	});

	await iam.updateAccessKey({ UserName, AccessKeyId, Status: 'Inactive' });
	expect((await iam.listAccessKeys({ UserName })).AccessKeyMetadata).toEqual([
		{ UserName, AccessKeyId, Status: 'Inactive', CreateDate: expect.any(Date) },
	]);
	await expect(sts.getCallerIdentity({})).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
	await iam.updateAccessKey({ UserName, AccessKeyId, Status: 'Active' });
	await sts.getCallerIdentity({});

	await iam.createAccessKey({ UserName });
	await expect(iam.createAccessKey({ UserName })).rejects.toEqual(
		refused('LimitExceededException', 'Cannot exceed quota for AccessKeysPerUser: 2'),
	);
	await iam.deleteAccessKey({ UserName, AccessKeyId });
	await expect(sts.getCallerIdentity({})).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
	await expect(iam.deleteAccessKey({ UserName, AccessKeyId })).rejects.toEqual(
		refused('NoSuchEntityException', `The Access Key with id ${AccessKeyId} cannot be found.`),
	);
	await expect(iam.updateAccessKey({ UserName, AccessKeyId, Status: 'Off' as never })).rejects.toEqual(
		refused(
			'ValidationError',
			"1 validation error detected: Value 'Off' at 'status' failed to satisfy constraint: Member must satisfy enum value set: [Active, Inactive]",
		),
	);
});

test('A user is deleted only when nothing hangs on it', async () => {
	const UserName = 'busy';
	await iam.createUser({ UserName });
	await iam.createGroup({ GroupName: 'busy' });
	await iam.addUserToGroup({ UserName, GroupName: 'busy' });
	const { AccessKey } = await iam.createAccessKey({ UserName });
	await iam.attachUserPolicy({ UserName, PolicyArn: readOnly });
	await iam.putUserPolicy({ UserName, PolicyName: 'inline', PolicyDocument });
	const because = (message: string) =>
		expect(iam.deleteUser({ UserName })).rejects.toEqual(refused('DeleteConflictException', message));
	await because('Cannot delete entity, must delete access keys first.');
	await iam.deleteAccessKey({ UserName, AccessKeyId: AccessKey!.AccessKeyId! });
	await because('Cannot delete entity, must remove users from group first.');
	await iam.removeUserFromGroup({ UserName, GroupName: 'busy' });
	await because('Cannot delete entity, must detach all policies first.');
	await iam.detachUserPolicy({ UserName, PolicyArn: readOnly });
	await because('Cannot delete entity, must delete policies first.');
	await iam.deleteUserPolicy({ UserName, PolicyName: 'inline' });
	await iam.deleteUser({ UserName });
	await expect(iam.getUser({ UserName })).rejects.toMatchObject({ name: 'NoSuchEntityException' });
});

test('A user has inline policies, attached ones, tags and a boundary', async () => {
	const UserName = 'whole';
	await iam.createUser({ UserName });
	await iam.putUserPolicy({ UserName, PolicyName: 'inline', PolicyDocument });
	expect((await iam.listUserPolicies({ UserName })).PolicyNames).toEqual(['inline']);
	expect((await iam.getUserPolicy({ UserName, PolicyName: 'inline' })).PolicyName).toBe('inline');
	await expect(iam.getUserPolicy({ UserName, PolicyName: 'none' })).rejects.toEqual(
		refused('NoSuchEntityException', 'The user policy with name none cannot be found.'),
	);
	await iam.attachUserPolicy({ UserName, PolicyArn: readOnly });
	expect((await iam.listAttachedUserPolicies({ UserName })).AttachedPolicies).toEqual([
		{ PolicyName: 'IAMReadOnlyAccess', PolicyArn: readOnly },
	]);
	await iam.tagUser({ UserName, Tags: [{ Key: 'a', Value: '1' }] });
	await iam.untagUser({ UserName, TagKeys: ['b'] });
	expect((await iam.listUserTags({ UserName })).Tags).toEqual([{ Key: 'a', Value: '1' }]);
	await iam.putUserPermissionsBoundary({ UserName, PermissionsBoundary: readOnly });
	expect((await iam.getUser({ UserName })).User!.PermissionsBoundary!.PermissionsBoundaryArn).toBe(readOnly);
	await iam.deleteUserPermissionsBoundary({ UserName });
	expect((await iam.getUser({ UserName })).User!.PermissionsBoundary).toBeUndefined();
});

test('A group has members and policies', async () => {
	const GroupName = 'team';
	const { Group } = await iam.createGroup({ GroupName, Path: '/shop/' });
	expect(Group).toEqual({
		Path: '/shop/',
		GroupName,
		GroupId: expect.stringMatching(/^AGPA/),
		Arn: `arn:aws:iam::${account}:group/shop/team`,
		CreateDate: expect.any(Date),
	});
	await expect(iam.createGroup({ GroupName })).rejects.toEqual(
		refused('EntityAlreadyExistsException', 'Group with name team already exists.'),
	);
	await iam.createUser({ UserName: 'member' });
	await iam.addUserToGroup({ GroupName, UserName: 'member' });
	await iam.putGroupPolicy({ GroupName, PolicyName: 'inline', PolicyDocument });
	await iam.attachGroupPolicy({ GroupName, PolicyArn: readOnly });
	expect((await iam.getGroup({ GroupName })).Users).toMatchObject([{ UserName: 'member' }]);
	expect((await iam.listGroups({ PathPrefix: '/shop/' })).Groups).toEqual([Group]);
	expect((await iam.listGroupsForUser({ UserName: 'member' })).Groups).toEqual([Group]);
	expect((await iam.listGroupPolicies({ GroupName })).PolicyNames).toEqual(['inline']);
	expect((await iam.listAttachedGroupPolicies({ GroupName })).AttachedPolicies).toHaveLength(1);
	const because = (message: string) =>
		expect(iam.deleteGroup({ GroupName })).rejects.toEqual(refused('DeleteConflictException', message));
	await because('Cannot delete entity, must remove users from group first.');
	await iam.removeUserFromGroup({ GroupName, UserName: 'member' });
	await because('Cannot delete entity, must detach all policies first.');
	await iam.detachGroupPolicy({ GroupName, PolicyArn: readOnly });
	await because('Cannot delete entity, must delete policies first.');
	await iam.deleteGroupPolicy({ GroupName, PolicyName: 'inline' });
	await iam.deleteGroup({ GroupName });
	await expect(iam.getGroup({ GroupName })).rejects.toEqual(
		refused('NoSuchEntityException', 'The group with name team cannot be found.'),
	);
});
