import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { FromTerminal, ToTerminal } from '../../lib/companion-api.ts';
import type { Target } from '../../lib/target.ts';
import { practiceTarget, services, started } from '../testing.ts';

afterEach(() => vi.unstubAllEnvs());

type Running = Awaited<ReturnType<typeof started>>;

/** A page's terminal: what it was told so far, and a way to wait for what is to come. */
async function attach({ host, companion }: Pick<Running, 'host' | 'companion'>, lab = 'get-ready') {
	const socket = new WebSocket(
		`ws://${host}/api/terminal?lab=${lab}&cols=100&rows=30`,
		[`slipway.${companion.token}`],
		{
			origin: `http://${host}`,
		},
	);
	const told: FromTerminal[] = [];
	const waiting = new Set<() => void>();
	const wake = () => {
		for (const go of waiting) go();
		waiting.clear();
	};
	const news = () => new Promise<void>((resolve) => waiting.add(resolve));
	let closed: number | undefined;
	socket.on('message', (data) => {
		told.push(JSON.parse(String(data)));
		wake();
	});
	socket.on('close', (code) => {
		closed = code;
		wake();
	});

	await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));

	/** Waits until something that was told satisfies `found`. */
	async function until<T>(found: () => T | undefined | false): Promise<T> {
		for (;;) {
			const result = found();
			if (result) return result;
			if (closed !== undefined) throw new Error(`Closed with ${closed} after ${JSON.stringify(told.slice(-3))}`);
			await news();
		}
	}
	const send = (message: ToTerminal) => socket.send(JSON.stringify(message));
	const output = () =>
		told.map((message) => (message.kind === 'output' || message.kind === 'screen' ? message.data : '')).join('');
	let runs = 0;
	return {
		socket,
		told,
		until,
		send,
		output,
		/** What a person would read. */
		text: () =>
			output()
				.replaceAll('\r', '')
				.replaceAll('\x1b', '␛')
				.replaceAll('\x07', '␇')
				.replace(/␛(?:\][^␇]*␇|\[[\d;?]*[a-zA-Z])/g, ''),
		prompt: () => until(() => told.some(({ kind }) => kind === 'prompt')),
		/** Runs a command as the page does; its exit code. */
		async run(command: string): Promise<number> {
			const id = `${lab}-${runs++}-${Math.random()}`;
			send({ kind: 'run', id, command });
			const done = await until(() => told.find((message) => message.kind === 'done' && message.id === id));
			return (done as { exit: number }).exit;
		},
		async close() {
			const gone = new Promise((resolve) => socket.once('close', resolve));
			socket.close();
			await gone;
		},
		closed: async () => {
			while (closed === undefined) {
				await news();
			}
			return closed;
		},
	};
}

test('a command runs in the workspace, is seen as typed, and answers with its exit code', async () => {
	const running = await started();
	const page = await attach(running);
	expect(await page.run('pwd; echo "in $SLIPWAY_TARGET"')).toBe(0);
	expect(await page.run('(exit 7)')).toBe(7);
	expect(await page.run('no-such-program-here')).toBe(127);
	expect(page.text()).toContain(`practice us-east-1 get-ready $ pwd; echo "in $SLIPWAY_TARGET"\n`);
	expect(page.text()).toContain(`${join(running.home, 'workspace/get-ready')}\nin practice\n`);
});

test('the page gets the subprotocol back that it offered', async () => {
	const running = await started();
	const page = await attach(running);
	await page.prompt();
	expect(page.socket.protocol).toBe(`slipway.${running.companion.token}`);
});

test('a block of several lines is one command with one exit code', async () => {
	const page = await attach(await started());
	expect(await page.run('for i in 1 2; do\n\techo "line $i"\ndone\nfalse\n(exit 3)')).toBe(3);
	expect(await page.run('cat <<END\nfirst\n\nlast\nEND\n')).toBe(0);
	expect(page.told.filter(({ kind }) => kind === 'done')).toHaveLength(2);
	expect(page.text()).toContain('line 1\nline 2\n');
	expect(page.text()).toContain('first\n\nlast\n');
});

test('a line that fails in the middle of a block is not hidden by the last one', async () => {
	const page = await attach(await started());
	expect(await page.run('(exit 4)\n(exit 5)\necho "done!"')).toBe(4);
	expect(await page.run('false || true\nif false; then true; fi\necho "done!"')).toBe(0);
	expect(await page.run('true')).toBe(0);
});

