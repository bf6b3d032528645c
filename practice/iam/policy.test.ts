import { expect, test } from 'vitest';
import { MalformedPolicy, type PolicyKind, parsePolicy } from './policy.ts';

const allow = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
const trust = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } };
const of = (...statements: object[]) => ({ Version: '2012-10-17', Statement: statements });

test('One statement and one value are read as lists', () => {
	const text = JSON.stringify({
		Version: '2012-10-17',
		Id: 'mine',
		Statement: {
			Sid: 'ReadIt',
			Effect: 'Allow',
			Action: 's3:GetObject',
			NotResource: 'arn:aws:s3:::a/*',
			Condition: { Bool: { 'aws:SecureTransport': true }, NumericLessThan: { 's3:max-keys': [10, '20'] } },
		},
	});
	expect(parsePolicy(text, 'identity')).toEqual({
		version: '2012-10-17',
		statements: [
			{
				sid: 'ReadIt',
				effect: 'Allow',
				action: ['s3:GetObject'],
				notResource: ['arn:aws:s3:::a/*'],
				conditions: [
					{ operator: 'Bool', key: 'aws:SecureTransport', values: ['true'] },
					{ operator: 'NumericLessThan', key: 's3:max-keys', values: ['10', '20'] },
				],
			},
		],
	});
});

test('A document without a version is of the older one', () => {
	expect(parsePolicy(JSON.stringify({ Statement: allow }), 'identity').version).toBe('2008-10-17');
});

test('A resource policy names principals by kind, or everybody', () => {
	const { statements } = parsePolicy(
		JSON.stringify(
			of(
				{ ...allow, Principal: '*' },
				{ ...allow, Principal: { AWS: '111122223333', Service: ['sns.amazonaws.com', 'events.amazonaws.com'] } },
				{ ...allow, Effect: 'Deny', NotPrincipal: { AWS: ['arn:aws:iam::111122223333:root'] } },
			),
		),
		'resource',
	);
	expect(statements.map(({ principal, notPrincipal }) => ({ principal, notPrincipal }))).toEqual([
		{ principal: '*', notPrincipal: undefined },
		{
			principal: { AWS: ['111122223333'], Service: ['sns.amazonaws.com', 'events.amazonaws.com'] },
			notPrincipal: undefined,
		},
		{ principal: undefined, notPrincipal: { AWS: ['arn:aws:iam::111122223333:root'] } },
	]);
});

const refusals: [string, PolicyKind, unknown, string][] = [
	['text that is not JSON', 'identity', '{', 'Syntax errors in policy.'],
	['a list', 'identity', [], 'Syntax errors in policy.'],
	['an unknown element', 'identity', { ...of(allow), Statment: [] }, 'Syntax errors in policy.'],
	['an unknown version', 'identity', { ...of(allow), Version: '2012-10-18' }, 'Syntax errors in policy.'],
	['no statement', 'identity', of(), 'Syntax errors in policy.'],
	['an effect in lower case', 'identity', of({ ...allow, Effect: 'allow' }), 'Syntax errors in policy.'],
	[
		'an unknown operator',
		'identity',
		of({ ...allow, Condition: { StringEqual: { a: 'b' } } }),
		'Syntax errors in policy.',
	],
	['Action and NotAction', 'identity', of({ ...allow, NotAction: 's3:*' }), 'Syntax errors in policy.'],
	['a principal', 'identity', of({ ...allow, Principal: '*' }), 'Policy document should not specify a principal.'],
	['no action', 'identity', of({ Effect: 'Allow', Resource: '*' }), 'Policy statement must contain actions.'],
	['no resource', 'identity', of({ Effect: 'Allow', Action: '*' }), 'Policy statement must contain resources.'],
	[
		'an action without a service',
		'identity',
		of({ ...allow, Action: 'GetObject' }),
		'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
	],
	['an impossible service', 'identity', of({ ...allow, Action: 's 3:GetObject' }), 'Vendor s 3 is not valid'],
	[
		'a name where an ARN belongs',
		'identity',
		of({ ...allow, Resource: 'orders' }),
		'Resource orders must be in ARN format or "*".',
	],
	[
		'an unknown partition',
		'identity',
		of({ ...allow, Resource: 'arn:aws2:s3:::a' }),
		'Partition "aws2" is not valid for resource "arn:aws2:s3:::a".',
	],
	['half an ARN', 'identity', of({ ...allow, Resource: 'arn:aws:s3::a' }), 'The policy failed legacy parsing'],
	[
		'a statement id twice',
		'identity',
		of({ ...allow, Sid: 'A' }, { ...allow, Sid: 'A' }),
		'Statement IDs (SID) in a single policy must be unique.',
	],
	[
		'a statement id with a dash',
		'identity',
		of({ ...allow, Sid: 'read-it' }),
		'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*',
	],
	['text that is not JSON', 'trust', '{', 'This policy contains invalid Json'],
	['an unknown element', 'trust', of({ ...trust, Actions: [] }), 'Syntax error in policy.'],
	['an unknown version', 'trust', { ...of(trust), Version: '1' }, 'The policy must contain a valid version string'],
	['no statement', 'trust', of(), 'Could not parse the policy: Statement is empty!'],
	['no effect', 'trust', of({ ...trust, Effect: undefined }), 'Missing required field Effect'],
	['an effect in lower case', 'trust', of({ ...trust, Effect: 'allow' }), 'Invalid effect: allow'],
	['no principal', 'trust', of({ ...trust, Principal: undefined }), 'Missing required field Principal'],
	['an empty principal', 'trust', of({ ...trust, Principal: {} }), 'Missing required field Principal cannot be empty!'],
	['everybody as text', 'trust', of({ ...trust, Principal: '*' }), 'Principal must be a JSON object.'],
	[
		'an unknown kind of principal',
		'trust',
		of({ ...trust, Principal: { Role: 'a' } }),
		'Invalid principal in policy: "Role"',
	],
	['no action', 'trust', of({ ...trust, Action: [] }), 'Missing required field Action'],
	[
		'an action of another service',
		'trust',
		of({ ...trust, Action: 's3:GetObject' }),
		'AssumeRole policy may only specify STS AssumeRole actions.',
	],
	['a resource', 'trust', of({ ...trust, Resource: '*' }), 'Has prohibited field Resource'],
	[
		'everything but a resource',
		'trust',
		of({ ...trust, NotResource: '*' }),
		'AssumeRole policy must not contain resources.',
	],
	[
		'everybody but somebody',
		'trust',
		of({ ...trust, Effect: 'Deny', Principal: undefined, NotPrincipal: { AWS: '111122223333' } }),
		'AssumeRole policy must not contain NotPrincipal field.',
	],
	[
		'an allow for everybody but somebody',
		'resource',
		of({ ...allow, NotPrincipal: { AWS: '111122223333' } }),
		'Allow with NotPrincipal is not allowed.',
	],
	[
		'a statement id twice',
		'trust',
		of({ ...trust, Sid: 'A' }, { ...trust, Sid: 'A' }),
		'The Statement Ids in the policy are not unique',
	],
];

test.each(refusals)('%s in a policy of kind %s is refused', (_what, kind, document, message) => {
	const text = typeof document === 'string' ? document : JSON.stringify(document);
	expect(() => parsePolicy(text, kind)).toThrow(new MalformedPolicy(message));
});
