import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { labFiles, settled } from './files.ts';

function folder(files: Record<string, string>): string {
	const at = mkdtempSync(join(tmpdir(), 'lab-'));
	for (const [name, text] of Object.entries(files)) {
		mkdirSync(dirname(join(at, name)), { recursive: true });
		writeFileSync(join(at, name), text);
	}
	return at;
}

test('a step changes the newest earlier state of a file, which may be the starter', () => {
	const files = labFiles(
		folder({ 'starter/a.ts': '0', 'solution/two/a.ts': '2', 'solution/four/a.ts': '4', 'solution/four/new.ts': 'n' }),
		['one', 'two', 'three', 'four'],
	);
	expect([files.before('two', 'a.ts'), files.after('two', 'a.ts')]).toEqual(['0', '2']);
	expect([files.before('four', 'a.ts'), files.after('four', 'a.ts')]).toEqual(['2', '4']);
	expect([files.before('four', 'new.ts'), files.after('four', 'new.ts')]).toEqual([undefined, 'n']);
	expect(files.after('one', 'a.ts')).toBe('0');
});

test('a picture in the language of the page comes before the one for all', () => {
	const files = labFiles(folder({ 'pictures/flow.svg': 'en', 'pictures/flow.vi.svg': 'vi' }), []);
	expect([files.picture('flow', 'vi'), files.picture('flow', 'en'), files.picture('other', 'en')]).toEqual([
		'vi',
		'en',
		undefined,
	]);
});

test('output is shown as a terminal leaves it: overwritten lines gone, colours kept', () => {
	expect(
		settled([
			[0, '\x1b]0;title\x07\x1b[2K10 %\r'],
			[5, '100 %\r\n\x1b[32mdone\x1b[0m\r\n'],
		]),
	).toBe('100 %\n\x1b[32mdone\x1b[0m');
});
