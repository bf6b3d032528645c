import { expect, test } from 'vitest';
import { folderOf } from './testing.ts';
import { openWorkspace } from './workspace.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 14, minute));
const file = (text: string, minute: number) => ({ text, at: at(minute) });

test('it reads files and when they were saved, and knows none that is not there', () => {
	const workspace = openWorkspace(folderOf({ 'lib/stack.ts': file('code', 5) }), at(4));
	expect([workspace.text('lib/stack.ts'), workspace.savedAt('lib/stack.ts'), workspace.deployedAt]).toEqual([
		'code',
		at(5),
		at(4),
	]);
	expect([workspace.text('lib/none.ts'), workspace.savedAt('lib/none.ts')]).toEqual([undefined, undefined]);
});

test('a folder that is not there is empty', () => {
	const workspace = openWorkspace('/nowhere/at/all');
	expect([workspace.text('a'), workspace.editedSince(at(0)), workspace.template('Shop')]).toEqual([
		undefined,
		[],
		undefined,
	]);
});

test('it tells which sources were edited since, newest first, and leaves out what is made or installed', () => {
	const workspace = openWorkspace(
		folderOf({
			'bin/app.ts': file('', 3),
			'lib/stack.ts': file('', 8),
			'cdk.json': file('{}', 6),
			'README.md': file('', 9),
			'cdk.out/manifest.json': file('{}', 9),
			'node_modules/x/index.js': file('', 9),
			'.git/index': file('', 9),
		}),
	);
	expect(workspace.editedSince(at(5))).toEqual([
		{ file: 'lib/stack.ts', at: at(8) },
		{ file: 'cdk.json', at: at(6) },
	]);
});

test('a synthesised template counts only while no source is younger than it', () => {
	const made = { 'cdk.out/Shop.template.json': file('{"Resources":{}}', 1), 'cdk.out/manifest.json': file('{}', 7) };
	expect(openWorkspace(folderOf({ ...made, 'lib/stack.ts': file('', 6) })).template('Shop')).toEqual({ Resources: {} });
	expect(openWorkspace(folderOf({ ...made, 'lib/stack.ts': file('', 6) })).template('Other')).toBeUndefined();
	expect(openWorkspace(folderOf({ ...made, 'lib/stack.ts': file('', 8) })).template('Shop')).toBeUndefined();
});
