import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../../lib/paths.ts';
import type { Proof } from './proof.ts';

// A copy of the repository without its labs' history, in which labs may be written and broken.
let copy: string;

beforeAll(async () => {
	mkdirSync(join(root, '.slipway'), { recursive: true });
	copy = mkdtempSync(join(root, '.slipway', 'copy-'));
	for (const name of [
		'cli',
		'infra',
		'labs',
		'lib',
		'practice',
		'server',
		'validators',
		'package.json',
		'package-lock.json',
	]) {
		cpSync(join(root, name), join(copy, name), { recursive: true });
	}
	symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
	const { exit, out } = await type('new-lab', 'try-me', '--title', 'Try me');
	expect({ exit, out }).toMatchObject({ exit: 0, out: expect.stringContaining('labs/try-me/lab.ts') });
}, 60_000);
afterAll(() => rmSync(copy, { recursive: true, force: true }));

function type(...args: string[]): Promise<{ exit: number | null; out: string; err: string }> {
	const child = spawn(process.execPath, [join(copy, 'cli', 'main.ts'), ...args], {
		cwd: copy,
		stdio: ['ignore', 'pipe', 'pipe'],
		env: { ...process.env, NO_COLOR: '1', SLIPWAY_STATE: join(copy, 'state') },
	});
	let [out, err] = ['', ''];
	child.stdout.on('data', (chunk) => (out += chunk));
	child.stderr.on('data', (chunk) => (err += chunk));
	return new Promise((done) => child.on('close', (exit) => done({ exit, out, err })));
}

async function prove(): Promise<{ exit: number | null; proof: Proof }> {
	const { exit, out, err } = await type('prove', 'try-me', '--json');
	if (!out) throw new Error(err);
	return { exit, proof: JSON.parse(out).labs[0] };
}

/** Proves the lab with one of its files changed, and puts the file back. */
async function proveWith(file: string, from: string | RegExp, to: string) {
	const path = join(copy, file);
	const before = readFileSync(path, 'utf8');
	const after = before.replace(from, to);
	expect(after).not.toBe(before);
	writeFileSync(path, after);
	try {
		return await prove();
	} finally {
		writeFileSync(path, before);
	}
}

test('a new lab passes the proof as it was written', async () => {
	const { exit, proof } = await prove();
	expect(proof).toMatchObject({ lab: 'try-me', status: 'passed', causesUnreached: [], leftOver: [], problems: [] });
	expect(proof.steps.map(({ step, status }) => [step, status])).toEqual([
		['deploy', 'passed'],
		['change', 'passed'],
		['clean-up', 'passed'],
	]);
	expect(proof.mistakes.every(({ status }) => status === 'passed')).toBe(true);
	expect(exit).toBe(0);
}, 120_000);

test('a check that passes with the starter alone is found', async () => {
	const { exit, proof } = await proveWith('labs/try-me/solution/change/lib/stack.ts', 'Hello, world', 'Hello');
	expect(exit).toBe(1);
	expect(proof.steps[1]).toMatchObject({ step: 'change', status: 'failed' });
	expect(proof.steps[1]!.problems.join()).toContain('greeting-changed does not pass');
	expect(proof.problems).toContain('not tried, because change failed: clean-up');
}, 120_000);

test('a command that does not exit as the page says is found, with its line and what it printed', async () => {
	const { proof } = await proveWith(
		'labs/try-me/index.mdx',
		'get-parameter --name /try-me/greeting',
		'get-parameter --name /try-me/greting',
	);
	expect(proof.status).toBe('failed');
	expect(proof.steps[0]!.problems[0]).toMatch(
		/^labs\/try-me\/index\.mdx:\d+: `aws ssm get-parameter .* exited 25[45]:/,
	);
	expect(proof.steps[0]!.problems[0]).toContain('ParameterNotFound');
}, 120_000);

test('a mistake that gets another diagnosis, a cause that none reaches, and what is left over are found', async () => {
	const { proof } = await proveWith('labs/try-me/mistakes.ts', "cause: 'edited-not-deployed'", "cause: 'gone'");
	expect(proof.mistakes.find(({ name }) => name === 'edited-not-deployed')).toMatchObject({
		status: 'failed',
		problem: expect.stringContaining('expected failed (gone), and greeting-changed says failed (edited-not-deployed)'),
	});
	expect(proof.causesUnreached).toEqual(['greeting-changed/edited-not-deployed']);
}, 120_000);

test('what the lab leaves behind is found', async () => {
	const { proof } = await proveWith(
		'labs/try-me/index.mdx',
		'npm run cleanup -- try-me',
		'npm run cleanup -- try-me\naws ssm put-parameter --name /forgotten --type String --value x',
	);
	expect(proof.status).toBe('failed');
	expect(proof.leftOver).toEqual(['AWS::SSM::Parameter /forgotten']);
}, 120_000);
