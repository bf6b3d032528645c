import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import getReady from '../../labs/get-ready/lab.ts';
import { root } from '../../lib/paths.ts';
import { git } from './git.ts';
import { isPrepared, makeWorkspace, preparedWorkspace, removeWorkspace } from './workspace.ts';

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'slipway-workspace-'));
	process.env['SLIPWAY_WORKSPACE'] = folder;
});
afterEach(() => {
	delete process.env['SLIPWAY_WORKSPACE'];
	rmSync(folder, { recursive: true, force: true });
});

const json = (file: string) => JSON.parse(readFileSync(join(folder, 'get-ready', file), 'utf8'));

test('a workspace is the starter as a repository of its own', async () => {
	expect(isPrepared('get-ready')).toBe(false);
	await makeWorkspace(getReady);
	expect(isPrepared('get-ready')).toBe(true);
	const workspace = preparedWorkspace('get-ready');
	expect(readFileSync(join(workspace, 'lib', 'stack.ts'), 'utf8')).toBe(
		readFileSync(join(root, 'labs/get-ready/starter/lib/stack.ts'), 'utf8'),
	);
	expect(await git(workspace, ['log', '--format=%s'])).toBe('Starter of get-ready');
	expect(await git(workspace, ['status', '--short'])).toBe('');
});

test('its scripts lead back to the commands, and those of the starter stay', async () => {
	await makeWorkspace(getReady);
	const { scripts } = json('package.json');
	expect(Object.keys(scripts)).toEqual(expect.arrayContaining(['synth', 'diff', 'validate', 'deploy', 'cleanup']));
	const [, path] = scripts.validate.split(' ');
	expect(resolve(folder, 'get-ready', path)).toBe(join(root, 'cli', 'run.mjs'));
});

test('a command typed in it is about its lab', async () => {
	await makeWorkspace(getReady);
	const asked = spawnSync(process.execPath, [join(root, 'cli', 'main.ts'), 'validate', '--step', 'none'], {
		cwd: join(folder, 'get-ready'),
		encoding: 'utf8',
		env: { ...process.env, INIT_CWD: join(folder, 'get-ready'), SLIPWAY_STATE: join(folder, 'state') },
	});
	expect(asked.stderr).toContain('get-ready has no step "none".');
});

test('when its resources expire is said once, a day from now', async () => {
	const expires = await makeWorkspace(getReady, new Date('2026-11-22T10:00:00.123Z'));
	expect(expires).toBe('2026-11-23T10:00:00Z');
	expect(json('cdk.json').context['slipway:expires']).toBe(expires);
});

test('what the CDK makes is not committed', async () => {
	await makeWorkspace(getReady);
	expect(readFileSync(join(folder, 'get-ready', '.gitignore'), 'utf8')).toContain('cdk.out/');
});

test('one that is not there is answered with the command that makes it', () => {
	expect(() => preparedWorkspace('get-ready')).toThrow('The lab get-ready has no workspace yet.');
});

test('it goes whole', async () => {
	await makeWorkspace(getReady);
	removeWorkspace('get-ready');
	expect(existsSync(join(folder, 'get-ready'))).toBe(false);
});
