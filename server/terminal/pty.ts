import type { IPty } from '@lydell/node-pty';
import { Refusal } from '../refusal.ts';
import type { ShellStart } from './bash.ts';

export type { IPty };

/** A real terminal with the shell in it. The native part is loaded on first use: the site works without. */
export async function openPty(start: ShellStart, cols: number, rows: number): Promise<IPty> {
	let pty: typeof import('@lydell/node-pty');
	try {
		pty = await import('@lydell/node-pty');
	} catch (cause) {
		throw new Refusal(
			501,
			`This machine cannot open a terminal for the page: ${(cause as Error).message.split('\n')[0]}.`,
			'Use a terminal of your own: `npm run shell -- <lab>` starts the same shell there.',
		);
	}
	return pty.spawn(start.file, start.args, { name: 'xterm-256color', cols, rows, cwd: start.cwd, env: start.env });
}
