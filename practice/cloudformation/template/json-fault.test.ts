import { expect, test } from 'vitest';
import { jsonFaultAt } from './json-fault.ts';

test.each([
	['{"A": }', 6],
	['{"A" 1}', 5],
	['{"A": 1,}', 8],
	['{"A": [1, 2}', 11],
	['{"A": 1', 7],
	['{"A": tru}', 6],
	["{'A': 1}", 1],
	['{"A": 1} x', 9],
	['{"A": "a\nb"}', 6],
	['{,}', 1],
	['{"A": {}, "B": [], "C": nope}', 24],
])('%j stops being JSON at %i', (text, offset) => {
	expect(() => JSON.parse(text)).toThrow();
	expect(jsonFaultAt(text)).toBe(offset);
});
