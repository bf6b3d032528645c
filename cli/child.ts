import { type SpawnOptions, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { UserError } from '../lib/user-error.ts';
import { Interrupted } from './terminal.ts';

/**
 * Runs a program on this terminal and returns its exit code. Ctrl-C reaches the program; we wait until it has tidied up.
 */
export async function runHere(program: string, args: readonly string[], options: SpawnOptions = {}): Promise<number> {
	const child = spawn(program, args, { stdio: 'inherit', ...options });
	const stay = () => {};
	const pass = (signal: NodeJS.Signals) => child.kill(signal);
	process.on('SIGINT', stay).on('SIGTERM', pass).on('SIGHUP', pass);
	try {
		return await new Promise((done, failed) => {
			child.once('error', (error) => failed(notFound(program, error)));
			child.once('exit', (code, signal) => {
				if (signal === 'SIGINT') failed(new Interrupted());
				else done(code ?? 128 + constants.signals[signal!]);
			});
		});
	} finally {
		process.off('SIGINT', stay).off('SIGTERM', pass).off('SIGHUP', pass);
	}
}

/** What a program prints, both streams, and how it ended; undefined where there is no such program. */
export async function output(
	program: string,
	args: readonly string[],
	{ timeout = 10_000, ...options }: SpawnOptions & { timeout?: number } = {},
): Promise<{ text: string; exit: number } | undefined> {
	const child = spawn(program, args, { ...options, timeout, stdio: ['ignore', 'pipe', 'pipe'] });
	const chunks: Buffer[] = [];
	for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (chunk: Buffer) => chunks.push(chunk));
	return new Promise((done, failed) => {
		child.once('error', (error: NodeJS.ErrnoException) =>
			error.code === 'ENOENT' || error.code === 'EACCES' ? done(undefined) : failed(error),
		);
		child.once('close', (code) => done({ text: Buffer.concat(chunks).toString(), exit: code ?? 1 }));
	});
}

const notFound = (program: string, error: NodeJS.ErrnoException) =>
	error.code === 'ENOENT'
		? new UserError(
				`There is no program ${program} on this machine.`,
				'`npm run doctor` says how to install what is missing.',
			)
		: error;
