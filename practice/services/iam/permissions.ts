import type { AccountInRegion } from '../../account/account.ts';
import type { Principal } from '../../account/principal.ts';
import type { NamedPolicy, Policies } from '../../iam/evaluate.ts';
import { type Policy, type PolicyKind, parsePolicy } from '../../iam/policy.ts';
import type { Entity } from './stores/entities.ts';
import { Groups } from './stores/groups.ts';
import { ManagedPolicies } from './stores/managed-policies.ts';
import { Roles } from './stores/roles.ts';
import { Users } from './stores/users.ts';

/** What a principal may do is decided by these, besides a resource's own policy. */
export type Permissions = Omit<Policies, 'resource'> & {
	/** Tags of the user or role, which `aws:PrincipalTag` shows. */
	tags: Record<string, string>;
};

/** Collects the policies of whoever asks. Somebody who is not there any more has none. */
export function permissionsOf(account: AccountInRegion, principal: Principal): Permissions {
	if (principal.kind === 'user') {
		const user = account.store(Users).get(principal.name);
		if (user?.id !== principal.id) return { identity: [], tags: {} };
		const groups = user.groups.flatMap((name) => account.store(Groups).get(name) ?? []);
		return { ...entityPolicies(account, user, groups), tags: user.tags };
	}
	if (principal.kind === 'session') {
		const role = account.store(Roles).get(principal.role);
		// A role that was made again under the same name is another role: sessions of the old one can do nothing.
		if (role?.id !== principal.id.split(':')[0]) return { identity: [], tags: {} };
		const session = principal.policies?.map((text) => ({ document: readPolicy(text, 'identity') }));
		return { ...entityPolicies(account, role!), session, tags: role!.tags };
	}
	return { identity: [], tags: {} };
}

/** Inline and managed policies of a user or role (and of the user's groups), and what bounds it. */
export function entityPolicies(
	account: AccountInRegion,
	entity: Entity,
	groups: Entity[] = [],
): Pick<Policies, 'boundary'> & { identity: NamedPolicy[] } {
	return {
		identity: [entity, ...groups].flatMap(({ inline, attached }) => [
			...Object.entries(inline).map(([name, text]) => ({ name, document: readPolicy(text, 'identity') })),
			...attached.flatMap((arn) => managed(account, arn) ?? []),
		]),
		boundary: entity.boundary ? managed(account, entity.boundary) : undefined,
	};
}

export function managed(account: AccountInRegion, arn: string): NamedPolicy | undefined {
	const text = account.store(ManagedPolicies).document(arn);
	return text === undefined ? undefined : { arn, name: arn.split('/').at(-1)!, document: readPolicy(text, 'identity') };
}

const read = new Map<string, Policy>();

/** A stored document, which was checked when it was stored. Each is read once. */
export function readPolicy(text: string, kind: PolicyKind): Policy {
	const key = `${kind}${text}`;
	let policy = read.get(key);
	if (!policy) {
		policy = parsePolicy(text, kind);
		if (read.size >= 2_000) read.clear();
		read.set(key, policy);
	}
	return policy;
}
