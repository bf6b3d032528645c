import { attachedToGroup, attachedToRole, attachedToUser } from '../../services/iam/operations/attached-policies.ts';
import {
	createPolicy,
	deletePolicy,
	getPolicy,
	listEntitiesForPolicy,
} from '../../services/iam/operations/managed-policies.ts';
import {
	createPolicyVersion,
	deletePolicyVersion,
	getPolicyVersion,
	listPolicyVersions,
} from '../../services/iam/operations/policy-versions.ts';
import { type Json, same } from '../json.ts';
import { type ResourceContext, resource } from '../resource.ts';
import { asText } from './documents.ts';
import { decoded } from './parts/entity-policies.ts';
import { inOrderOf } from './parts/live.ts';
import { ifThere } from './parts/there.ts';

interface ManagedPolicy {
	ManagedPolicyName?: string;
	Path?: string;
	Description?: string;
	PolicyDocument: Json;
	Roles?: string[];
	Users?: string[];
	Groups?: string[];
}

const kinds = [
	['Roles', 'RoleName', attachedToRole],
	['Users', 'UserName', attachedToUser],
	['Groups', 'GroupName', attachedToGroup],
] as const;
type Holders = Pick<ManagedPolicy, 'Roles' | 'Users' | 'Groups'>;

function attach(PolicyArn: string, after: Holders, before: Holders, { call }: ResourceContext): void {
	for (const [list, member, operations] of kinds) {
		const { attach, detach } = operations as typeof attachedToRole;
		const [names, old] = [after[list] ?? [], before[list] ?? []];
		const named = (name: string) => ({ [member]: name, PolicyArn }) as { RoleName: string; PolicyArn: string };
		for (const name of old.filter((each) => !names.includes(each))) ifThere(() => call(detach, named(name)));
		for (const name of names.filter((each) => !old.includes(each))) call(attach, named(name));
	}
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-managedpolicy.html */
export const managedPolicy = resource<ManagedPolicy>('AWS::IAM::ManagedPolicy', {
	properties: ['ManagedPolicyName', 'Path', 'Description', 'PolicyDocument', 'Roles', 'Users', 'Groups'],
	namedBy: 'ManagedPolicyName',
	exists({ ManagedPolicyName, Path = '/' }, { call, account }) {
		if (ManagedPolicyName === undefined) return undefined;
		const PolicyArn = account.arn('iam', `policy${Path}${ManagedPolicyName}`);
		return ifThere(() => call(getPolicy, { PolicyArn })) && PolicyArn;
	},
	create({ ManagedPolicyName, PolicyDocument, Path, Description, ...holders }, context) {
		const { Policy } = context.call(createPolicy, {
			PolicyName: ManagedPolicyName ?? context.name(128),
			PolicyDocument: asText(PolicyDocument),
			...(Path !== undefined && { Path }),
			...(Description !== undefined && { Description }),
		});
		const id = Policy!.Arn!;
		attach(id, holders, {}, context);
		return { id, attributes: attributes(id, context) };
	},
	read(id, { call, declared }) {
		const live = ifThere(() => call(getPolicy, { PolicyArn: id }).Policy!);
		if (!live) return undefined;
		const version = call(getPolicyVersion, { PolicyArn: id, VersionId: live.DefaultVersionId! });
		const { PolicyRoles, PolicyUsers, PolicyGroups } = call(listEntitiesForPolicy, { PolicyArn: id });
		const names = (list: keyof Holders, live: string[]) => inOrderOf(declared[list], live, (name) => name);
		return {
			ManagedPolicyName: live.PolicyName!,
			Path: live.Path!,
			...(live.Description !== undefined && { Description: live.Description }),
			PolicyDocument: decoded(version.PolicyVersion!.Document, declared.PolicyDocument),
			Roles: names(
				'Roles',
				PolicyRoles!.map(({ RoleName }) => RoleName!),
			),
			Users: names(
				'Users',
				PolicyUsers!.map(({ UserName }) => UserName!),
			),
			Groups: names(
				'Groups',
				PolicyGroups!.map(({ GroupName }) => GroupName!),
			),
		};
	},
	update(id, { PolicyDocument, ...holders }, context) {
		const { call, before } = context;
		if (!same(PolicyDocument, before.PolicyDocument)) {
			const oldest = versions(id, context).at(-1);
			if (versions(id, context).length === 5)
				call(deletePolicyVersion, { PolicyArn: id, VersionId: oldest!.VersionId! });
			call(createPolicyVersion, { PolicyArn: id, PolicyDocument: asText(PolicyDocument), SetAsDefault: true });
		}
		attach(id, holders, before, context);
		return attributes(id, context);
	},
	delete(id, context) {
		const { call, declared } = context;
		ifThere(() => {
			attach(id, {}, declared, context);
			for (const { VersionId, IsDefaultVersion } of versions(id, context)) {
				if (!IsDefaultVersion) call(deletePolicyVersion, { PolicyArn: id, VersionId: VersionId! });
			}
			call(deletePolicy, { PolicyArn: id });
		});
	},
});

/** Newest first. */
const versions = (PolicyArn: string, { call }: ResourceContext) => call(listPolicyVersions, { PolicyArn }).Versions!;

function attributes(PolicyArn: string, { call, account }: ResourceContext) {
	const { Policy } = call(getPolicy, { PolicyArn });
	const stamp = (date: Date) => new Date(account.clock.toWire(date.getTime())).toISOString();
	return {
		PolicyArn,
		PolicyId: Policy!.PolicyId!,
		DefaultVersionId: Policy!.DefaultVersionId!,
		AttachmentCount: Policy!.AttachmentCount!,
		PermissionsBoundaryUsageCount: Policy!.PermissionsBoundaryUsageCount!,
		IsAttachable: Policy!.IsAttachable!,
		CreateDate: stamp(Policy!.CreateDate!),
		UpdateDate: stamp(Policy!.UpdateDate!),
	};
}
