import { expect, test } from 'vitest';
import { denialOf, denialSentence } from './denial.ts';
import type { Denial } from './evaluate.ts';

const principal = 'arn:aws:iam::123456789012:user/John';
const action = 'codedeploy:ListDeployments';
const resource = 'arn:aws:codedeploy:us-east-1:123456789012:deploymentgroup:*';
const who = `User: ${principal} is not authorized to perform: ${action}`;

const sentences: [Denial['type'], string, string][] = [
	[
		'identity',
		`because no identity-based policy allows the ${action} action`,
		'with an explicit deny in an identity-based policy',
	],
	[
		'resource',
		`because no resource-based policy allows the ${action} action`,
		'with an explicit deny in a resource-based policy',
	],
	[
		'boundary',
		`because no permissions boundary allows the ${action} action`,
		'with an explicit deny in a permissions boundary',
	],
	['session', `because no session policy allows the ${action} action`, 'with an explicit deny in a session policy'],
	[
		'trust',
		`because no role trust policy allows the ${action} action`,
		'with an explicit deny in the role trust policy',
	],
];

test.each(sentences)('A denial by a policy of type %s', (type, implicit, explicit) => {
	const say = (denied: boolean, named?: string) =>
		denialSentence({ principal, action, resource: named, denial: { explicit: denied, type } });
	expect(say(false)).toBe(`${who} ${implicit}`);
	expect(say(false, '*')).toBe(`${who} ${implicit}`);
	expect(say(false, resource)).toBe(`${who} on resource: ${resource} ${implicit}`);
	expect(say(true, resource)).toBe(`${who} on resource: ${resource} ${explicit}`);
});

test('An explicit deny names the managed policy', () => {
	const denial: Denial = { explicit: true, type: 'identity', policyArn: 'arn:aws:iam::123456789012:policy/No' };
	expect(denialSentence({ principal, action, denial })).toBe(
		`${who} with an explicit deny in an identity-based policy: arn:aws:iam::123456789012:policy/No`,
	);
});

const why = `because no identity-based policy allows the ${action} action`;
const plain = `${who} on resource: ${resource} ${why}`;
test.each([
	['s3', { code: 'AccessDenied', status: 403, message: `${who} on resource: "${resource}" ${why}` }],
	[
		'ec2',
		{
			code: 'UnauthorizedOperation',
			status: 403,
			message: `You are not authorized to perform this operation. ${plain}`,
		},
	],
	['iam', { code: 'AccessDenied', status: 403, message: plain }],
	['lambda', { code: 'AccessDeniedException', status: 403, message: plain }],
	['ssm', { code: 'AccessDeniedException', status: 400, message: plain }],
])('%s words a denial its own way', (service, expected) => {
	expect(denialOf(service, { principal, action, resource, denial: { explicit: false, type: 'identity' } })).toEqual(
		expected,
	);
});

test.each([
	['sns', 'sns:Publish', 'AuthorizationError', 'SNS:Publish'],
	['sqs', 'sqs:SendMessage', 'AccessDenied', 'sqs:sendmessage'],
])('%s writes %s its own way', (service, asked, code, written) => {
	const denial: Denial = { explicit: false, type: 'identity' };
	expect(denialOf(service, { principal, action: asked, resource, denial })).toEqual({
		code,
		message: `User: ${principal} is not authorized to perform: ${written} on resource: ${resource} because no identity-based policy allows the ${written} action`,
		status: 403,
	});
});

test.each([
	['iam:GetRole', 'role/shop/worker', 'role worker'],
	['iam:PutRolePolicy', 'role/worker', 'role worker'],
	['iam:CreateAccessKey', 'user/ana', 'user ana'],
	['iam:GetInstanceProfile', 'instance-profile/machine', 'instance profile machine'],
	['iam:CreatePolicy', 'policy/Mine', 'policy Mine'],
	['iam:GetPolicy', 'policy/Mine', 'policy arn:aws:iam::123456789012:policy/Mine'],
	['iam:CreateRole', 'role/worker', 'arn:aws:iam::123456789012:role/worker'],
	['iam:PassRole', 'role/worker', 'arn:aws:iam::123456789012:role/worker'],
	['iam:TagRole', 'role/worker', 'arn:aws:iam::123456789012:role/worker'],
	['iam:ListRoles', 'role/', 'arn:aws:iam::123456789012:role/'],
])('%s names %s as %s', (asked, path, named) => {
	const denial: Denial = { explicit: false, type: 'identity' };
	const { message } = denialOf('iam', {
		principal,
		action: asked,
		resource: `arn:aws:iam::123456789012:${path}`,
		denial,
	});
	expect(message).toBe(
		`User: ${principal} is not authorized to perform: ${asked} on resource: ${named} because no identity-based policy allows the ${asked} action`,
	);
});
