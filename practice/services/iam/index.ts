import * as client from '@aws-sdk/client-iam';
import { service } from '../../service.ts';
import { createAccessKey, deleteAccessKey, listAccessKeys, updateAccessKey } from './operations/access-keys.ts';
import { attachedToGroup, attachedToRole, attachedToUser } from './operations/attached-policies.ts';
import * as boundaries from './operations/boundaries.ts';
import * as groups from './operations/groups.ts';
import { groupPolicies, rolePolicies, userPolicies } from './operations/inline-policies.ts';
import * as instanceProfiles from './operations/instance-profiles.ts';
import {
	createPolicy,
	deletePolicy,
	getPolicy,
	listEntitiesForPolicy,
	listPolicies,
} from './operations/managed-policies.ts';
import * as policyVersions from './operations/policy-versions.ts';
import {
	createRole,
	deleteRole,
	getRole,
	listRoles,
	updateAssumeRolePolicy,
	updateRole,
	updateRoleDescription,
} from './operations/roles.ts';
import {
	createServiceLinkedRole,
	deleteServiceLinkedRole,
	getServiceLinkedRoleDeletionStatus,
} from './operations/service-linked-roles.ts';
import { simulateCustomPolicy, simulatePrincipalPolicy } from './operations/simulate.ts';
import { tagOperations } from './operations/tags.ts';
import * as users from './operations/users.ts';

/** Identity and Access Management: roles, users, groups and their policies. What they decide is in practice/iam. */
export default service({
	client: client as unknown as Record<string, unknown>,
	operations: [
		...[createRole, getRole, listRoles, updateRole, updateRoleDescription, updateAssumeRolePolicy, deleteRole],
		...Object.values(users),
		...[createAccessKey, listAccessKeys, updateAccessKey, deleteAccessKey],
		...Object.values(groups),
		...[rolePolicies, userPolicies, groupPolicies].flatMap((each) => Object.values(each)),
		...[attachedToRole, attachedToUser, attachedToGroup].flatMap((each) => Object.values(each)),
		...[createPolicy, getPolicy, listPolicies, listEntitiesForPolicy, deletePolicy],
		...Object.values(policyVersions),
		...Object.values(boundaries),
		...Object.values(instanceProfiles),
		...[createServiceLinkedRole, deleteServiceLinkedRole, getServiceLinkedRoleDeletionStatus],
		...[simulatePrincipalPolicy, simulateCustomPolicy],
		...tagOperations,
	],
});
