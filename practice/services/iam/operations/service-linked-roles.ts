import { randomUUID } from 'node:crypto';
import {
	CreateServiceLinkedRole$,
	type CreateServiceLinkedRoleRequest,
	type CreateServiceLinkedRoleResponse,
	DeleteServiceLinkedRole$,
	type DeleteServiceLinkedRoleRequest,
	type DeleteServiceLinkedRoleResponse,
	GetServiceLinkedRoleDeletionStatus$,
	type GetServiceLinkedRoleDeletionStatusRequest,
	type GetServiceLinkedRoleDeletionStatusResponse,
} from '@aws-sdk/client-iam';
import type { AccountInRegion } from '../../../account/account.ts';
import { Documents } from '../../../account/documents.ts';
import { notImplemented, refuseParameters } from '../../../fault.ts';
import { operation } from '../../../operation.ts';
import { onRole } from '../access.ts';
import { invalidInput, noSuchEntity } from '../faults.ts';
import { uniqueId } from '../names.ts';
import { type Role, Roles } from '../stores/roles.ts';
import { createdRole } from '../views.ts';

/** The roles that services make for themselves, by service. */
const names: Record<string, string> = {
	'apprunner.amazonaws.com': 'AWSServiceRoleForAppRunner',
	'autoscaling.amazonaws.com': 'AWSServiceRoleForAutoScaling',
	'cloudtrail.amazonaws.com': 'AWSServiceRoleForCloudTrail',
	'ecs.amazonaws.com': 'AWSServiceRoleForECS',
	'ecs.application-autoscaling.amazonaws.com': 'AWSServiceRoleForApplicationAutoScaling_ECSService',
	'eks.amazonaws.com': 'AWSServiceRoleForAmazonEKS',
	'eks-nodegroup.amazonaws.com': 'AWSServiceRoleForAmazonEKSNodegroup',
	'elasticloadbalancing.amazonaws.com': 'AWSServiceRoleForElasticLoadBalancing',
	'replication.ecr.amazonaws.com': 'AWSServiceRoleForECRReplication',
};

interface Deletion {
	id: string;
}

/** Deletions of service-linked roles, each of which was done when it was answered. */
class Deletions extends Documents<Deletion> {
	static override kind = 'iam.deletion';
	static override global = true;
}

const arnOf = (account: AccountInRegion, service: string) =>
	account.arn('iam', `role/aws-service-role/${service}/${names[service] ?? '*'}`);

/** Makes a service's own role, as the service does on its first use. Answers the one that is there already. */
export function ensureServiceLinkedRole(account: AccountInRegion, service: string): Role {
	const name = names[service];
	if (!name) throw notImplemented(`a service-linked role of ${service}`);
	const roles = account.store(Roles);
	const path = `/aws-service-role/${service}/`;
	return (
		roles.get(name) ??
		roles.add({
			name,
			path,
			id: uniqueId('AROA'),
			arn: account.arn('iam', `role${path}${name}`),
			created: account.clock.now(),
			trust: JSON.stringify({
				Version: '2012-10-17',
				Statement: [{ Action: ['sts:AssumeRole'], Effect: 'Allow', Principal: { Service: [service] } }],
			}),
			longestSession: 3600,
			// AWS attaches a policy of its own. Here a service acts in its own name, so nothing reads one.
			inline: {},
			attached: [],
			tags: {},
		})
	);
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateServiceLinkedRole.html */
export const createServiceLinkedRole = operation(
	CreateServiceLinkedRole$,
	(input: CreateServiceLinkedRoleRequest, { account }): CreateServiceLinkedRoleResponse => {
		refuseParameters('CreateServiceLinkedRole', input, ['CustomSuffix']);
		const service = input.AWSServiceName!;
		const roles = account.store(Roles);
		const name = names[service];
		if (name && roles.has(name)) {
			throw invalidInput(`Service role name ${name} has been taken in this account, please try a different suffix.`);
		}
		const role = ensureServiceLinkedRole(account, service);
		if (input.Description !== undefined) {
			role.description = input.Description;
			roles.put(role.name, role);
		}
		return { Role: createdRole(role) };
	},
	{
		access: ({ AWSServiceName }, { account }) => ({
			resource: arnOf(account, AWSServiceName!),
			context: { 'iam:AWSServiceName': AWSServiceName! },
		}),
		touches: ({ AWSServiceName }) => AWSServiceName,
	},
);

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteServiceLinkedRole.html */
export const deleteServiceLinkedRole = operation(
	DeleteServiceLinkedRole$,
	({ RoleName }: DeleteServiceLinkedRoleRequest, { account }): DeleteServiceLinkedRoleResponse => {
		const roles = account.store(Roles);
		const role = roles.find(RoleName!);
		if (!role.path.startsWith('/aws-service-role/')) {
			throw noSuchEntity(`The role with name ${role.name} cannot be found.`);
		}
		roles.delete(role.name);
		const id = `task${role.path}${role.name}/${randomUUID()}`;
		account.store(Deletions).put(id, { id });
		return { DeletionTaskId: id };
	},
	{ access: onRole, touches: ({ RoleName }) => RoleName },
);

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetServiceLinkedRoleDeletionStatus.html */
export const getServiceLinkedRoleDeletionStatus = operation(
	GetServiceLinkedRoleDeletionStatus$,
	(
		{ DeletionTaskId }: GetServiceLinkedRoleDeletionStatusRequest,
		{ account },
	): GetServiceLinkedRoleDeletionStatusResponse => {
		if (!account.store(Deletions).has(DeletionTaskId!)) {
			throw noSuchEntity(`Deletion task ${DeletionTaskId} cannot be found.`);
		}
		return { Status: 'SUCCEEDED' };
	},
	{
		access: ({ DeletionTaskId = '' }, { account }) => ({
			resource: account.arn('iam', `role/${DeletionTaskId.split('/').slice(1, -1).join('/')}`),
		}),
	},
);
