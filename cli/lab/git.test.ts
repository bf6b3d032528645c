import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bringBack, git, initialise, keep } from './git.ts';

let folder: string;
const write = (file: string, text: string) => writeFileSync(join(folder, file), text);
const read = (file: string) => readFileSync(join(folder, file), 'utf8');

beforeEach(async () => {
	folder = mkdtempSync(join(tmpdir(), 'slipway-git-'));
	write('stack.ts', 'one');
	write('.gitignore', 'cdk.out/\n');
	await initialise(folder, 'Starter');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a new workspace is a clean repository on main', async () => {
	expect(await git(folder, ['log', '--format=%s'])).toBe('Starter');
	expect(await git(folder, ['branch', '--show-current'])).toBe('main');
	expect(await git(folder, ['status', '--short'])).toBe('');
});

test('to keep the files touches neither index nor work tree', async () => {
	write('stack.ts', 'two');
	write('new.ts', 'new');
	const before = await git(folder, ['status', '--short']);
	await keep(folder, 'Snapshot');
	expect(await git(folder, ['status', '--short'])).toBe(before);
});

test('edits, new files and deletions that were not committed come back as they were', async () => {
	write('stack.ts', 'two');
	write('new.ts', 'new');
	const before = await git(folder, ['status', '--short']);
	const kept = await keep(folder, 'Snapshot');

	write('stack.ts', 'three');
	write('later.ts', 'later');
	rmSync(join(folder, 'new.ts'));
	await git(folder, ['add', '--all']);
	await git(folder, ['commit', '--quiet', '--message', 'A wrong turn']);
	await bringBack(folder, kept);

	expect([read('stack.ts'), read('new.ts'), existsSync(join(folder, 'later.ts'))]).toEqual(['two', 'new', false]);
	expect(await git(folder, ['log', '--format=%s'])).toBe('Starter');
	expect(await git(folder, ['status', '--short'])).toBe(before);
});

test('what git ignores stays where it is', async () => {
	const kept = await keep(folder, 'Snapshot');
	await git(folder, ['init', '--quiet', 'cdk.out']);
	await bringBack(folder, kept);
	expect(existsSync(join(folder, 'cdk.out'))).toBe(true);
});

test("git's own tidying up leaves what is kept", async () => {
	write('stack.ts', 'two');
	const kept = await keep(folder, 'Snapshot');
	await git(folder, ['gc', '--quiet', '--prune=now']);
	await bringBack(folder, kept);
	expect(read('stack.ts')).toBe('two');
});
