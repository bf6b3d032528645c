import { Fault } from '../../fault.ts';
import type { Call } from '../../operation.ts';
import { groupPolicies, rolePolicies, userPolicies } from '../../services/iam/operations/inline-policies.ts';
import type { Json } from '../json.ts';
import { resource } from '../resource.ts';
import { asText, farthest } from './documents.ts';
import { decoded } from './parts/entity-policies.ts';
import { ifThere } from './parts/there.ts';

interface Policy {
	PolicyName: string;
	PolicyDocument: Json;
	Roles?: string[];
	Users?: string[];
	Groups?: string[];
}

const kinds = [
	['Roles', 'RoleName', rolePolicies],
	['Users', 'UserName', userPolicies],
	['Groups', 'GroupName', groupPolicies],
] as const;

/** Those that it is written into. */
const holders = (policy: Partial<Policy>) =>
	kinds.flatMap(([list, member, operations]) =>
		(policy[list] ?? []).map((name) => ({
			...{ list, name, key: `${list}/${name}`, named: { [member]: name } as { RoleName: string } },
			operations: operations as typeof rolePolicies,
		})),
	);

function put(policy: Policy, call: Call['call']): void {
	const { PolicyName, PolicyDocument } = policy;
	const all = holders(policy);
	if (all.length === 0) {
		throw new Fault('ValidationError', 'At least one of [Groups,Roles,Users] must be non-empty.');
	}
	for (const { named, operations } of all) {
		call(operations.put, { ...named, PolicyName, PolicyDocument: asText(PolicyDocument) });
	}
}

/** An inline policy of its own. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-policy.html */
export const policy = resource<Policy>('AWS::IAM::Policy', {
	properties: ['PolicyName', 'PolicyDocument', 'Roles', 'Users', 'Groups'],
	create(properties, { call, name }) {
		put(properties, call);
		const id = name(24);
		return { id, attributes: { Id: id } };
	},
	read(_id, { call, declared }) {
		const { PolicyName } = declared;
		const live = holders(declared).flatMap(({ list, name, named, operations }) => {
			const found = ifThere(() => call(operations.get, { ...named, PolicyName }));
			return found ? [{ list, name, document: decoded(found.PolicyDocument, declared.PolicyDocument) }] : [];
		});
		if (live.length === 0) return undefined;
		const names = kinds.map(
			([kind]) => [kind, live.filter(({ list }) => list === kind).map(({ name }) => name)] as const,
		);
		return {
			PolicyName,
			PolicyDocument: farthest(
				live.map(({ document }) => document),
				declared.PolicyDocument,
			),
			...Object.fromEntries(names.filter(([, each]) => each.length > 0)),
		};
	},
	update(_id, properties, { call, before }) {
		const renamed = before.PolicyName !== properties.PolicyName;
		const kept = new Set(holders(properties).map(({ key }) => key));
		put(properties, call);
		for (const { key, named, operations } of holders(before)) {
			if (kept.has(key) && !renamed) continue;
			ifThere(() => call(operations.delete, { ...named, PolicyName: before.PolicyName }));
		}
		return undefined;
	},
	delete(_id, { call, declared }) {
		const { PolicyName } = declared;
		for (const { named, operations } of holders(declared)) {
			ifThere(() => call(operations.delete, { ...named, PolicyName }));
		}
	},
});
