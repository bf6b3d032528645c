import { attachedToRole } from '../../services/iam/operations/attached-policies.ts';
import { deleteRolePermissionsBoundary, putRolePermissionsBoundary } from '../../services/iam/operations/boundaries.ts';
import { rolePolicies } from '../../services/iam/operations/inline-policies.ts';
import {
	createRole,
	deleteRole,
	getRole,
	updateAssumeRolePolicy,
	updateRole,
} from '../../services/iam/operations/roles.ts';
import { roleTags } from '../../services/iam/operations/tags.ts';
import { type Json, same } from '../json.ts';
import { resource, type Tag } from '../resource.ts';
import { asText } from './documents.ts';
import {
	type CallOperation,
	changePolicies,
	decoded,
	type EntityPolicies,
	type EntityProperties,
} from './iam-entity.ts';
import { tagChanges } from './tags.ts';

interface Role extends EntityProperties {
	RoleName?: string;
	Path?: string;
	AssumeRolePolicyDocument: Json;
	Description?: string;
	MaxSessionDuration?: number;
	PermissionsBoundary?: string;
	Tags?: Tag[];
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html */
export const role = resource<Role>('AWS::IAM::Role', {
	properties: [
		...(['RoleName', 'Path', 'AssumeRolePolicyDocument', 'Description', 'MaxSessionDuration'] as const),
		...(['PermissionsBoundary', 'ManagedPolicyArns', 'Policies', 'Tags'] as const),
	],
	namedBy: 'RoleName',
	create(properties, { call, name, tags }) {
		const { Path, Description, MaxSessionDuration, PermissionsBoundary } = properties;
		const RoleName = properties.RoleName ?? name(64);
		const { Role: made } = call(createRole, {
			RoleName,
			AssumeRolePolicyDocument: asText(properties.AssumeRolePolicyDocument),
			...(Path !== undefined && { Path }),
			...(Description !== undefined && { Description }),
			...(MaxSessionDuration !== undefined && { MaxSessionDuration }),
			...(PermissionsBoundary !== undefined && { PermissionsBoundary }),
			...(tags.length > 0 && { Tags: tags }),
		});
		changePolicies(properties, {}, policiesOf(RoleName, call));
		return { id: RoleName, attributes: { Arn: made!.Arn!, RoleId: made!.RoleId! } };
	},
	read(id, { call }) {
		const { Role: live } = call(getRole, { RoleName: id });
		const inline = call(rolePolicies.list, { RoleName: id }) as { PolicyNames: string[] };
		const attached = call(attachedToRole.list, { RoleName: id }) as { AttachedPolicies: { PolicyArn: string }[] };
		return {
			RoleName: id,
			Path: live!.Path!,
			AssumeRolePolicyDocument: decoded(live!.AssumeRolePolicyDocument!),
			MaxSessionDuration: live!.MaxSessionDuration!,
			...(live!.Description !== undefined && { Description: live!.Description }),
			ManagedPolicyArns: attached.AttachedPolicies.map(({ PolicyArn }) => PolicyArn),
			Policies: inline.PolicyNames.map((PolicyName) => {
				const found = call(rolePolicies.get, { RoleName: id, PolicyName }) as { PolicyDocument: string };
				return { PolicyName, PolicyDocument: decoded(found.PolicyDocument) };
			}),
		};
	},
	update(id, properties, { call, before, tags, tagsBefore }) {
		const { Description, MaxSessionDuration, PermissionsBoundary: boundary } = properties;
		if (!same(properties.AssumeRolePolicyDocument, before.AssumeRolePolicyDocument)) {
			const PolicyDocument = asText(properties.AssumeRolePolicyDocument);
			call(updateAssumeRolePolicy, { RoleName: id, PolicyDocument });
		}
		if (Description !== before.Description || MaxSessionDuration !== before.MaxSessionDuration) {
			call(updateRole, {
				RoleName: id,
				Description: Description ?? '',
				MaxSessionDuration: MaxSessionDuration ?? 3600,
			});
		}
		if (boundary !== before.PermissionsBoundary) {
			if (boundary === undefined) call(deleteRolePermissionsBoundary, { RoleName: id });
			else call(putRolePermissionsBoundary, { RoleName: id, PermissionsBoundary: boundary });
		}
		changePolicies(properties, before, policiesOf(id, call));
		const { set, removed } = tagChanges(tagsBefore, tags);
		if (set.length > 0) call(roleTags.tag, { RoleName: id, Tags: set });
		if (removed.length > 0) call(roleTags.untag, { RoleName: id, TagKeys: removed });
		return undefined;
	},
	delete(id, { call, declared }) {
		changePolicies({}, declared, policiesOf(id, call));
		call(deleteRole, { RoleName: id });
	},
	exists: ({ RoleName }, { call }) => (RoleName === undefined ? undefined : call(getRole, { RoleName }).Role!.RoleName),
});

const policiesOf = (RoleName: string, call: CallOperation): EntityPolicies => ({
	put: (policy) => void call(rolePolicies.put, { RoleName, ...policy }),
	remove: (PolicyName) => void call(rolePolicies.delete, { RoleName, PolicyName }),
	attach: (PolicyArn) => void call(attachedToRole.attach, { RoleName, PolicyArn }),
	detach: (PolicyArn) => void call(attachedToRole.detach, { RoleName, PolicyArn }),
});
