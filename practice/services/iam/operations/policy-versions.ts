import {
	CreatePolicyVersion$,
	type CreatePolicyVersionRequest,
	type CreatePolicyVersionResponse,
	DeletePolicyVersion$,
	type DeletePolicyVersionRequest,
	GetPolicyVersion$,
	type GetPolicyVersionRequest,
	type GetPolicyVersionResponse,
	ListPolicyVersions$,
	type ListPolicyVersionsRequest,
	type ListPolicyVersionsResponse,
	type PolicyVersion as PolicyVersionOutput,
	SetDefaultPolicyVersion$,
	type SetDefaultPolicyVersionRequest,
} from '@aws-sdk/client-iam';
import { operation } from '../../../operation.ts';
import { onPolicy } from '../access.ts';
import { deleteConflict, limitExceeded, noSuchEntity, unfit } from '../faults.ts';
import { page } from '../pages.ts';
import { ManagedPolicies, type ManagedPolicy, type PolicyVersion } from '../stores/managed-policies.ts';
import { encoded } from '../views.ts';
import { checkDocument, ownPolicy } from './managed-policies.ts';

const options = { access: onPolicy, touches: ({ PolicyArn }: { PolicyArn?: string | undefined }) => PolicyArn! };

const listed = ({ defaultVersion }: ManagedPolicy, { id, created }: PolicyVersion): PolicyVersionOutput => ({
	VersionId: id,
	IsDefaultVersion: id === defaultVersion,
	CreateDate: new Date(created),
});

function findVersion(policy: ManagedPolicy, id: string): PolicyVersion {
	if (!/^v[1-9][0-9]*(\.[A-Za-z0-9-]*)?$/.test(id)) {
		throw unfit(id, 'versionId', 'satisfy regular expression pattern: v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?');
	}
	const found = policy.versions.find((version) => version.id === id);
	if (!found) throw noSuchEntity(`Policy ${policy.arn} version ${id} does not exist or is not attachable.`);
	return found;
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicyVersion.html */
export const createPolicyVersion = operation(
	CreatePolicyVersion$,
	(input: CreatePolicyVersionRequest, { account }): CreatePolicyVersionResponse => {
		const policies = account.store(ManagedPolicies);
		const policy = ownPolicy(policies, input.PolicyArn!);
		const document = checkDocument(input.PolicyDocument!);
		if (policy.versions.length >= 5) {
			throw limitExceeded(
				'A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.',
			);
		}
		policy.newest += 1;
		const version = { id: `v${policy.newest}`, document, created: account.clock.now() };
		policy.versions.push(version);
		policy.updated = version.created;
		if (input.SetAsDefault) policy.defaultVersion = version.id;
		policies.put(policy.arn, policy);
		return { PolicyVersion: listed(policy, version) };
	},
	options,
);

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicyVersion.html */
export const getPolicyVersion = operation(
	GetPolicyVersion$,
	({ PolicyArn, VersionId }: GetPolicyVersionRequest, { account }): GetPolicyVersionResponse => {
		const policy = account.store(ManagedPolicies).find(PolicyArn!);
		const version = findVersion(policy, VersionId!);
		return { PolicyVersion: { Document: encoded(version.document), ...listed(policy, version) } };
	},
	{ access: onPolicy },
);

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicyVersions.html */
export const listPolicyVersions = operation(
	ListPolicyVersions$,
	(input: ListPolicyVersionsRequest, { account }): ListPolicyVersionsResponse => {
		const policy = account.store(ManagedPolicies).find(input.PolicyArn!);
		const newestFirst = [...policy.versions].reverse();
		// Pages go by ascending keys, and the newest version comes first.
		const key = ({ id }: PolicyVersion) => String(1_000_000 - Number(id.slice(1)));
		const { items, rest } = page(newestFirst, key, input);
		return { Versions: items.map((version) => listed(policy, version)), ...rest };
	},
	{ access: onPolicy },
);

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_SetDefaultPolicyVersion.html */
export const setDefaultPolicyVersion = operation(
	SetDefaultPolicyVersion$,
	({ PolicyArn, VersionId }: SetDefaultPolicyVersionRequest, { account }) => {
		const policies = account.store(ManagedPolicies);
		const policy = ownPolicy(policies, PolicyArn!);
		policy.defaultVersion = findVersion(policy, VersionId!).id;
		policy.updated = account.clock.now();
		policies.put(policy.arn, policy);
	},
	options,
);

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicyVersion.html */
export const deletePolicyVersion = operation(
	DeletePolicyVersion$,
	({ PolicyArn, VersionId }: DeletePolicyVersionRequest, { account }) => {
		const policies = account.store(ManagedPolicies);
		const policy = ownPolicy(policies, PolicyArn!);
		const { id } = findVersion(policy, VersionId!);
		if (id === policy.defaultVersion) throw deleteConflict('Cannot delete the default version of a policy.');
		policy.versions = policy.versions.filter((version) => version.id !== id);
		policies.put(policy.arn, policy);
	},
	options,
);
