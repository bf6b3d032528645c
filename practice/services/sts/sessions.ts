import type { AccountInRegion } from '../../account/account.ts';
import type { Key } from '../../account/keys.ts';
import type { Principal } from '../../account/principal.ts';
import { type Context, contextOf } from '../../iam/context.ts';
import { trustsService } from '../../iam/trust.ts';
import { readPolicy } from '../iam/permissions.ts';
import { type Role, Roles } from '../iam/stores/roles.ts';

export type Session = Extract<Principal, { kind: 'session' }>;

/** A session of a role. Session policies can only take away from what the role may do. */
export function sessionOf(
	account: AccountInRegion,
	role: Role,
	name: string,
	limits: { policies?: string[]; tags?: Record<string, string> } = {},
): Session {
	return {
		kind: 'session',
		role: role.name,
		roleArn: role.arn,
		name,
		arn: account.arn('sts', `assumed-role/${role.name}/${name}`),
		id: `${role.id}:${name}`,
		...limits,
	};
}

/**
 * The session in which an AWS service does something in the name of a role that it was given: a function, a build, a
 * stack. `'no-role'` or `'no-trust'` where it cannot; each service has its own words for that.
 */
export function serviceSession(
	account: AccountInRegion,
	roleArn: string,
	service: string,
	name: string,
	context: Context = contextOf({ 'aws:SourceAccount': account.id }),
): Session | 'no-role' | 'no-trust' {
	const role = account.store(Roles).byArn(roleArn);
	if (!role) return 'no-role';
	const trust = readPolicy(role.trust, 'trust');
	return trustsService({ arn: role.arn, trust }, service, context) ? sessionOf(account, role, name) : 'no-trust';
}

/** Temporary keys for a principal, which the gateway accepts for so many seconds of the host's time. */
export const temporaryKeys = (account: AccountInRegion, principal: Principal, seconds: number): Key =>
	account.account.keys.issue(principal, Date.now() + seconds * 1000);
