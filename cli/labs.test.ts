import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../lib/paths.ts';
import type { Report } from '../validators/check.ts';

// A learner's way through get-ready by the commands alone. Each test is a station; they build on one another on purpose.
let folder: string;
const stack = () => join(folder, 'workspace', 'get-ready', 'lib', 'stack.ts');

beforeAll(() => {
	mkdirSync(join(root, '.slipway'), { recursive: true });
	folder = mkdtempSync(join(root, '.slipway', 'learner-'));
});
afterAll(async () => {
	await type('practice', 'stop');
	rmSync(folder, { recursive: true, force: true });
}, 30_000);

function type(...args: string[]): Promise<{ exit: number | null; out: string; err: string }> {
	return run(process.execPath, [join(root, 'cli', 'main.ts'), ...args], root);
}

function run(
	program: string,
	args: string[],
	cwd: string,
	input?: string,
): Promise<{ exit: number | null; out: string; err: string }> {
	const kept = Object.entries(process.env).filter(([name]) => !/^(AWS_|npm_|INIT_CWD)/.test(name));
	const child = spawn(program, args, {
		cwd,
		stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
		env: {
			...Object.fromEntries(kept),
			NO_COLOR: '1',
			SLIPWAY_STATE: join(folder, 'state'),
			SLIPWAY_WORKSPACE: join(folder, 'workspace'),
		},
	});
	child.stdin?.end(input);
	let [out, err] = ['', ''];
	child.stdout!.on('data', (chunk) => (out += chunk));
	child.stderr!.on('data', (chunk) => (err += chunk));
	return new Promise((done) => child.on('close', (exit) => done({ exit, out, err })));
}

async function report(...args: string[]): Promise<{ exit: number | null; report: Report }> {
	const { exit, out, err } = await type('validate', 'get-ready', '--json', ...args);
	if (!out) throw new Error(err);
	return { exit, report: JSON.parse(out) };
}
const statusOf = (of: Report, id: string) => of.checks.find((check) => check.id === id);

