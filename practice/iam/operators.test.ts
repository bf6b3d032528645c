// biome-ignore-all lint/suspicious/noTemplateCurlyInString: IAM writes its policy variables so.
import { expect, test } from 'vitest';
import { type ContextValues, contextOf } from './context.ts';
import { fulfils } from './operators.ts';

const yes = true;
const no = false;
const tag = 'aws:RequestTag/team';

/** Operator, key, values of the policy, context of the request, whether it is fulfilled. */
const conditions: [string, string, string[], ContextValues, boolean][] = [
	['StringEquals', tag, ['blue', 'red'], { [tag]: 'red' }, yes],
	['StringEquals', tag, ['blue'], { [tag]: 'Blue' }, no],
	['StringEquals', tag, ['blue*'], { [tag]: 'blueish' }, no],
	['StringEquals', tag, ['blue'], {}, no],
	['StringEquals', 'AWS:REQUESTTAG/TEAM', ['blue'], { [tag]: 'blue' }, yes],
	[
		'StringEquals',
		'aws:SourceAccount',
		['${aws:PrincipalAccount}'],
		{ 'aws:SourceAccount': '1', 'aws:PrincipalAccount': '1' },
		yes,
	],
	['StringEquals', tag, ['${aws:PrincipalTag/team}'], { [tag]: 'blue' }, no],
	['StringEquals', tag, ["${aws:PrincipalTag/team, 'blue'}"], { [tag]: 'blue' }, yes],
	['StringEquals', tag, ['a${*}'], { [tag]: 'a*' }, yes],
	['StringNotEquals', tag, ['blue', 'red'], { [tag]: 'green' }, yes],
	['StringNotEquals', tag, ['blue', 'red'], { [tag]: 'red' }, no],
	['StringNotEquals', tag, ['blue'], {}, yes],
	['StringEqualsIgnoreCase', tag, ['BLUE'], { [tag]: 'blue' }, yes],
	['StringNotEqualsIgnoreCase', tag, ['BLUE'], { [tag]: 'blue' }, no],
	['StringLike', tag, ['b?u*'], { [tag]: 'blue' }, yes],
	['StringLike', tag, ['a${*}*'], { [tag]: 'a*b' }, yes],
	['StringLike', tag, ['a${*}*'], { [tag]: 'aab' }, no],
	['StringLike', tag, ['${aws:username}'], { [tag]: 'anything', 'aws:username': '*' }, no],
	['StringNotLike', tag, ['b*'], { [tag]: 'blue' }, no],
	['StringNotLike', tag, ['b*'], { [tag]: 'red' }, yes],
	['StringEqualsIfExists', tag, ['blue'], {}, yes],
	['StringEqualsIfExists', tag, ['blue'], { [tag]: 'red' }, no],
	['NumericEquals', 'n', ['10'], { n: '10.0' }, yes],
	['NumericNotEquals', 'n', ['10'], { n: 10 }, no],
	['NumericLessThan', 'n', ['10'], { n: 9 }, yes],
	['NumericLessThan', 'n', ['10'], { n: 10 }, no],
	['NumericLessThanEquals', 'n', ['10'], { n: 10 }, yes],
	['NumericGreaterThan', 'n', ['10'], { n: 10 }, no],
	['NumericGreaterThanEquals', 'n', ['10'], { n: 10 }, yes],
	['NumericEquals', 'n', ['0'], { n: '' }, no],
	['NumericLessThan', 'n', ['10'], { n: 'few' }, no],
	['DateEquals', 'd', ['2026-11-22T00:00:00Z'], { d: '2026-11-22T01:00:00+01:00' }, yes],
	['DateNotEquals', 'd', ['2026-11-22T00:00:00Z'], { d: '2026-11-22T00:00:00Z' }, no],
	['DateLessThan', 'd', ['2026-11-23T00:00:00Z'], { d: '2026-11-22T00:00:00Z' }, yes],
	['DateLessThanEquals', 'd', ['1795305600'], { d: '2026-11-22T00:00:00Z' }, yes],
	['DateGreaterThan', 'd', ['2026-11-22T00:00:00Z'], { d: '2026-11-22T00:00:00Z' }, no],
	['DateGreaterThanEquals', 'd', ['2026-11-22T00:00:00Z'], { d: '1795305600' }, yes],
	['Bool', 'aws:SecureTransport', ['false'], { 'aws:SecureTransport': true }, no],
	['Bool', 'aws:SecureTransport', ['True'], { 'aws:SecureTransport': true }, yes],
	['Bool', 'aws:SecureTransport', ['false'], {}, no],
	['BoolIfExists', 'aws:MultiFactorAuthPresent', ['false'], {}, yes],
	['BinaryEquals', 'key', ['QmluYXJ5'], { key: 'QmluYXJ5' }, yes],
	['IpAddress', 'aws:SourceIp', ['203.0.113.0/24'], { 'aws:SourceIp': '203.0.113.7' }, yes],
	['IpAddress', 'aws:SourceIp', ['203.0.113.0/24'], { 'aws:SourceIp': '203.0.114.7' }, no],
	['IpAddress', 'aws:SourceIp', ['203.0.113.7'], { 'aws:SourceIp': '203.0.113.7' }, yes],
	['IpAddress', 'aws:SourceIp', ['2001:db8::/32'], { 'aws:SourceIp': '2001:db8::1' }, yes],
	['IpAddress', 'aws:SourceIp', ['no address'], { 'aws:SourceIp': '203.0.113.7' }, no],
	['NotIpAddress', 'aws:SourceIp', ['203.0.113.0/24'], { 'aws:SourceIp': '203.0.114.7' }, yes],
	[
		'ArnEquals',
		'aws:SourceArn',
		['arn:aws:sns:*:1:orders'],
		{ 'aws:SourceArn': 'arn:aws:sns:us-east-1:1:orders' },
		yes,
	],
	['ArnLike', 'aws:SourceArn', ['arn:aws:s3:::a*'], { 'aws:SourceArn': 'arn:aws:s3:::a:b' }, yes],
	['ArnLike', 'aws:SourceArn', ['arn:aws:*:orders'], { 'aws:SourceArn': 'arn:aws:sns:us-east-1:1:orders' }, no],
	['ArnLike', 'aws:SourceArn', ['arn:aws:sns:us-east-1:*'], { 'aws:SourceArn': 'arn:aws:sns:us-east-1:1:orders' }, no],
	[
		'ArnLike',
		'aws:SourceArn',
		['arn:aws:sns:*:${aws:PrincipalAccount}:*'],
		{ 'aws:SourceArn': 'arn:aws:sns:us-east-1:1:orders', 'aws:PrincipalAccount': '1' },
		yes,
	],
	['ArnNotEquals', 'aws:PrincipalArn', ['arn:aws:iam::1:role/a'], { 'aws:PrincipalArn': 'arn:aws:iam::1:role/b' }, yes],
	['ArnNotLike', 'aws:PrincipalArn', ['arn:aws:iam::1:role/*'], { 'aws:PrincipalArn': 'arn:aws:iam::1:role/b' }, no],
	['Null', 'codecommit:References', ['false'], { 'codecommit:References': ['refs/heads/main'] }, yes],
	['Null', 'codecommit:References', ['false'], {}, no],
	['Null', 'codecommit:References', ['true'], {}, yes],
	['Null', 'codecommit:References', ['true'], { 'codecommit:References': [] }, yes],
	['ForAllValues:StringEquals', 'aws:TagKeys', ['a', 'b'], { 'aws:TagKeys': ['a', 'b'] }, yes],
	['ForAllValues:StringEquals', 'aws:TagKeys', ['a', 'b'], { 'aws:TagKeys': ['a', 'c'] }, no],
	['ForAllValues:StringEquals', 'aws:TagKeys', ['a'], {}, yes],
	['ForAnyValue:StringEquals', 'aws:TagKeys', ['a'], { 'aws:TagKeys': ['a', 'c'] }, yes],
	['ForAnyValue:StringEquals', 'aws:TagKeys', ['b'], { 'aws:TagKeys': ['a', 'c'] }, no],
	['ForAnyValue:StringEquals', 'aws:TagKeys', ['a'], {}, no],
	['ForAllValues:StringNotEquals', 'aws:TagKeys', ['a'], { 'aws:TagKeys': ['b', 'a'] }, no],
	['ForAnyValue:StringNotEquals', 'aws:TagKeys', ['a'], { 'aws:TagKeys': ['b', 'a'] }, yes],
	['StringNotEquals', 'aws:TagKeys', ['a'], { 'aws:TagKeys': ['b', 'a'] }, no],
];

test.each(conditions)('%s %s %j against %j is %s', (operator, key, values, context, expected) => {
	expect(fulfils({ operator, key, values }, contextOf(context), true)).toBe(expected);
});

test('Documents of the older version take variables for text', () => {
	const condition = { operator: 'StringEquals', key: 'a', values: ['${aws:username}'] };
	expect(fulfils(condition, contextOf({ a: '${aws:username}', 'aws:username': 'x' }), false)).toBe(true);
	expect(fulfils(condition, contextOf({ a: 'x', 'aws:username': 'x' }), false)).toBe(false);
});
