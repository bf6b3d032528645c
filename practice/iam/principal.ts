import type { Principal } from '../account/principal.ts';
import { type ContextValues, tagKeys } from './context.ts';
import type { Principals } from './policy.ts';

/** Somebody whom another identity provider vouches for, about to assume a role. */
export interface Federated {
	kind: 'federated';
	/** `arn:aws:iam::…:oidc-provider/…`, or `cognito-identity.amazonaws.com` */
	provider: string;
	arn: string;
	id: string;
}

/** Whoever a policy can name. */
export type Asker = Principal | Federated;

/** The account of an ARN, or '' where it has none. */
export const accountOf = (arn: string) => arn.split(':')[4] ?? '';

/** The condition keys that say who asks. `tags` are the user's, or the role's and the session's. */
export function principalKeys(principal: Asker, tags: Record<string, string> = {}): ContextValues {
	switch (principal.kind) {
		case 'administrator':
		case 'user':
			return {
				...identity(principal.arn, principal.id, 'User'),
				'aws:username': principal.kind === 'user' ? principal.name : principal.arn.split('/').at(-1),
				...tagKeys('aws:PrincipalTag', tags),
			};
		case 'session':
			return {
				...identity(principal.roleArn, principal.id, 'AssumedRole'),
				...tagKeys('aws:PrincipalTag', { ...tags, ...principal.tags }),
			};
		case 'service':
			return { 'aws:PrincipalIsAWSService': true, 'aws:PrincipalServiceName': principal.service };
		case 'federated':
			return { 'aws:FederatedProvider': principal.provider, 'aws:PrincipalIsAWSService': false };
		case 'anonymous':
			return { 'aws:PrincipalType': 'Anonymous', 'aws:userid': 'anonymous', 'aws:PrincipalIsAWSService': false };
	}
}

const identity = (arn: string, id: string, type: string): ContextValues => ({
	'aws:PrincipalArn': arn,
	'aws:PrincipalAccount': accountOf(arn),
	'aws:PrincipalType': type,
	'aws:userid': id,
	'aws:PrincipalIsAWSService': false,
});

/**
 * How a resource policy names somebody, which decides what else can still hold the grant back.
 * `direct`: the very user, session or service; nothing but an explicit deny.
 * `role`: the role of a session, or everybody; boundary and session policies must allow too.
 * `account`: the account delegates to its identity policies, which must allow.
 */
export type Naming = 'direct' | 'role' | 'account';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
export function namingOf(principals: Principals, asker: Asker): Naming | undefined {
	if (principals === '*') return everybody(asker);
	const { AWS = [], Service = [], Federated: providers = [] } = principals;
	if (asker.kind === 'service') return Service.includes(asker.service) || AWS.includes('*') ? 'direct' : undefined;
	if (asker.kind === 'federated') return providers.includes(asker.provider) ? 'direct' : undefined;

	const names = new Set(AWS);
	// A principal may be named by its unique id, which is what becomes of an ARN whose user or role was deleted.
	if (names.has(asker.arn) || names.has(asker.id)) return 'direct';
	if (asker.kind === 'session' && (names.has(asker.roleArn) || names.has(asker.id.split(':')[0]!))) return 'role';
	if (names.has('*')) return everybody(asker);
	const account = accountOf(asker.arn);
	return account && (names.has(account) || names.has(`arn:aws:iam::${account}:root`)) ? 'account' : undefined;
}

const everybody = (asker: Asker): Naming =>
	asker.kind === 'session' || asker.kind === 'user' || asker.kind === 'administrator' ? 'role' : 'direct';
