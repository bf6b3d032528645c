import { expect, test } from 'vitest';
import { filterPolicy } from './filter-policy.ts';

const text = (StringValue: string) => ({ DataType: 'String', StringValue });
const number = (value: number) => ({ DataType: 'Number', StringValue: String(value) });
const list = (value: unknown) => ({ DataType: 'String.Array', StringValue: JSON.stringify(value) });
const passes = (policy: object, attributes: Parameters<ReturnType<typeof filterPolicy>>[0]) =>
	filterPolicy(JSON.stringify(policy))(attributes);

test('every key must be satisfied, by any of its values', () => {
	const policy = { store: ['shop', 'web'], event: ['order'] };
	expect(passes(policy, { store: text('web'), event: text('order') })).toBe(true);
	expect(passes(policy, { store: text('web'), event: text('refund') })).toBe(false);
	expect(passes(policy, { store: text('web') })).toBe(false);
	expect(passes({}, {})).toBe(true);
	expect(passes({ $or: [{ a: ['1'] }, { b: ['2'] }] }, { b: text('2') })).toBe(true);
	expect(passes({ $or: [{ a: ['1'] }, { b: ['2'] }] }, { b: text('1') })).toBe(false);
});

test('values are compared in all the ways there are', () => {
	const cases: [rule: unknown, attribute: ReturnType<typeof text>, passes: boolean][] = [
		[{ prefix: 'ord' }, text('order'), true],
		[{ prefix: 'ord' }, text('Order'), false],
		[{ suffix: 'der' }, text('order'), true],
		[{ 'equals-ignore-case': 'ORDER' }, text('order'), true],
		[{ wildcard: 'o*e*r' }, text('order'), true],
		[{ wildcard: 'o*x' }, text('order'), false],
		[{ 'anything-but': 'order' }, text('order'), false],
		[{ 'anything-but': ['order', 'refund'] }, text('visit'), true],
		[{ 'anything-but': { prefix: 'ord' } }, text('order'), false],
		[{ 'anything-but': 5 }, number(5), false],
		[{ numeric: ['>', 0, '<=', 5] }, number(5), true],
		[{ numeric: ['>', 0, '<=', 5] }, number(0), false],
		[{ numeric: ['=', 5] }, number(5), true],
		[{ numeric: ['<', 5] }, text('4'), false],
		[{ numeric: ['>=', 5] }, number(5), true],
		[5, number(5), true],
		[5, text('5'), false],
		['b', list(['a', 'b']), true],
		[true, list([true]), true],
		[null, list([null]), true],
		['c', list(['a', 'b']), false],
		['a', { DataType: 'String.Array', StringValue: 'no json' }, false],
		[{ exists: true }, text('x'), true],
		[{ exists: false }, text('x'), false],
	];
	for (const [rule, attribute, expected] of cases) {
		expect(passes({ key: [rule] }, { key: attribute }), JSON.stringify(rule)).toBe(expected);
	}
	expect(passes({ key: [{ exists: false }] }, {})).toBe(true);
	expect(passes({ key: [{ exists: true }] }, {})).toBe(false);
});

test('a policy that cannot be read is refused', () => {
	const refused = [
		['{', 'failed to parse JSON.'],
		['[]', 'Filter policy must be a JSON object.'],
		['{"a":"b"}', '"a" must be an object or an array'],
		['{"a":{"b":["c"]}}', 'Filter policy scope MessageAttributes does not support nested filter policy'],
		['{"a":[]}', 'Empty arrays are not allowed'],
		['{"a":[{"is":"b"}]}', 'Unrecognized match type is'],
		['{"a":[["b"]]}', 'Match value must be String, number, true, false, or null'],
		['{"a":[{"prefix":1}]}', 'prefix match pattern must be a string'],
		['{"a":[{"exists":"yes"}]}', 'exists match pattern must be either true or false.'],
		['{"a":[{"anything-but":[true]}]}', 'Inside anything but list, start|null|boolean is not supported.'],
		['{"a":[{"numeric":1}]}', 'Value of numeric must be an array.'],
		['{"a":[{"numeric":[]}]}', 'Invalid member in numeric match: ]'],
		['{"a":[{"numeric":[">"]}]}', 'Too many elements in numeric expression'],
		['{"a":[{"numeric":["~",1]}]}', 'Unrecognized numeric range operator: ~'],
		['{"a":[{"numeric":[">","1"]}]}', 'Value of > must be numeric'],
	] as const;
	for (const [policy, why] of refused) {
		expect(() => filterPolicy(policy), policy).toThrow(`Invalid parameter: FilterPolicy: ${why}`);
	}
});