describe('a way through get-ready', () => {
	test('before anything is prepared, the commands say what to do first', async () => {
		expect(await type('deploy', 'get-ready')).toEqual({
			exit: 1,
			out: '',
			err: 'The lab get-ready has no workspace yet.\nMake it with `npm run lab -- get-ready`.\n',
		});
		expect((await type('lab', 'get-ready', '--undo')).exit).toBe(1);
	}, 60_000);

	test('lab prepares workspace and account, and doing it twice does it once', async () => {
		const first = await type('lab', 'get-ready');
		expect(first.exit).toBe(0);
		expect(first.out).toContain('✓ copied the starter');
		expect(first.out).toContain('✓ bootstrapped the account for the CDK');
		expect(first.err).toMatch(/get-ready · practice account · \d{12} · us-east-1/);
		expect((await type('lab', 'get-ready')).out).toContain('was ready already');
	}, 60_000);

	test('validate without a name is about the lab last opened', async () => {
		const { exit, out } = await type('validate', '--json');
		expect(exit).toBe(1);
		expect(JSON.parse(out)).toMatchObject({ lab: 'get-ready', target: { kind: 'practice', region: 'us-east-1' } });
	}, 30_000);

	test('deploy from within the workspace, by its own script', async () => {
		const { exit, err } = await run('npm', ['run', '-s', 'deploy'], join(folder, 'workspace', 'get-ready'));
		expect({ exit, err: exit === 0 ? '' : err }).toEqual({ exit: 0, err: '' });
		const looked = await report();
		expect(statusOf(looked.report, 'stack-complete')).toMatchObject({ status: 'passed' });
	}, 120_000);

	test('--undo takes account, files and passes back together', async () => {
		writeFileSync(stack(), readFileSync(stack(), 'utf8').replace('Duration.days(1)', 'Duration.days(14)'));
		const { exit, out } = await type('lab', 'get-ready', '--undo');
		expect(exit).toBe(0);
		expect(out).toContain('as they were before deploy');
		expect(readFileSync(stack(), 'utf8')).toContain('Duration.days(1)');
		const { report: after } = await report();
		expect(statusOf(after, 'stack-complete')).toMatchObject({ status: 'failed', cause: 'not-deployed' });
	}, 60_000);

	test('--goto does the steps before by the page, and undoes as one', async () => {
		const { exit, out, err } = await type('lab', 'get-ready', '--goto', 'repair');
		expect({ exit, err: exit === 0 ? '' : err }).toEqual({ exit: 0, err: '' });
		expect(out).toContain('✓ deploy\n✓ order\nget-ready is at repair.');
		const { report: there } = await report();
		expect(statusOf(there, 'failed-orders-outlive')).toMatchObject({ status: 'failed', cause: 'shorter' });
		expect((await type('lab', 'get-ready', '--undo')).out).toContain('before --goto repair');
		const { report: back } = await report();
		expect(statusOf(back, 'stack-complete')).toMatchObject({ cause: 'not-deployed' });
		expect((await type('lab', 'get-ready', '--goto', 'repair')).exit).toBe(0);
	}, 180_000);

	test('the reporters print the same report', async () => {
		expect((await type('validate', '--reporter', 'junit')).out).toContain('<testsuite');
		expect((await type('validate', '--reporter', 'github')).out).toMatch(/^(::|\|)/m);
		expect((await type('validate', '--hint', '--hint')).out).toContain('hint 2');
	}, 60_000);

	test('the shell asks the practice account', async () => {
		const { out } = await run(
			process.execPath,
			[join(root, 'cli', 'main.ts'), 'shell', 'get-ready'],
			root,
			'pwd; echo "at $AWS_ENDPOINT_URL in $AWS_REGION"; exit 7\n',
		);
		expect(out).toContain(join(folder, 'workspace', 'get-ready'));
		expect(out).toMatch(/at http:\/\/127\.0\.0\.1:\d+ in us-east-1/);
	}, 60_000);

	test('clean-up lists what goes, empties the bucket and proves that nothing is left', async () => {
		const env = await type('practice', 'env');
		const put = `${env.out}\nBUCKET=$(aws s3api list-buckets --query "Buckets[?starts_with(Name, 'getready')].Name" --output text)\nfor n in 1 2 3; do aws s3 cp package.json s3://$BUCKET/$n || exit 1; done`;
		expect((await run('bash', ['-c', put], root)).exit).toBe(0);
		const { exit, out, err } = await type('cleanup', 'get-ready');
		expect(err).toContain('This is about to go:');
		expect(err).toContain('3 objects in the bucket');
		expect(out).toMatch(/removed {6}1 stack with 5 resources and 3 objects/);
		expect(out).toContain('left         nothing');
		expect(exit).toBe(0);
	}, 120_000);

	test('clean-up finds what was made beside the stack, and says how to remove it', async () => {
		const env = await type('practice', 'env');
		const make = `${env.out}\naws sqs create-queue --queue-name forgotten`;
		expect((await run('bash', ['-c', make], root)).exit).toBe(0);
		const { exit, out } = await type('cleanup', 'get-ready');
		expect(exit).toBe(1);
		expect(out).toMatch(/left {9}AWS::SQS::Queue \S+forgotten/);
		expect(out).toMatch(/remove it {2}aws sqs delete-queue --queue-url \S+forgotten/);
		const { out: json } = await type('cleanup', 'get-ready', '--json');
		expect(JSON.parse(json)).toMatchObject({ clean: false, left: [{ type: 'AWS::SQS::Queue' }] });
	}, 60_000);

	test('--reset says what is lost, asks, and begins again', async () => {
		writeFileSync(join(folder, 'workspace', 'get-ready', 'notes.md'), 'mine');
		const asked = await type('lab', 'get-ready', '--reset');
		expect(asked.exit).toBe(1);
		expect(asked.err).toContain('?? notes.md');
		expect(existsSync(join(folder, 'workspace', 'get-ready', 'notes.md'))).toBe(true);
		const done = await type('lab', 'get-ready', '--reset', '--yes');
		expect(done.exit).toBe(0);
		expect(existsSync(join(folder, 'workspace', 'get-ready', 'notes.md'))).toBe(false);
		expect((await type('cleanup', 'get-ready')).exit).toBe(0);
	}, 60_000);
});
