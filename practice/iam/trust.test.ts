import { expect, test } from 'vitest';
import { type ContextValues, contextOf } from './context.ts';
import type { Denial, Policies } from './evaluate.ts';
import { parsePolicy } from './policy.ts';
import type { Asker } from './principal.ts';
import { evaluateTrust, trustsService } from './trust.ts';

const account = '111122223333';
const roleArn = `arn:aws:iam::${account}:role/deploy`;
const user: Asker = { kind: 'user', name: 'ana', arn: `arn:aws:iam::${account}:user/ana`, id: 'AIDAANA' };
const foreigner: Asker = { kind: 'user', name: 'ben', arn: 'arn:aws:iam::444455556666:user/ben', id: 'AIDABEN' };
const session: Asker = {
	kind: 'session',
	role: 'ci',
	roleArn: `arn:aws:iam::${account}:role/ci`,
	name: 's',
	arn: `arn:aws:sts::${account}:assumed-role/ci/s`,
	id: 'AROACI:s',
};
const build: Asker = {
	kind: 'service',
	service: 'codebuild.amazonaws.com',
	arn: 'codebuild.amazonaws.com',
	id: 'codebuild',
};
const provider = `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com`;
const github: Asker = { kind: 'federated', provider, arn: provider, id: 'repo:me/mine' };

const document = (kind: 'trust' | 'identity', ...statements: object[]) =>
	parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: statements }), kind);
const trusting = (Principal: object, rest: object = {}) =>
	document('trust', { Effect: 'Allow', Action: 'sts:AssumeRole', Principal, ...rest });
const may: Policies = {
	identity: [{ document: document('identity', { Effect: 'Allow', Action: 'sts:*', Resource: '*' }) }],
};
const nothing: Policies = {};
const externalId = { Condition: { StringEquals: { 'sts:ExternalId': 'secret' } } };
const sub = { StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:me/mine:*' } };
const federated = { Action: 'sts:AssumeRoleWithWebIdentity', Condition: sub };
const denying = (Principal: object) =>
	document(
		'trust',
		{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal },
		{ Effect: 'Deny', Action: 'sts:AssumeRole', Principal },
	);

const no = (type: Denial['type'], explicit = false): Denial => ({ explicit, type });
const root = { AWS: `arn:aws:iam::${account}:root` };

const cases: [string, Asker, ReturnType<typeof trusting>, Policies, ContextValues, Denial | 'allowed'][] = [
	['the account, and an identity policy allows', user, trusting(root), may, {}, 'allowed'],
	['the account alone', user, trusting(root), nothing, {}, no('identity')],
	['the account by its number', user, trusting({ AWS: account }), may, {}, 'allowed'],
	['the user', user, trusting({ AWS: user.arn }), nothing, {}, 'allowed'],
	['another user', user, trusting({ AWS: `${user.arn}bel` }), may, {}, no('trust')],
	['the role of a session', session, trusting({ AWS: session.roleArn }), nothing, {}, 'allowed'],
	['the session', session, trusting({ AWS: session.arn }), nothing, {}, 'allowed'],
	['nobody but a service', user, trusting({ Service: 'codebuild.amazonaws.com' }), may, {}, no('trust')],
	[
		'the service',
		build,
		trusting({ Service: ['codebuild.amazonaws.com', 'events.amazonaws.com'] }),
		nothing,
		{},
		'allowed',
	],
	['another service', build, trusting({ Service: 'lambda.amazonaws.com' }), nothing, {}, no('trust')],
	['somebody of another account', foreigner, trusting({ AWS: '444455556666' }), may, {}, 'allowed'],
	[
		'another account, without an identity policy',
		foreigner,
		trusting({ AWS: foreigner.arn }),
		nothing,
		{},
		no('identity'),
	],
	['not that account', foreigner, trusting(root), may, {}, no('trust')],
	['whoever knows the external id', user, trusting(root, externalId), may, { 'sts:ExternalId': 'secret' }, 'allowed'],
	[
		'whoever knows another external id',
		user,
		trusting(root, externalId),
		may,
		{ 'sts:ExternalId': 'guess' },
		no('trust'),
	],
	['whoever knows the external id, and none is given', user, trusting(root, externalId), may, {}, no('trust')],
	['the user, but denies', user, denying({ AWS: user.arn }), may, {}, no('trust', true)],
	[
		'a federated identity',
		github,
		trusting({ Federated: provider }, federated),
		nothing,
		{ 'token.actions.githubusercontent.com:sub': 'repo:me/mine:ref:refs/heads/main' },
		'allowed',
	],
	[
		'a federated identity of another repository',
		github,
		trusting({ Federated: provider }, federated),
		nothing,
		{ 'token.actions.githubusercontent.com:sub': 'repo:you/yours:ref:refs/heads/main' },
		no('trust'),
	],
];

test.each(cases)('A role that trusts %s', (_whom, principal, trust, policies, context, expected) => {
	const action = principal.kind === 'federated' ? 'sts:AssumeRoleWithWebIdentity' : 'sts:AssumeRole';
	const decision = evaluateTrust({
		action,
		role: { arn: roleArn, trust },
		principal,
		policies,
		context: contextOf(context),
	});
	expect(decision.denial ?? 'allowed').toEqual(expected);
});

test('An explicit deny of the caller counts even where the role trusts them', () => {
	const denies = document('identity', { Effect: 'Deny', Action: 'sts:AssumeRole', Resource: roleArn });
	const decision = evaluateTrust({
		role: { arn: roleArn, trust: trusting({ AWS: user.arn }) },
		principal: user,
		policies: { identity: [{ document: denies }] },
	});
	expect(decision.denial).toEqual(no('identity', true));
});

test('A service asks whether a role trusts it', () => {
	const role = { arn: roleArn, trust: trusting({ Service: 'lambda.amazonaws.com' }) };
	expect(trustsService(role, 'lambda.amazonaws.com')).toBe(true);
	expect(trustsService(role, 'codebuild.amazonaws.com')).toBe(false);
});