test('a bash that takes no pastes gets the block all the same', async () => {
	const page = await attach(await started());
	await page.run("bind 'set enable-bracketed-paste off'");
	expect(await page.run('for i in 1 2; do\n\techo "line $i"\ndone\n(exit 3)')).toBe(3);
	expect(page.text()).toContain('line 1\nline 2\n');
	expect(page.told.filter(({ kind }) => kind === 'done')).toHaveLength(2);
});

test('a command that ends the shell is done, and so is what waits behind it', async () => {
	const page = await attach(await started());
	expect(await Promise.all([page.run('exit 6'), page.run('echo never')])).toEqual([6, 129]);
	await page.until(() => page.told.at(-1)?.kind === 'ended');
});

test('commands wait for their turn, in order', async () => {
	const page = await attach(await started());
	const exits = await Promise.all([page.run('sleep 0.2; (exit 4)'), page.run('(exit 5)'), page.run('true')]);
	expect(exits).toEqual([4, 5, 0]);
});

test('a command waits for what the learner runs, and does not mix with what stands at the prompt', async () => {
	const page = await attach(await started());
	await page.prompt();
	page.send({ kind: 'input', data: 'sleep 0.2; echo by hand\r' });
	expect(await page.run('echo first')).toBe(0);
	expect(page.text()).toMatch(/\nby hand\n.*\$ echo first\n/s);

	page.send({ kind: 'input', data: 'echo "half a' });
	expect(await page.run('echo second')).toBe(0);
	page.send({ kind: 'input', data: 'echo "half a\r' });
	await page.until(() => /half a\n> $/.test(page.text()));
	expect(await page.run('echo third')).toBe(0);
	expect(page.text()).toMatch(/\nsecond\n/);
	expect(page.text()).toMatch(/\nthird\n/);
});

test('type-ahead is not taken for the command of the page', async () => {
	const page = await attach(await started());
	await page.prompt();
	page.send({ kind: 'input', data: 'sleep 0.2\r' });
	page.send({ kind: 'input', data: '(exit 9)\r' });
	expect(await page.run('(exit 6)')).toBe(6);
});

test('a page that comes later sees the screen, and both see what follows', async () => {
	const running = await started();
	const first = await attach(running);
	await first.run('echo "only $((40 + 2))"');
	const second = await attach(running);
	await second.prompt();
	expect(second.told[0]).toMatchObject({ kind: 'screen', data: expect.stringContaining('only 42') });
	expect(await second.run('echo "both $((1 + 1))"')).toBe(0);
	await first.until(() => first.text().includes('both 2'));

	await first.close();
	await second.close();
	const third = await attach(running);
	await third.prompt();
	expect(third.text()).toContain('only 42');
	expect(third.text()).toContain('both 2');
	expect(await third.run('[ "$(jobs | wc -l)" -eq 0 ]')).toBe(0);
});

test('the size is the page’s', async () => {
	const page = await attach(await started());
	await page.run('echo "size $(stty size)"');
	expect(page.text()).toContain('size 30 100');
	page.send({ kind: 'size', cols: 61, rows: 17 });
	await page.run('echo "size $(stty size)"');
	expect(page.text()).toContain('size 17 61');
});

test('the shell ends with its exit code and comes back at a key', async () => {
	const page = await attach(await started());
	await page.prompt();
	page.send({ kind: 'input', data: 'exit 5\r' });
	await page.until(() => page.told.some((message) => message.kind === 'ended' && message.exit === 5));
	page.send({ kind: 'input', data: '\r' });
	await page.until(() => page.told.filter(({ kind }) => kind === 'screen').length === 2);
	expect(await page.run('echo again')).toBe(0);
});

test('a command of the page brings an ended shell back, too', async () => {
	const page = await attach(await started());
	await page.run('true');
	page.send({ kind: 'input', data: 'exit\r' });
	await page.until(() => page.told.some(({ kind }) => kind === 'ended'));
	expect(await page.run('(exit 8)')).toBe(8);
});

