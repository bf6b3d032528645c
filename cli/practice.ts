import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { root, stateFolder } from '../lib/paths.ts';
import { UserError } from '../lib/user-error.ts';
import { alive, alone } from './files.ts';
import {
	currentVersion,
	lastPractice,
	livePractice,
	type PracticeProcess,
	practiceFolder,
	practiceLock,
	practiceLog,
} from './practice-file.ts';

export interface Account {
	name: string;
	/** Twelve digits. */
	account: string;
	region: string;
	accessKeyId: string;
	secretAccessKey: string;
	/** Whether this call made it. */
	created: boolean;
}

export interface Status {
	version: string;
	pid: number;
	startedAt: string;
	accounts: { name: string; account: string; region: string; offset: number; working: boolean }[];
}

export interface Snapshot {
	name: string;
	/** ISO 8601. */
	at: string;
	/** The workspace's commit at that time. */
	commit?: string;
	note?: string;
}

/** The practice process, by its control API. */
export interface Practice {
	endpoint: string;
	process: PracticeProcess;
	status(): Promise<Status>;
	/** The account by that name; made where it is missing. */
	account(name: string): Promise<Account>;
	/** Empties the account: a new one under the same name, id and keys. */
	reset(name: string): Promise<void>;
	/** Ages the account by `advance` ms; 0 only reads its clock. */
	clock(name: string, advance: number): Promise<{ now: string; offset: number }>;
	/** Waits until no work is in progress. */
	settle(name: string, timeout: number): Promise<boolean>;
	snapshots(name: string): Promise<Snapshot[]>;
	save(name: string, snapshot: { name: string; commit?: string; note?: string }): Promise<void>;
	restore(name: string, snapshot: string): Promise<Snapshot>;
	forget(name: string, snapshot: string): Promise<void>;
	/** A stream of changes, as server-sent events. */
	changes(name: string, signal: AbortSignal): Promise<Response>;
	inbox(name: string): Promise<{ mails: { at: string; to: string; subject: string; body: string }[] }>;
	stop(): Promise<void>;
}

/** Speaks to the process that a `process.json` describes. */
export function practiceAt(process: PracticeProcess): Practice {
	const endpoint = `http://127.0.0.1:${process.port}`;
	const request = (method: string, path: string, body?: unknown, signal?: AbortSignal) =>
		fetch(`${endpoint}/_practice/${path}`, {
			method,
			headers: { 'x-practice-token': process.token, ...(body !== undefined && { 'content-type': 'application/json' }) },
			...(body !== undefined && { body: JSON.stringify(body) }),
			...(signal && { signal }),
		});
	async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
		const response = await request(method, path, body);
		const answer = (await response.json().catch(() => ({}))) as T & { error?: { message: string; hint?: string } };
		if (response.ok) return answer;
		throw new UserError(
			answer.error?.message ?? `The practice account answered ${response.status} to ${method} ${path}.`,
			answer.error?.hint ?? `Its log is ${practiceLog()}.`,
		);
	}
	const at = (name: string, rest = '') => `accounts/${encodeURIComponent(name)}${rest}`;
	const snapshot = (name: string, of: string) => at(name, `/snapshots/${encodeURIComponent(of)}`);
	return {
		endpoint,
		process,
		status: () => call('GET', 'status'),
		account: (name) => call('POST', 'accounts', { name }),
		reset: (name) => call('DELETE', at(name)),
		clock: (name, advance) =>
			advance > 0 ? call('POST', at(name, '/clock'), { advance }) : call('GET', at(name, '/clock')),
		settle: async (name, timeout) =>
			(await call<{ settled: boolean }>('POST', at(name, '/settle'), { timeout })).settled,
		snapshots: async (name) => (await call<{ snapshots: Snapshot[] }>('GET', at(name, '/snapshots'))).snapshots,
		save: (name, body) => call('POST', at(name, '/snapshots'), body),
		restore: (name, of) => call('POST', `${snapshot(name, of)}/restore`, {}),
		forget: (name, of) => call('DELETE', snapshot(name, of)),
		changes: (name, signal) => request('GET', at(name, '/changes'), undefined, signal),
		inbox: (name) => call('GET', at(name, '/inbox')),
		stop: () => call('POST', 'stop', {}),
	};
}

/** The practice process that runs now, or undefined. A stale process.json is seen through: it has to answer. */
export async function runningPractice(): Promise<Practice | undefined> {
	const live = livePractice();
	if (!live) return undefined;
	const practice = practiceAt(live);
	try {
		await practice.status();
		return practice;
	} catch (error) {
		// Another program has got that process id, or that port, since.
		if (error instanceof TypeError || error instanceof UserError) return undefined;
		throw error;
	}
}

/**
 * The practice process; started where none is alive. It outlives the command. One that runs code of before a `git pull` is
 * replaced, unless it is at work.
 */
export async function ensurePractice(options: { port?: number } = {}): Promise<Practice> {
	const running = await runningPractice();
	if (running && (await isCurrent(running))) return running;
	return alone(practiceLock(), async () => {
		const there = await runningPractice();
		if (there && (await isCurrent(there))) return there;
		if (there) await stopPractice();
		return practiceAt(await startPractice(options));
	});
}

async function isCurrent(practice: Practice): Promise<boolean> {
	if (practice.process.version === currentVersion()) return true;
	const { accounts } = await practice.status();
	return accounts.some(({ working }) => working);
}

/** Starts one, and returns when it listens. */
async function startPractice({ port = lastPractice()?.port ?? 0 }: { port?: number }): Promise<PracticeProcess> {
	mkdirSync(practiceFolder(), { recursive: true, mode: 0o700 });
	const log = openSync(practiceLog(), 'a', 0o600);
	const child = spawn(process.execPath, [join(root, 'cli', 'practice-process.ts'), '--port', String(port)], {
		cwd: root,
		detached: true,
		stdio: ['ignore', log, log, 'ipc'],
		env: practiceEnvironment(),
	});
	closeSync(log);
	try {
		return await new Promise<PracticeProcess>((done, failed) => {
			child.once('message', (message) => done(message as PracticeProcess));
			child.once('error', failed);
			child.once('exit', (code, signal) => failed(notStarted(code ?? signal)));
		});
	} finally {
		if (child.connected) child.disconnect();
		child.unref();
	}
}

/** Nothing of the person's own AWS reaches the practice process. */
function practiceEnvironment(): NodeJS.ProcessEnv {
	const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'));
	return { ...Object.fromEntries(kept), NODE_COMPILE_CACHE: join(stateFolder(), 'compiled') };
}

function notStarted(how: number | NodeJS.Signals | null): UserError {
	const tail = readFileSync(practiceLog(), 'utf8').trimEnd().split('\n').slice(-15).join('\n');
	return new UserError(
		`The practice account did not start (it ended with ${how}).`,
		`Its log, ${practiceLog()}, ends so:\n\n${tail}`,
	);
}

/** Stops the process and waits until it is gone, so that its store is free. */
export async function stopPractice(): Promise<PracticeProcess | undefined> {
	const running = await runningPractice();
	if (!running) return undefined;
	await running.stop();
	for (let waited = 0; alive(running.process.pid); waited += 20) {
		if (waited > 10_000) {
			throw new UserError(
				`The practice process ${running.process.pid} was asked to stop 10 seconds ago and is still there.`,
				`\`kill ${running.process.pid}\` ends it; what was acknowledged is on the disk.`,
			);
		}
		await setTimeout(20);
	}
	return running.process;
}
