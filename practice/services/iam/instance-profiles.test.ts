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

test('Policies and instance profiles have tags too', async () => {
	const PolicyArn = await make('Tagged');
	await iam.tagPolicy({ PolicyArn, Tags: [{ Key: 'a', Value: '1' }] });
	expect((await iam.listPolicyTags({ PolicyArn })).Tags).toEqual([{ Key: 'a', Value: '1' }]);
	await iam.untagPolicy({ PolicyArn, TagKeys: ['A'] });
	expect((await iam.listPolicyTags({ PolicyArn })).Tags).toEqual([]);
	await iam.createInstanceProfile({ InstanceProfileName: 'tagged', Tags: [{ Key: 'a', Value: '1' }] });
	await iam.tagInstanceProfile({ InstanceProfileName: 'tagged', Tags: [{ Key: 'b', Value: '2' }] });
	await iam.untagInstanceProfile({ InstanceProfileName: 'tagged', TagKeys: ['a'] });
	const { Tags } = await iam.listInstanceProfileTags({ InstanceProfileName: 'tagged' });
	expect(Tags).toEqual([{ Key: 'b', Value: '2' }]);
});

test('An instance profile holds one role', async () => {
	const InstanceProfileName = 'machine';
	const { InstanceProfile } = await iam.createInstanceProfile({ InstanceProfileName, Path: '/fleet/' });
	expect(InstanceProfile).toEqual({
		Path: '/fleet/',
		InstanceProfileName,
		InstanceProfileId: expect.stringMatching(/^AIPA/),
		Arn: `arn:aws:iam::${account}:instance-profile/fleet/machine`,
		CreateDate: expect.any(Date),
		Roles: [],
	});
	await expect(iam.createInstanceProfile({ InstanceProfileName })).rejects.toEqual(
		refused('EntityAlreadyExistsException', 'Instance Profile machine already exists.'),
	);
	await makeRole('driver');
	await iam.addRoleToInstanceProfile({ InstanceProfileName, RoleName: 'driver' });
	await expect(iam.addRoleToInstanceProfile({ InstanceProfileName, RoleName: 'driver' })).rejects.toEqual(
		refused('LimitExceededException', 'Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1'),
	);
	const found = await iam.getInstanceProfile({ InstanceProfileName });
	expect(found.InstanceProfile!.Roles).toMatchObject([{ RoleName: 'driver' }]);
	expect((await iam.listInstanceProfiles({ PathPrefix: '/fleet/' })).InstanceProfiles).toHaveLength(1);
	expect((await iam.listInstanceProfilesForRole({ RoleName: 'driver' })).InstanceProfiles).toHaveLength(1);
	await expect(iam.deleteInstanceProfile({ InstanceProfileName })).rejects.toEqual(
		refused('DeleteConflictException', 'Cannot delete entity, must remove roles from instance profile first.'),
	);
	await iam.removeRoleFromInstanceProfile({ InstanceProfileName, RoleName: 'driver' });
	await expect(iam.removeRoleFromInstanceProfile({ InstanceProfileName, RoleName: 'driver' })).rejects.toEqual(
		refused('NoSuchEntityException', 'The role with name driver cannot be found.'),
	);
	await iam.deleteInstanceProfile({ InstanceProfileName });
	await expect(iam.getInstanceProfile({ InstanceProfileName })).rejects.toEqual(
		refused('NoSuchEntityException', 'Instance Profile machine cannot be found.'),
	);
});
