import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ensureSite } from './start/site.ts';

let state: string;
beforeEach(async () => {
	await ensureSite();
	state = mkdtempSync(join(tmpdir(), 'slipway-start-'));
}, 180_000);
afterEach(() => rmSync(state, { recursive: true, force: true }));

/** Starts the workshop and waits for its address. */
async function start(...args: string[]): Promise<{ child: ChildProcess; url: URL; exit: Promise<number | null> }> {
	const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), 'start', ...args], {
		stdio: ['ignore', 'pipe', 'pipe'],
		env: { ...process.env, SLIPWAY_STATE: state },
	});
	const exit = new Promise<number | null>((done) => child.once('close', done));
	let printed = '';
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (printed += chunk));
	const address = await new Promise<string>((done, failed) => {
		child.stdout.on('data', () => {
			const found = /http:\S+/.exec(printed)?.[0];
			if (found) done(found);
		});
		void exit.then((code) => failed(new Error(`ended with ${code}: ${printed}`)));
	});
	return { child, url: new URL(address), exit };
}

const ask = (url: URL, path: string) =>
	fetch(new URL(path, url), { headers: { authorization: `Bearer ${url.hash.slice('#token='.length)}` } });

test('it serves the site and the calls of its pages, and Ctrl-C ends all of it', async () => {
	const { child, url, exit } = await start();
	expect(url.hostname).toBe('127.0.0.1');
	expect(await (await fetch(new URL('/', url))).text()).toContain('Slipway');
	expect(await (await ask(url, '/api/state')).json()).toMatchObject({
		target: { kind: 'practice', region: 'us-east-1' },
		practice: 'up',
	});
	const { pid } = JSON.parse(readFileSync(join(state, 'practice', 'process.json'), 'utf8'));
	child.kill('SIGINT');
	expect(await exit).toBe(130);
	expect(() => process.kill(pid, 0)).toThrow('ESRCH');
}, 60_000);

test('without the practice account it says so, and starts none', async () => {
	const { child, url, exit } = await start('--no-practice');
	expect(await (await ask(url, '/api/state')).json()).toMatchObject({ practice: 'off' });
	expect(existsSync(join(state, 'practice', 'process.json'))).toBe(false);
	child.kill('SIGTERM');
	expect(await exit).toBe(0);
}, 60_000);

test('the port of last time is taken again, and a taken one that was asked for is refused', async () => {
	const first = await start('--no-practice');
	first.child.kill('SIGTERM');
	await first.exit;
	const second = await start('--no-practice');
	expect(second.url.port).toBe(first.url.port);
	second.child.kill('SIGTERM');
	await second.exit;

	const other = createServer().listen(0, '127.0.0.1');
	await new Promise((done) => other.once('listening', done));
	const { port } = other.address() as AddressInfo;
	await expect(start('--no-practice', '--port', String(port))).rejects.toThrow(
		`Port ${port} is taken by another program.`,
	);
	other.close();
}, 60_000);
