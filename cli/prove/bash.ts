import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

/** What a command printed, piece by piece: ms since it began, and the text. */
export type Output = [ms: number, text: string][];

export interface Ran {
	/** Of the last line, or of the first line that failed where a later one hid it. */
	exit: number;
	output: Output;
	durationMs: number;
	/** It was ended because it took longer than it may. */
	tooLong: boolean;
}

export interface RunOptions {
	/** ms. Default: two minutes. */
	timeout?: number;
	/** Hears what it prints. */
	onOutput?: (text: string) => void;
}

/** One bash that runs a page's commands one after the other, so that a variable of one is there for the next. */
export interface Bash {
	run(command: string, options?: RunOptions): Promise<Ran>;
	/** Starts a command that goes on beside the others. */
	background(command: string): Promise<void>;
	/** Ends what goes on in the background. */
	endBackground(): Promise<void>;
	close(): Promise<void>;
}

/**
 * Opens a bash. Each command is read from a file, exactly as printed; nothing is on its standard input, so that what asks
 * a question fails instead of waiting. How it ended comes over a pipe of its own, apart from what is printed.
 */
export function openBash(cwd: string, env: Record<string, string>): Bash {
	const folder = mkdtempSync(join(tmpdir(), 'slipway-bash-'));
	const shell = spawn('bash', ['--noprofile', '--norc'], {
		cwd,
		env,
		stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
		detached: true,
	});
	const results = lines(shell.stdio[3] as Readable);
	const gone = new Promise<void>((done) => shell.once('exit', () => done()));
	let hear: ((text: string) => void) | undefined;
	for (const stream of [shell.stdout!, shell.stderr!]) stream.on('data', (chunk: Buffer) => hear?.(chunk.toString()));
	let number = 0;

	const tell = (text: string) => (shell.stdin as Writable).write(text);
	// Both streams into one, in the order in which they were written.
	tell('exec 2>&1\n');

	const write = (command: string) => {
		const file = join(folder, `${++number}.sh`);
		writeFileSync(file, `${command}\n`);
		return file;
	};

	return {
		async run(command, { timeout = 120_000, onOutput } = {}) {
			const output: Output = [];
			const since = performance.now();
			const file = write(command);
			const end = `\x01end of ${number}\x01`;
			const printed = new Promise<void>((done) => {
				hear = until(end, done, (text) => {
					output.push([Math.round(performance.now() - since), text]);
					onOutput?.(text);
				});
			});
			// A failure in the middle of a block must not be hidden by its last line.
			tell(`slipway_failed=0; trap 'slipway_failed=$?' ERR\n`);
			tell(`. '${file}' </dev/null; slipway_exit=$?; trap - ERR\n`);
			tell(`[ $slipway_exit -ne 0 ] || slipway_exit=$slipway_failed; echo "$slipway_exit" >&3; printf '${end}'\n`);
			let tooLong = false;
			const timer = setTimeout(() => {
				tooLong = true;
				endGroup(shell, 'SIGKILL');
			}, timeout);
			const answer = await Promise.race([results.next(), gone.then(() => undefined)]);
			clearTimeout(timer);
			// What was written before the answer may still be in the other pipe.
			await Promise.race([printed, gone]);
			hear = undefined;
			return {
				exit: answer === undefined ? (shell.exitCode ?? 137) : Number(answer),
				output,
				durationMs: Math.round(performance.now() - since),
				tooLong,
			};
		},
		async background(command) {
			const file = write(command);
			// Its own process group, so that all of it can be ended.
			tell(`set -m; ( . '${file}' ) </dev/null >/dev/null & slipway_background+=($!); set +m; echo started >&3\n`);
			await Promise.race([results.next(), gone]);
		},
		async endBackground() {
			tell(
				`for slipway_pid in "\${slipway_background[@]}"; do kill -- "-$slipway_pid" 2>/dev/null; done; wait 2>/dev/null; slipway_background=(); echo ended >&3\n`,
			);
			await Promise.race([results.next(), gone]);
		},
		async close() {
			if (shell.exitCode === null && shell.signalCode === null) {
				endGroup(shell, 'SIGTERM');
				(shell.stdin as Writable).end();
				const killer = setTimeout(() => endGroup(shell, 'SIGKILL'), 2_000);
				await gone;
				clearTimeout(killer);
			}
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

/** Passes text on up to the mark `end`, which may arrive in pieces; then calls `done`. */
function until(end: string, done: () => void, pass: (text: string) => void): (text: string) => void {
	let held = '';
	return (text) => {
		const all = held + text;
		const at = all.indexOf(end);
		const mark = at >= 0 ? at : all.lastIndexOf(end[0]!);
		const isStart = mark >= 0 && (at >= 0 || end.startsWith(all.slice(mark)));
		const ready = isStart ? all.slice(0, mark) : all;
		held = all.slice(ready.length);
		if (ready) pass(ready);
		if (at >= 0) done();
	};
}

/** Ends the shell and everything that it started in the foreground. */
function endGroup(shell: ChildProcess, signal: NodeJS.Signals): void {
	try {
		process.kill(-shell.pid!, signal);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
	}
}

/** The lines of a stream, one a call. */
function lines(stream: Readable): { next(): Promise<string> } {
	const ready: string[] = [];
	const waiting: ((line: string) => void)[] = [];
	let rest = '';
	stream.on('data', (chunk: Buffer) => {
		const parts = (rest + chunk).split('\n');
		rest = parts.pop()!;
		for (const line of parts) {
			const next = waiting.shift();
			if (next) next(line);
			else ready.push(line);
		}
	});
	return {
		next: () => (ready.length > 0 ? Promise.resolve(ready.shift()!) : new Promise((done) => waiting.push(done))),
	};
}
