import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';

const here = import.meta.dirname;
const folders: string[] = [];
afterEach(() => {
	for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A clone with a lock file of two packages, and an npm that does what `npm` says. */
function clone(npm: string): {
	root: string;
	run: (...args: string[]) => { status: number | null; text: string; out: string };
} {
	const root = mkdtempSync(join(tmpdir(), 'slipway-clone-'));
	folders.push(root);
	mkdirSync(join(root, 'cli'));
	for (const file of ['run.mjs', 'install.mjs']) cpSync(join(here, file), join(root, 'cli', file));
	writeFileSync(
		join(root, 'cli', 'main.ts'),
		'console.log(JSON.stringify(process.argv.slice(2)));process.exit(Number(process.env.CODE ?? 0));',
	);
	writeFileSync(join(root, 'package.json'), '{"type":"module"}');
	writeFileSync(
		join(root, 'package-lock.json'),
		JSON.stringify({
			packages: { '': {}, 'node_modules/a': { version: '1.0.0' }, 'node_modules/t': { version: '2.0.0', dev: true } },
		}),
	);
	mkdirSync(join(root, 'bin'));
	writeFileSync(join(root, 'bin', 'npm'), `#!/bin/sh\n${npm}\n`);
	chmodSync(join(root, 'bin', 'npm'), 0o755);
	const run = (...args: string[]) => {
		const { npm_execpath: _, ...env } = process.env;
		const ended = spawnSync(process.execPath, [join(root, 'cli', 'run.mjs'), ...args], {
			encoding: 'utf8',
			env: { ...env, PATH: `${join(root, 'bin')}:${process.env['PATH']}` },
		});
		return { status: ended.status, text: ended.stdout + ended.stderr, out: ended.stdout };
	};
	return { root, run };
}

const works = 'echo "$@" >> called; mkdir -p node_modules/a';

test('what is missing is installed once, without what only tests need', () => {
	const { root, run } = clone(works);
	expect(run('doctor').text).toContain('Installing packages');
	expect(run('doctor').text).not.toContain('Installing packages');
	const calls = readFileSync(join(root, 'called'), 'utf8').trim().split('\n');
	expect(calls).toHaveLength(1);
	expect(calls[0]).toContain('ci --omit=dev');
});

test('tests ask for everything, even after an ordinary installation', () => {
	const { root, run } = clone(works);
	run('doctor');
	run('test');
	run('doctor');
	const calls = readFileSync(join(root, 'called'), 'utf8').trim().split('\n');
	expect(calls.map((call) => call.includes('--omit=dev'))).toEqual([true, false]);
});

test('a changed lock file is installed', () => {
	const { root, run } = clone(works);
	run('doctor');
	const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
	lock.packages['node_modules/a'].version = '1.0.1';
	writeFileSync(join(root, 'package-lock.json'), JSON.stringify(lock));
	expect(run('doctor').text).toContain('Installing packages');
});

test('an installation by hand is seen', () => {
	const { root, run } = clone(works);
	mkdirSync(join(root, 'node_modules'));
	writeFileSync(
		join(root, 'node_modules', '.package-lock.json'),
		JSON.stringify({ packages: { 'node_modules/a': { version: '1.0.0' } } }),
	);
	expect(run('doctor').text).not.toContain('Installing');
	expect(existsSync(join(root, 'called'))).toBe(false);
	expect(run('test').text).toContain('Installing packages, those for tests included');
});

test('arguments, output and exit code are those of the command', () => {
	const { run } = clone(works);
	run('doctor');
	expect(run('validate', '--json', 'a b').out.trim()).toBe('["validate","--json","a b"]');
	process.env['CODE'] = '64';
	expect(run('validate').status).toBe(64);
	delete process.env['CODE'];
});

test.each([
	['npm error code ENOTFOUND', 'npm did not reach its registry.'],
	['npm error code SELF_SIGNED_CERT_IN_CHAIN', 'does not trust the certificate'],
	['npm error code ENOSPC', 'The disk is full.'],
	['npm error code EACCES', 'may not write into node_modules'],
	['npm error code EUSAGE', 'package.json and package-lock.json disagree.'],
	['npm error something else', 'npm ci ended with 1.'],
])('npm says %s', (said, message) => {
	const { run } = clone(`echo "${said}" >&2; exit 1`);
	const { status, text } = run('doctor');
	expect(status).toBe(1);
	expect(text).toContain(message);
	expect(text).toContain(said);
});

test('a half-finished installation is not taken for a whole one', () => {
	const { root, run } = clone('mkdir -p node_modules; exit 1');
	expect(run('doctor').status).toBe(1);
	writeFileSync(join(root, 'bin', 'npm'), `#!/bin/sh\n${works}\n`);
	expect(run('doctor').text).toContain('Installing packages');
});
