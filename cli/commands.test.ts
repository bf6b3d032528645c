import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commands } from './commands.ts';

const state = mkdtempSync(join(tmpdir(), 'slipway-commands-'));
const main = join(import.meta.dirname, 'main.ts');

/** Types a command, with nobody at the keyboard. */
function type(args: string[], env: NodeJS.ProcessEnv = {}): Promise<{ exit: number | null; out: string; err: string }> {
	const { SLIPWAY_TARGET: _, ...base } = process.env;
	const child = spawn(process.execPath, [main, ...args], {
		stdio: ['ignore', 'pipe', 'pipe'],
		env: { ...base, SLIPWAY_STATE: state, NO_COLOR: '1', ...env },
	});
	let [out, err] = ['', ''];
	child.stdout.on('data', (chunk) => (out += chunk));
	child.stderr.on('data', (chunk) => (err += chunk));
	return new Promise((done) => child.on('close', (exit) => done({ exit, out, err })));
}

beforeAll(async () => {
	await type(['practice', 'start']);
}, 30_000);
afterAll(async () => {
	await type(['practice', 'stop']);
	rmSync(state, { recursive: true, force: true });
});

describe('every command', () => {
	test.each(Object.entries(commands))(
		'%s bears its own name and summary in the list',
		async (name, { load, summary }) => {
			const command = await load();
			expect({ name: command.name, summary: command.summary }).toEqual({ name, summary });
		},
	);

	test.each(Object.keys(commands))('%s says what it takes', async (name) => {
		const { exit, out, err } = await type([name, '--help']);
		expect({ exit, err }).toEqual({ exit: 0, err: '' });
		expect(out).toContain(`usage: npm ${['start', 'test'].includes(name) ? name : `run ${name}`}`);
		expect(out).toContain('--help');
	});
});

describe('wrong usage is answered with the nearest right one and exits 64', () => {
	test.each([
		[['validat'], 'There is no command "validat".\nDid you mean `npm run validate`?\n'],
		[['lab', 'get-redy'], 'There is no lab "get-redy".\nDid you mean `get-ready`?\n'],
		[
			['lab', '--rest'],
			'`lab` has no option --rest.\nDid you mean --reset? `npm run lab -- --help` shows what it takes.\n',
		],
		[
			['lab', 'get-ready', 'twice'],
			'`lab` does not know what to do with "twice".\n`npm run lab -- --help` shows what it takes.\n',
		],
		[
			['validate', 'get-ready', '--step', 'repar'],
			'get-ready has no step "repar".\nDid you mean repair? `npm run validate -- --help` shows what it takes.\n',
		],
		[
			['validate', 'get-ready', '--reporter', 'junt'],
			'There is no reporter "junt".\nDid you mean junit? `npm run validate -- --help` shows what it takes.\n',
		],
		[['lab', 'get-ready', '--target', 'azure'], 'There is no target "azure".\nIt is `practice` or `aws`.\n'],
		[
			['lab', 'get-ready', '--undo', '--reset'],
			'--reset and --undo are two different things.\n`npm run lab -- --help` shows what it takes.\n',
		],
		[['practice', 'clock', '10'], '"10" is not a length of time.\nSay it as +10m, +90s, +1h30m or +5d.\n'],
		[
			['new-lab', 'Not A Slug'],
			'"Not A Slug" is no slug.\nLower-case words with hyphens between them, at most 40 characters. `npm run new-lab -- --help` shows what it takes.\n',
		],
		[
			['bench', 'validat'],
			'There is no figure "validat".\nDid you mean validate? `npm run bench -- --help` shows what it takes.\n',
		],
		[
			['test', '--only', 'units'],
			'There is no suite "units".\nThere are: unit, browser, proof. `npm test -- --help` shows what it takes.\n',
		],
	])('%j', async (args, err) => {
		expect(await type(args)).toEqual({ exit: 64, out: '', err });
	});

	test('no command at all shows the list', async () => {
		const { exit, out } = await type([]);
		expect(exit).toBe(64);
		for (const name of Object.keys(commands)) expect(out).toContain(name);
	});
});