test('on practice no real credentials, profile or file of the learner reaches the shell', async () => {
	const { home, ...running } = await started();
	const files = join(home, 'home');
	mkdirSync(join(files, '.aws'), { recursive: true });
	writeFileSync(
		join(files, '.aws/credentials'),
		'[default]\naws_access_key_id = AKIAEMPLOYER\naws_secret_access_key = s\n',
	);
	for (const name of ['.bashrc', '.bash_profile', 'env'])
		writeFileSync(join(files, name), 'export AWS_PROFILE=employer\n');
	vi.stubEnv('HOME', files);
	vi.stubEnv('AWS_PROFILE', 'employer');
	vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAEMPLOYER');
	vi.stubEnv('AWS_SESSION_TOKEN', 'employer-token');
	vi.stubEnv('AWS_CONTAINER_CREDENTIALS_FULL_URI', 'http://127.0.0.1/employer');
	vi.stubEnv('BASH_ENV', join(files, 'env'));
	vi.stubEnv('PROMPT_COMMAND', 'export AWS_PROFILE=employer');
	const page = await attach(running);
	// A bash that a command starts reads BASH_ENV, the learner's own prompt would be set in it.
	await page.run(`bash -c env | grep -iE 'aws|employer|prompt' > seen`);
	const seen = readFileSync(join(home, 'workspace/get-ready/seen'), 'utf8');
	expect(seen).not.toMatch(/employer|PROMPT_COMMAND/i);
	expect(
		Object.fromEntries(
			seen
				.trim()
				.split('\n')
				.map((line) => line.split(/=(.*)/s)),
		),
	).toMatchObject({
		AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
		AWS_ACCESS_KEY_ID: 'AKIAPRACTICE',
		AWS_SECRET_ACCESS_KEY: 'practice-secret',
		AWS_REGION: 'us-east-1',
		AWS_DEFAULT_REGION: 'us-east-1',
		AWS_EC2_METADATA_DISABLED: 'true',
		AWS_SHARED_CREDENTIALS_FILE: join(home, 'state/no-such-file'),
		AWS_CONFIG_FILE: join(home, 'state/no-such-file'),
	});
	expect(existsSync(join(home, 'state/no-such-file'))).toBe(false);
});

test('the history is kept for the lab, blocks as they are', async () => {
	const running = await started();
	const page = await attach(running);
	await page.run('echo one');
	await page.run('if true; then\n\techo two\nfi');
	await page.run('true');
	const history = readFileSync(join(running.home, 'state/history/get-ready'), 'utf8');
	expect(history).toBe('echo one\nif true; then\n\techo two\nfi\ntrue\n');
});

test('another target means another shell, once the old one is idle', async () => {
	let target: Target = practiceTarget;
	const running = await started({ services: services({ target: async () => target }) });
	const first = await attach(running);
	await first.run('echo "pid $$"');
	target = { kind: 'aws', region: 'eu-west-1' };
	const second = await attach(running);
	await second.run('true');
	expect(second.text()).toContain('aws eu-west-1 get-ready $ ');
	expect(second.text()).not.toContain('pid ');
	await first.until(() => first.text().includes('aws eu-west-1 get-ready $ '));
});

test('what cannot be is said on the screen', async () => {
	const running = await started();
	const unknown = await attach(running, 'get-redy');
	expect(await unknown.closed()).toBe(4404);
	expect(unknown.told).toEqual([
		{ kind: 'screen', data: '\x1b[31mThere is no lab "get-redy".\x1b[0m\r\nDid you mean "get-ready"?\r\n' },
		{ kind: 'ended', exit: 1 },
	]);

	vi.stubEnv('PATH', join(running.home, 'empty'));
	const bare = await attach(running);
	expect(await bare.closed()).toBe(4501);
	expect(bare.text()).toBe(
		'There is no bash on this machine, and the labs are written for it.\n' +
			'Install bash and start again; on Windows, run Slipway inside WSL 2.\n',
	);
});

test('what is not a message of the terminal ends the connection, and only that', async () => {
	const running = await started();
	for (const message of ['{', '7', '{"kind":"run"}', '{"kind":"size","cols":"x","rows":1}']) {
		const page = await attach(running);
		page.socket.send(message);
		expect(await page.closed()).toBe(1008);
	}
	expect(await (await attach(running)).run('true')).toBe(0);
});

test('a flood of output does not stop the terminal', async () => {
	const page = await attach(await started());
	expect(await page.run('head -c 6000000 /dev/zero | tr "\\0" "x" | fold -w 99')).toBe(0);
	expect(await page.run('echo "still $((6 * 7))"')).toBe(0);
	expect(page.text()).toContain('still 42');
});
