import { expect, test } from 'vitest';
import { diffLines, hunks } from './diff.ts';

const shown = (before: string, after: string) =>
	diffLines(before, after).map(({ kind, text }) => ({ same: ' ', add: '+', remove: '-' })[kind] + text);

test('a changed line is taken away and added, the rest is kept', () => {
	expect(shown('a\nb\nc\n', 'a\nB\nc\n')).toEqual([' a', '-b', '+B', ' c']);
});

test('a new file is all added', () => {
	expect(shown('', 'a\nb\n')).toEqual(['+a', '+b']);
});

test('only the changed places are shown, each with its line number in the new file', () => {
	const before = Array.from({ length: 30 }, (_, at) => `line ${at + 1}`);
	const after = before.with(4, 'five').with(24, 'twenty-five');
	const found = hunks(diffLines(before.join('\n'), after.join('\n')), 2);
	expect(found.map(({ from, lines }) => [from, lines.length])).toEqual([
		[3, 6],
		[23, 6],
	]);
});
