import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith, started } from '../testing.ts';

const page = `---
title: Get ready
description: The first lab
---

<Step id="deploy">

## Deploy

<Edit file="lib/stack.ts" />
<Edit file="lib/new.ts" />

</Step>

<Step id="repair">

## Repair

<Edit file="lib/stack.ts" />

</Step>

<Step id="clean-up">

## Clean up

<Edit file="lib/gone.ts" />

</Step>
`;
const lines = (...given: string[]) => given.map((line) => `${line}\n`).join('');
const starter = lines('one', 'two', 'three', 'four', 'five', 'six');
const deployed = lines('one', 'TWO', 'three', 'four', 'five', 'six');
const repaired = lines('one', 'TWO', 'three', 'four', 'FIVE', 'six');

/** A companion over a lab with two solutions, and a workspace that holds these files. */
async function workspace(files: Record<string, string>) {
	const folder = folderWith({
		'lab/index.mdx': page,
		'lab/starter/lib/stack.ts': starter,
		'lab/solution/deploy/lib/stack.ts': deployed,
		'lab/solution/deploy/lib/new.ts': 'new\n',
		'lab/solution/repair/lib/stack.ts': repaired,
		'workspace/package.json': '{}',
		...Object.fromEntries(Object.entries(files).map(([name, text]) => [`workspace/${name}`, text])),
	});
	const { post } = await started({
		folders: { lab: () => join(folder, 'lab'), workspace: () => join(folder, 'workspace') },
	});
	return {
		path: join(folder, 'workspace'),
		read: (name: string) => readFileSync(join(folder, 'workspace', name), 'utf8'),
		async edit(step: string, file: string) {
			const answer = await post('/api/labs/get-ready/edit', { step, file });
			return { status: answer.status, ...answer.json() };
		},
	};
}

test('a file as the step before left it becomes what the page shows, and says so the second time', async () => {
	const { edit, read } = await workspace({ 'lib/stack.ts': starter });
	expect(await edit('deploy', 'lib/stack.ts')).toEqual({ status: 200, file: 'lib/stack.ts', outcome: 'applied' });
	expect(read('lib/stack.ts')).toBe(deployed);
	expect(await edit('deploy', 'lib/stack.ts')).toEqual({ status: 200, file: 'lib/stack.ts', outcome: 'already' });
	expect(await edit('repair', 'lib/stack.ts')).toMatchObject({ outcome: 'applied' });
	expect(read('lib/stack.ts')).toBe(repaired);
});

test('an earlier edit is still there when the file has gone on since', async () => {
	const { edit, read } = await workspace({ 'lib/stack.ts': repaired });
	expect(await edit('deploy', 'lib/stack.ts')).toMatchObject({ outcome: 'already' });
	expect(read('lib/stack.ts')).toBe(repaired);
});

test("the learner's own change elsewhere in the file stays", async () => {
	const { edit, read } = await workspace({
		'lib/stack.ts': lines('// mine', 'one', 'TWO', 'three', 'four', 'five', 'six'),
	});
	expect(await edit('repair', 'lib/stack.ts')).toMatchObject({ outcome: 'applied' });
	expect(read('lib/stack.ts')).toBe(lines('// mine', 'one', 'TWO', 'three', 'four', 'FIVE', 'six'));
});

test('where both changed the same place nothing is written and the difference is shown', async () => {
	const mine = lines('one', 'TWO', 'three', 'four', 'my five', 'six');
	const { edit, read } = await workspace({ 'lib/stack.ts': mine });
	expect(await edit('repair', 'lib/stack.ts')).toEqual({
		status: 200,
		file: 'lib/stack.ts',
		outcome: 'differs',
		diff: `--- a/lib/stack.ts
+++ b/lib/stack.ts
@@ -2,5 +2,5 @@
 TWO
 three
 four
-my five
+FIVE
 six
`,
	});
	expect(read('lib/stack.ts')).toBe(mine);
});

test('a file that the learner deleted is shown whole, not brought back', async () => {
	const { edit, path } = await workspace({});
	expect(await edit('repair', 'lib/stack.ts')).toMatchObject({
		outcome: 'differs',
		diff: expect.stringMatching(/^--- \/dev\/null\n\+\+\+ b\/lib\/stack\.ts\n@@ -0,0 \+1,6 @@\n\+one\n/),
	});
	expect(existsSync(join(path, 'lib'))).toBe(false);
});

test('a new file is made, with the folder that it needs and nothing beside it', async () => {
	const { edit, read, path } = await workspace({});
	expect(await edit('deploy', 'lib/new.ts')).toMatchObject({ outcome: 'applied' });
	expect(read('lib/new.ts')).toBe('new\n');
	expect(readdirSync(join(path, 'lib'))).toEqual(['new.ts']);
});

test('the mode of the file is kept', async () => {
	const { edit, path } = await workspace({ 'lib/stack.ts': starter });
	chmodSync(join(path, 'lib/stack.ts'), 0o755);
	await edit('deploy', 'lib/stack.ts');
	expect(statSync(join(path, 'lib/stack.ts')).mode & 0o777).toBe(0o755);
});

test('a file that the page does not edit in that step is refused', async () => {
	const { edit } = await workspace({ 'package.json': '{}' });
	for (const file of ['package.json', '../../lab/index.mdx', '/etc/passwd']) {
		expect(await edit('repair', file)).toEqual({
			status: 404,
			error: {
				message: `The step repair does not change ${file}.`,
				hint: 'Reload the page: it may be older than the lab.',
			},
		});
	}
});

test('an edit without a solution is an incomplete lab', async () => {
	const { edit } = await workspace({});
	expect(await edit('clean-up', 'lib/gone.ts')).toMatchObject({
		status: 500,
		error: {
			message: 'The page edits lib/gone.ts in step clean-up, but the lab has no solution/clean-up/lib/gone.ts.',
		},
	});
});

test('a link is not followed out of the workspace', async () => {
	const { edit, path } = await workspace({});
	const outside = folderWith({ 'stack.ts': starter });
	symlinkSync(outside, join(path, 'lib'));
	expect(await edit('deploy', 'lib/stack.ts')).toMatchObject({ status: 403 });
	expect(readFileSync(join(outside, 'stack.ts'), 'utf8')).toBe(starter);

	const other = await workspace({});
	mkdirSync(dirname(join(other.path, 'lib/stack.ts')));
	symlinkSync(join(outside, 'stack.ts'), join(other.path, 'lib/stack.ts'));
	expect(await other.edit('deploy', 'lib/stack.ts')).toMatchObject({ status: 403 });
});
