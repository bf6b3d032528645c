// biome-ignore-all lint/suspicious/noTemplateCurlyInString: IAM writes its policy variables so.
import { expect, test } from 'vitest';
import { contextOf } from './context.ts';
import { pattern } from './pattern.ts';

const context = contextOf({ who: 'a*', list: ['a', 'b'] });

test.each([
	['', '', true],
	['', 'a', false],
	['*', '', true],
	['**', 'abc', true],
	['?', '', false],
	['?', 'ab', false],
	['a*c', 'abbc', true],
	['a*c', 'abcb', false],
	['*a*a', 'aba', true],
	['*ab', 'aab', true],
	['a?c*', 'abc', true],
	['a.c', 'abc', false],
	['${who}', 'a*', true],
	['${who}', 'ab', false],
	['${WHO}x*', 'a*xy', true],
	['${list}', 'a', undefined],
	['${none}', '', undefined],
	["${none, 'x'}", 'x', true],
	['${*}', '*', true],
	['${*}', 'x', false],
	['${?}${$}', '?$', true],
])('%s and %s', (text, value, expected) => {
	expect(pattern(text, { context, wildcards: true, variables: true })?.test(value)).toBe(expected);
});

test('Many stars take no longer than their number', () => {
	const started = performance.now();
	expect(pattern(`${'*a'.repeat(30)}b`, { context, wildcards: true })!.test('a'.repeat(2_000))).toBe(false);
	expect(performance.now() - started).toBeLessThan(1_000);
});
