import type { AccountInRegion } from '../../account/account.ts';
import { Fault } from '../../fault.ts';
import type { Principals } from '../../iam/policy.ts';
import { limitExceeded, readDocument } from './faults.ts';
import { Roles } from './stores/roles.ts';
import { Users } from './stores/users.ts';

/** A trust policy that may be stored: well formed, not too long, and of principals that exist. */
export function checkTrust(account: AccountInRegion, text: string): void {
	const { statements } = readDocument(text, 'trust');
	for (const { principal } of statements) if (principal) checkPrincipals(account, principal);
	if (text.replace(/\s/g, '').length > 2048) throw limitExceeded('Cannot exceed quota for ACLSizePerRole: 2048');
}

function checkPrincipals(account: AccountInRegion, principals: Principals): void {
	if (principals === '*') return;
	const refuse = (kind: string, name: string) =>
		new Fault('MalformedPolicyDocumentException', `Invalid principal in policy: "${kind}":"${name}"`);
	for (const name of principals.AWS ?? []) if (!exists(account, name)) throw refuse('AWS', name);
	for (const name of principals.Service ?? []) {
		if (!/^[a-z0-9-]+(\.[a-z0-9-]+)*\.amazonaws\.com(\.cn)?$/.test(name)) throw refuse('SERVICE', name);
	}
}

/** IAM knows its own users and roles; those of other accounts it asks for, which is not done here. */
function exists(account: AccountInRegion, name: string): boolean {
	if (name === '*' || /^\d{12}$/.test(name)) return true;
	if (/^A(RO|ID)A[A-Z0-9]+$/.test(name)) {
		const all = [...account.store(Roles).list(), ...account.store(Users).list()];
		return all.some(({ id }) => id === name);
	}
	const [, service, owner, what, rest] = /^arn:aws:(iam|sts)::(\d{12}):([a-z-]+)\/?(.*)$/.exec(name) ?? [];
	if (!service || /[*?]/.test(rest!)) return false;
	if (what === 'root') return rest === '';
	if (owner !== account.id) return true;
	if (what === 'role') return account.store(Roles).byArn(name) !== undefined;
	if (what === 'user') return account.store(Users).get(rest!.split('/').at(-1)!)?.arn === name;
	return what === 'assumed-role' && account.store(Roles).has(rest!.split('/')[0]!);
}