describe('the practice account', () => {
	test('env points a shell at it, and takes real profiles away', async () => {
		const { exit, out } = await type(['practice', 'env'], { AWS_PROFILE: 'work', AWS_SESSION_TOKEN: 'real' });
		expect(exit).toBe(0);
		expect(out).toContain('unset AWS_PROFILE\n');
		expect(out).toContain('unset AWS_SESSION_TOKEN\n');
		expect(out).toMatch(/^export AWS_ENDPOINT_URL=http:\/\/127\.0\.0\.1:\d+$/m);
		expect(out).toMatch(/^export AWS_ACCESS_KEY_ID=AKIA\w+$/m);
		expect(out.split('\n').every((line) => line === '' || /^(export|unset) /.test(line))).toBe(true);
	});

	test('the clock goes forward and stays there', async () => {
		const before = await type(['practice', 'clock']);
		expect(before.out).toMatch(/^In the account of scratch it is [\dT:.-]+Z\.\n$/);
		await type(['practice', 'clock', '+1h30m']);
		const after = await type(['practice', 'clock']);
		expect(after.out).toMatch(/, 1 h 30 min ahead\.\n$/);
	});

	test('two starters at once make one process', async () => {
		const own = mkdtempSync(join(tmpdir(), 'slipway-two-'));
		const env = { SLIPWAY_STATE: own };
		const [one, two] = await Promise.all([type(['practice', 'start'], env), type(['practice', 'start'], env)]);
		expect(one.out).toMatch(/listens on http:\/\/127\.0\.0\.1:\d+ \(process \d+\)/);
		expect(two.out).toBe(one.out);
		await type(['practice', 'stop'], env);
		rmSync(own, { recursive: true, force: true });
	});

	test('a stop keeps everything, and the next start takes the same port', async () => {
		const before = await type(['practice', 'env']);
		expect((await type(['practice', 'stop'])).out).toContain('Everything in it is kept.');
		expect(await type(['practice', 'status'])).toMatchObject({ exit: 1 });
		const after = await type(['practice', 'env']);
		expect(after.out).toBe(before.out);
	});

	test('a process.json whose process is gone is seen through', async () => {
		const { out } = await type(['practice', 'status', '--json']);
		process.kill(JSON.parse(out).pid, 'SIGKILL');
		const after = await type(['practice', 'status', '--json']);
		expect(JSON.parse(after.out)).toEqual({ running: false });
		expect((await type(['practice', 'clock'])).exit).toBe(0);
	});

	test('a snapshot that is not there is answered with those that are', async () => {
		await type(['practice', 'save', 'before-lunch']);
		expect(await type(['practice', 'restore', 'before-dinner'])).toEqual({
			exit: 1,
			out: '',
			err: 'scratch has no snapshot "before-dinner".\nThere are: before-lunch.\n',
		});
	});

	test('to empty it asks first, and where nobody can answer it refuses', async () => {
		const { exit, err } = await type(['practice', 'reset']);
		expect(exit).toBe(1);
		expect(err).toContain('every stack, resource and log in it, and which steps are passed.');
		expect(err).toContain('nobody is there to answer');
		expect((await type(['practice', 'reset', '--yes'])).out).toContain('is empty');
	});
});

describe('doctor', () => {
	test('says what it found, and ends in a block with nothing private in it', async () => {
		const home = mkdtempSync(join(tmpdir(), 'slipway-home-'));
		const { exit, out } = await type(['doctor'], { AWS_PROFILE: 'secret-employer', HOME: home });
		expect([0, 1]).toContain(exit);
		const [table, block] = out.split('To paste into a question; there is nothing private in it:');
		expect(table).toContain('not used unless you say --target aws');
		expect(block).toContain('ready Node:');
		expect(block).not.toContain('secret-employer');
		expect(block).not.toContain(home);
		expect(block).not.toContain(process.cwd());
		rmSync(home, { recursive: true });
	});

	test('an AWS CLI that would go to real AWS is something to put right', async () => {
		const folder = mkdtempSync(join(tmpdir(), 'slipway-old-aws-'));
		const { writeFileSync } = await import('node:fs');
		writeFileSync(join(folder, 'aws'), '#!/bin/sh\necho aws-cli/2.9.19 Python/3.11\n', { mode: 0o755 });
		const { exit, out } = await type(['doctor', '--json'], { PATH: `${folder}:${process.env['PATH']}` });
		expect(exit).toBe(1);
		const cli = JSON.parse(out).findings.find(({ what }: { what: string }) => what === 'AWS CLI');
		expect(cli).toMatchObject({ state: 'fix' });
		expect(cli.found).toContain('2.9.19 does not obey AWS_ENDPOINT_URL');
		rmSync(folder, { recursive: true });
	});
});
