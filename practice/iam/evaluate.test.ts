// biome-ignore-all lint/suspicious/noTemplateCurlyInString: IAM writes its policy variables so.
import { describe, expect, test } from 'vitest';
import { contextOf } from './context.ts';
import { type Denial, evaluate, type NamedPolicy, type Policies } from './evaluate.ts';
import { type PolicyKind, parsePolicy } from './policy.ts';
import { type Asker, principalKeys } from './principal.ts';

const account = '111122223333';
const queue = `arn:aws:sqs:us-east-1:${account}:orders`;
const user: Asker = { kind: 'user', name: 'ana', arn: `arn:aws:iam::${account}:user/ana`, id: 'AIDAANA' };
const session: Asker = {
	kind: 'session',
	role: 'builder',
	roleArn: `arn:aws:iam::${account}:role/builder`,
	name: 'run-1',
	arn: `arn:aws:sts::${account}:assumed-role/builder/run-1`,
	id: 'AROABUILDER:run-1',
};
const service: Asker = { kind: 'service', service: 'sns.amazonaws.com', arn: 'sns.amazonaws.com', id: 'sns' };
const anonymous: Asker = { kind: 'anonymous', arn: '*', id: 'ANONYMOUS_PRINCIPAL' };

const policy = (kind: PolicyKind, statements: object[], arn?: string): NamedPolicy => ({
	document: parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: statements }), kind),
	...(arn && { arn }),
});
const allow = { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*' };
const deny = { ...allow, Effect: 'Deny' };
const other = { ...allow, Action: 'sqs:ReceiveMessage' };
const identity = (...statements: object[]) => policy('identity', statements);
const named = (principal: unknown, statement: object = allow) =>
	policy('resource', [{ ...statement, Principal: principal }]);
const implicit = (type: Denial['type']): Denial => ({ explicit: false, type });
const explicit = (type: Denial['type']): Denial => ({ explicit: true, type });

const ask = (
	principal: Asker,
	policies: Policies,
	rest: { resourceAccount?: string; resourcePolicyRequired?: boolean } = {},
) => evaluate({ action: 'sqs:SendMessage', resource: queue, principal, policies, ...rest }).denial ?? 'allowed';

describe('The order of decision', () => {
	const own = { AWS: user.arn };
	const cases: [string, Asker, Policies, Denial | 'allowed'][] = [
		['nothing allows', user, {}, implicit('identity')],
		['an identity policy allows', user, { identity: [identity(allow)] }, 'allowed'],
		['another action is allowed', user, { identity: [identity(other)] }, implicit('identity')],
		['one of two identity policies allows', user, { identity: [identity(other), identity(allow)] }, 'allowed'],
		['an identity policy denies what it allows', user, { identity: [identity(allow, deny)] }, explicit('identity')],
		['a resource policy alone allows', user, { resource: named(own) }, 'allowed'],
		[
			'a resource policy denies',
			user,
			{ identity: [identity(allow)], resource: named('*', deny) },
			explicit('resource'),
		],
		['a resource policy is about somebody else', user, { resource: named({ AWS: session.arn }) }, implicit('identity')],
		['the boundary allows too', user, { identity: [identity(allow)], boundary: identity(allow) }, 'allowed'],
		['the boundary alone allows', user, { boundary: identity(allow) }, implicit('identity')],
		[
			'the boundary does not allow',
			user,
			{ identity: [identity(allow)], boundary: identity(other) },
			implicit('boundary'),
		],
		[
			'the boundary denies',
			user,
			{ identity: [identity(allow)], boundary: identity(allow, deny) },
			explicit('boundary'),
		],
		['a session policy allows too', session, { identity: [identity(allow)], session: [identity(allow)] }, 'allowed'],
		[
			'no session policy allows',
			session,
			{ identity: [identity(allow)], session: [identity(other)] },
			implicit('session'),
		],
		['the session policies are empty', session, { identity: [identity(allow)], session: [] }, implicit('session')],
		[
			'a session policy denies',
			session,
			{ identity: [identity(allow)], session: [identity(deny)] },
			explicit('session'),
		],
		['a session policy alone allows', session, { session: [identity(allow)] }, implicit('identity')],
		['the administrator asks', { ...user, kind: 'administrator' }, { identity: [identity(deny)] }, 'allowed'],
		['a service asks without a resource policy', service, {}, implicit('resource')],
		['a service is named', service, { resource: named({ Service: 'sns.amazonaws.com' }) }, 'allowed'],
		['another service is named', service, { resource: named({ Service: 's3.amazonaws.com' }) }, implicit('resource')],
		['anybody may', anonymous, { resource: named('*') }, 'allowed'],
		[
			'the account may, and somebody anonymous asks',
			anonymous,
			{ resource: named({ AWS: account }) },
			implicit('resource'),
		],
	];
	test.each(cases)('%s', (_when, principal, policies, expected) => expect(ask(principal, policies)).toEqual(expected));
});

describe('What a resource policy names decides what still holds it back', () => {
	// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html
	const boundary = identity(other);
	const limits = { boundary, session: [identity(other)] };
	const cases: [string, Asker, Policies, Denial | 'allowed'][] = [
		['a user, whatever the boundary', user, { resource: named({ AWS: user.arn }), boundary }, 'allowed'],
		[
			'a session, whatever boundary and session policy',
			session,
			{ resource: named({ AWS: session.arn }), ...limits },
			'allowed',
		],
		['a role', session, { resource: named({ AWS: session.kind === 'session' ? session.roleArn : '' }) }, 'allowed'],
		[
			'a role, within the boundary',
			session,
			{ resource: named({ AWS: session.roleArn }), boundary },
			implicit('boundary'),
		],
		[
			'a role, within the session policy',
			session,
			{ resource: named({ AWS: session.roleArn }), session: [] },
			implicit('session'),
		],
		['a role by its id', session, { resource: named({ AWS: 'AROABUILDER' }) }, 'allowed'],
		['everybody, within the boundary', session, { resource: named('*'), boundary }, implicit('boundary')],
		[
			'the account, which then needs an identity policy',
			user,
			{ resource: named({ AWS: account }) },
			implicit('identity'),
		],
		[
			'the account as its root',
			user,
			{ resource: named({ AWS: `arn:aws:iam::${account}:root` }) },
			implicit('identity'),
		],
	];
	test.each(cases)('%s', (_naming, principal, policies, expected) =>
		expect(ask(principal, policies)).toEqual(expected),
	);

	test('NotPrincipal leaves out whom it names', () => {
		const resource = policy('resource', [{ ...deny, NotPrincipal: { AWS: [user.arn] } }]);
		const policies = { identity: [identity(allow)], resource };
		expect(ask(user, policies)).toBe('allowed');
		expect(ask(session, policies)).toEqual(explicit('resource'));
	});
});

describe('Another account', () => {
	const elsewhere = { resourceAccount: '444455556666' };
	const identified = { identity: [identity(allow)] };
	test('Both sides must allow', () => {
		expect(ask(user, identified, elsewhere)).toEqual(implicit('resource'));
		expect(ask(user, { resource: named({ AWS: user.arn }) }, elsewhere)).toEqual(implicit('identity'));
		expect(ask(user, { ...identified, resource: named({ AWS: user.arn }) }, elsewhere)).toBe('allowed');
		expect(ask(user, { ...identified, resource: named({ AWS: account }) }, elsewhere)).toBe('allowed');
	});
	test('A role that only the other side names may not', () => {
		expect(ask(session, { resource: named({ AWS: session.roleArn }) }, elsewhere)).toEqual(implicit('identity'));
	});
	test('A boundary holds there too', () => {
		const policies = { ...identified, resource: named({ AWS: user.arn }), boundary: identity(other) };
		expect(ask(user, policies, elsewhere)).toEqual(implicit('boundary'));
	});
});

test('Where a resource policy is required, an identity policy alone gives nothing', () => {
	const required = { resourcePolicyRequired: true };
	expect(ask(user, { identity: [identity(allow)] }, required)).toEqual(implicit('resource'));
	expect(ask(user, { identity: [identity(allow)], resource: named({ AWS: account }) }, required)).toBe('allowed');
});

test('A decision names the statements that made it, and a denial the managed policy', () => {
	const arn = `arn:aws:iam::${account}:policy/NoSending`;
	const denying = policy('identity', [{ ...deny, Sid: 'Never' }], arn);
	const denied = evaluate({
		action: 'sqs:SendMessage',
		resource: queue,
		principal: user,
		policies: { identity: [identity(allow), denying] },
	});
	expect(denied).toEqual({
		allowed: false,
		decidedBy: [{ type: 'identity', policy: denying, statement: denying.document.statements[0] }],
		denial: { explicit: true, type: 'identity', policyArn: arn },
	});
	const allowing = identity(allow);
	expect(
		evaluate({ action: 'sqs:SendMessage', resource: queue, principal: user, policies: { identity: [allowing] } }),
	).toEqual({
		allowed: true,
		decidedBy: [{ type: 'identity', policy: allowing, statement: allowing.document.statements[0] }],
	});
});

describe('Actions and resources', () => {
	const home = 'arn:aws:s3:::home/ana/notes';
	const cases: [string, object, { action?: string; resource?: string }, boolean][] = [
		['actions know no case', { ...allow, Action: 'SQS:sendmessage' }, {}, true],
		['a wildcard in an action', { ...allow, Action: 'sqs:Send*' }, {}, true],
		['a question mark in an action', { ...allow, Action: 'sqs:SendMessag?' }, {}, true],
		['every action', { ...allow, Action: '*' }, {}, true],
		['an action that only begins alike', { ...allow, Action: 'sqs:Send' }, {}, false],
		['all but another action', { ...allow, Action: undefined, NotAction: 'sqs:ReceiveMessage' }, {}, true],
		['all but this action', { ...allow, Action: undefined, NotAction: 'sqs:*' }, {}, false],
		['the very resource', { ...allow, Resource: queue }, {}, true],
		['resources know case', { ...allow, Resource: queue.replace('orders', 'Orders') }, {}, false],
		['a wildcard in a resource', { ...allow, Resource: 'arn:aws:sqs:*:*:ord*' }, {}, true],
		['a dot is a dot', { ...allow, Resource: queue.replace('sqs', 's.s') }, {}, false],
		['all but another resource', { ...allow, Resource: undefined, NotResource: 'arn:aws:sqs:*:*:other' }, {}, true],
		['all but this resource', { ...allow, Resource: undefined, NotResource: queue }, {}, false],
		['one resource where the action has none', { ...allow, Resource: queue }, { resource: '*' }, false],
		['every resource where the action has none', allow, { resource: '*' }, true],
		[
			'an object below a folder',
			{ ...allow, Action: 's3:*', Resource: 'arn:aws:s3:::home/*' },
			{ action: 's3:GetObject', resource: home },
			true,
		],
		[
			'a variable',
			{ ...allow, Action: 's3:*', Resource: 'arn:aws:s3:::home/${aws:username}/*' },
			{ action: 's3:GetObject', resource: home },
			true,
		],
		[
			'a variable with a default',
			{ ...allow, Action: 's3:*', Resource: "arn:aws:s3:::home/${aws:PrincipalTag/home, 'ana'}/*" },
			{ action: 's3:GetObject', resource: home },
			true,
		],
		[
			'a variable without a value',
			{ ...allow, Action: 's3:*', Resource: 'arn:aws:s3:::home/${aws:PrincipalTag/home}/*' },
			{ action: 's3:GetObject', resource: home },
			false,
		],
		['an ARN that ends early', { ...allow, Resource: 'arn:aws:sqs*' }, {}, true],
		['a fulfilled condition', { ...allow, Condition: { StringEquals: { 'aws:username': 'ana' } } }, {}, true],
		[
			'two conditions, one unfulfilled',
			{ ...allow, Condition: { StringEquals: { 'aws:username': 'ana', 'aws:userid': 'AIDABEN' } } },
			{},
			false,
		],
		[
			'the principal’s ARN',
			{ ...allow, Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:user/a*' } } },
			{},
			true,
		],
	];
	test.each(cases)('%s', (_what, statement, asked, allowed) => {
		const decision = evaluate({
			action: 'sqs:SendMessage',
			resource: queue,
			...asked,
			principal: user,
			context: contextOf(principalKeys(user)),
			policies: { identity: [identity(statement)] },
		});
		expect(decision.allowed).toBe(allowed);
	});
});

test('A request says who asks', () => {
	const keys = (asker: Asker, tags?: Record<string, string>) =>
		Object.fromEntries(contextOf(principalKeys(asker, tags)));
	expect(keys(user, { Team: 'blue' })).toEqual({
		'aws:principalarn': [user.arn],
		'aws:principalaccount': [account],
		'aws:principaltype': ['User'],
		'aws:principalisawsservice': ['false'],
		'aws:principaltag/team': ['blue'],
		'aws:userid': ['AIDAANA'],
		'aws:username': ['ana'],
	});
	expect(keys({ ...session, tags: { Team: 'red' } }, { Team: 'blue' })).toEqual({
		'aws:principalarn': [session.roleArn],
		'aws:principalaccount': [account],
		'aws:principaltype': ['AssumedRole'],
		'aws:principalisawsservice': ['false'],
		'aws:principaltag/team': ['red'],
		'aws:userid': ['AROABUILDER:run-1'],
	});
	expect(keys(service)).toEqual({
		'aws:principalisawsservice': ['true'],
		'aws:principalservicename': ['sns.amazonaws.com'],
	});
});
