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

const logging = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
const refused = (name: string, message: string) => expect.objectContaining({ name, message });

test('A service makes its own role, which only it may change', async () => {
	const AWSServiceName = 'ecs.amazonaws.com';
	const { Role } = await iam.createServiceLinkedRole({ AWSServiceName, Description: 'for tasks' });
	expect(Role).toMatchObject({
		RoleName: 'AWSServiceRoleForECS',
		Path: '/aws-service-role/ecs.amazonaws.com/',
		Arn: `arn:aws:iam::${account}:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS`,
		Description: 'for tasks',
	});
	await expect(iam.createServiceLinkedRole({ AWSServiceName })).rejects.toEqual(
		refused(
			'InvalidInputException',
			'Service role name AWSServiceRoleForECS has been taken in this account, please try a different suffix.',
		),
	);
	const RoleName = Role!.RoleName!;
	const protectedRole = refused(
		'UnmodifiableEntityException',
		`Cannot perform the operation on the protected role '${RoleName}' - this role is only modifiable by AWS`,
	);
	await expect(iam.deleteRole({ RoleName })).rejects.toEqual(protectedRole);
	await expect(iam.attachRolePolicy({ RoleName, PolicyArn: logging })).rejects.toEqual(protectedRole);
	const { DeletionTaskId } = await iam.deleteServiceLinkedRole({ RoleName });
	expect(await iam.getServiceLinkedRoleDeletionStatus({ DeletionTaskId })).toMatchObject({ Status: 'SUCCEEDED' });
	await expect(iam.getRole({ RoleName })).rejects.toEqual(
		refused('NoSuchEntityException', `The role with name ${RoleName} cannot be found.`),
	);
	await expect(iam.getServiceLinkedRoleDeletionStatus({ DeletionTaskId: 'task/none' })).rejects.toEqual(
		refused('NoSuchEntityException', 'Deletion task task/none cannot be found.'),
	);
	await expect(iam.createServiceLinkedRole({ AWSServiceName: 'lex.amazonaws.com' })).rejects.toEqual(
		refused(
			'NotImplemented',
			'The practice account does not have a service-linked role of lex.amazonaws.com. No lab needs it; a real account does.',
		),
	);
});
