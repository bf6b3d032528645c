import { createInterface } from 'node:readline/promises';
import { styleText } from 'node:util';
import { exitCodes, UserError } from '../lib/user-error.ts';

type Style = Parameters<typeof styleText>[0];

/** Results go to stdout, so that they can be piped. */
export function say(text = ''): void {
	process.stdout.write(`${text}\n`);
}

/** What is going on goes to stderr. */
export function note(text = ''): void {
	process.stderr.write(`${text}\n`);
}

/** Colour for stdout where it is a terminal; honours NO_COLOR and FORCE_COLOR. */
export const paint = (style: Style, text: string) => styleText(style, text, { stream: process.stdout });

/** Colour for stderr. */
export const tint = (style: Style, text: string) => styleText(style, text, { stream: process.stderr });

/** Columns of the terminal, at most 100, so that a line stays readable. */
export const columns = () => Math.min(process.stdout.columns || 80, 100);

/**
 * A question whose default is no. `yes` answers it in advance (`--yes`). Where nobody can answer, it refuses instead of
 * guessing.
 */
export async function agree(question: string, { yes = false } = {}): Promise<boolean> {
	if (yes) return true;
	const answer = await ask(`${question} [y/N] `, 'Add `--yes` to agree in advance.');
	return /^y(es)?$/i.test(answer.trim());
}

async function ask(question: string, otherwise: string): Promise<string> {
	if (!process.stdin.isTTY) {
		throw new UserError(`This asks first, and nobody is there to answer: ${question.trim()}`, otherwise);
	}
	const lines = createInterface({ input: process.stdin, output: process.stderr });
	const interrupted = new AbortController();
	lines.once('SIGINT', () => interrupted.abort());
	try {
		return await lines.question(question, { signal: interrupted.signal });
	} catch (error) {
		if (!interrupted.signal.aborted) throw error;
		throw new Interrupted();
	} finally {
		lines.close();
	}
}

/** Ctrl-C. Exit code 130, as shells expect. */
export class Interrupted extends Error {
	readonly exitCode = 130;
	constructor() {
		super('interrupted');
	}
}

/** How an error ends a command: what to print, and the exit code. */
export function explain(error: unknown): { text: string; exit: number } {
	if (error instanceof Interrupted) return { text: '', exit: error.exitCode };
	if (error instanceof UserError) {
		return { text: `${tint('red', error.message)}\n${error.hint}`, exit: error.exitCode };
	}
	const stack = error instanceof Error ? withCauses(error) : `thrown: ${String(error)}`;
	return {
		text: `${tint('red', 'This is a bug in Slipway, not your doing.')}\nReport it with the lines below.\n\n${stack}`,
		exit: exitCodes.bug,
	};
}

function withCauses(error: Error): string {
	const lines = [error.stack ?? String(error)];
	for (let cause = error.cause; cause instanceof Error; cause = cause.cause) lines.push(`caused by ${cause.stack}`);
	return lines.join('\n');
}
