import type { WebSocket } from 'ws';
import type { FromTerminal, ToTerminal } from '../../lib/companion-api.ts';
import { asRefusal } from '../refusal.ts';
import type { ShellStart } from './bash.ts';
import { openShell, type Shell } from './shell.ts';

/** The shells of this run, one a lab, and the pages that look at them. */
export interface Terminals {
	/** Shows the lab's shell on a page; `start` is asked how to start it, should that be needed. */
	connect(socket: WebSocket, slug: string, size: Size, start: () => Promise<ShellStart>): void;
	close(): Promise<void>;
}

export interface Size {
	cols: number;
	rows: number;
}

interface Terminal {
	shell: Shell;
	/** What the shell was started with: another target wants another shell. */
	started: string;
	pages: Map<WebSocket, () => void>;
}

/** Bytes that a page may lag behind before it has to come back for the whole screen. */
const lag = 8 * 1024 * 1024;

export function createTerminals(): Terminals {
	const terminals = new Map<string, Promise<Terminal>>();

	/** One at a time for each lab, so that two pages never start two shells. */
	function turn(slug: string, act: (terminal: Terminal | undefined) => Promise<Terminal>): Promise<Terminal> {
		const before = terminals.get(slug);
		const after = (before ?? Promise.resolve(undefined)).catch(() => undefined).then(act);
		terminals.set(slug, after);
		return after;
	}

	function standing(slug: string, size: Size, start: () => Promise<ShellStart>): Promise<Terminal> {
		return turn(slug, async (terminal) => {
			const wanted = await start();
			const started = JSON.stringify(wanted);
			const { shell } = terminal ?? {};
			if (terminal && shell && !shell.ended() && (terminal.started === started || !shell.idle())) return terminal;

			await shell?.close();
			const next: Terminal = { shell: await openShell(wanted, size.cols, size.rows), started, pages: new Map() };
			for (const page of terminal?.pages.keys() ?? []) show(next, page);
			return next;
		});
	}

	function show(terminal: Terminal, socket: WebSocket): void {
		const send = (message: FromTerminal) => {
			if (socket.bufferedAmount > lag)
				socket.close(1013, 'The page lags behind; it may come back for the whole screen.');
			else if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
		};
		terminal.pages.get(socket)?.();
		terminal.pages.set(socket, terminal.shell.attach(send));
	}

	return {
		connect(socket, slug, size, start) {
			let current = size;
			const fail = (thrown: unknown) => sayWhy(socket, thrown);
			const opened = standing(slug, size, start).then((terminal) => {
				if (socket.readyState !== socket.OPEN) return;
				show(terminal, socket);
				terminal.shell.resize(size.cols, size.rows);
			});
			opened.catch(fail);

			let order = opened.catch(() => undefined);
			socket.on('message', (data) => {
				const message = understood(String(data));
				if (!message) {
					socket.close(1008, 'This is not a message for a terminal.');
					return;
				}
				order = order.then(() => heed(message)).catch(fail);
			});

			async function heed(message: ToTerminal): Promise<void> {
				let terminal = await terminals.get(slug);
				if (!terminal || socket.readyState !== socket.OPEN) return;
				if (message.kind === 'size') {
					current = clamp(message.cols, message.rows);
					terminal.shell.resize(current.cols, current.rows);
					return;
				}
				if (terminal.shell.ended()) {
					terminal = await standing(slug, current, start);
					// The key that wakes it is not meant for what comes after.
					if (message.kind === 'input') return;
				}
				if (message.kind === 'input') terminal.shell.input(message.data);
				else terminal.shell.run(message.id, message.command);
			}

			socket.on('close', () => {
				void terminals.get(slug)?.then(
					({ pages }) => {
						pages.get(socket)?.();
						pages.delete(socket);
					},
					() => undefined,
				);
			});
		},
		async close() {
			const all = await Promise.allSettled(terminals.values());
			await Promise.all(all.map((one) => one.status === 'fulfilled' && one.value.shell.close()));
		},
	};
}

/** A terminal that cannot be says why on its own screen: a browser does not show a page how a WebSocket was refused. */
function sayWhy(socket: WebSocket, thrown: unknown): void {
	const { status, message, hint } = asRefusal(thrown);
	if (status === 500) console.error(thrown);
	const say = (text: FromTerminal) => socket.send(JSON.stringify(text));
	say({ kind: 'screen', data: `\x1b[31m${message}\x1b[0m\r\n${hint}\r\n` });
	say({ kind: 'ended', exit: 1 });
	socket.close(
		4000 + status,
		Buffer.from(message)
			.subarray(0, 120)
			.toString('utf8')
			.replace(/\ufffd+$/, ''),
	);
}

/** A size that a terminal can have. */
export function clamp(cols: number, rows: number): Size {
	const between = (value: number, least: number, most: number, otherwise: number) =>
		Number.isFinite(value) && value > 0 ? Math.min(most, Math.max(least, Math.floor(value))) : otherwise;
	return { cols: between(cols, 20, 500, 80), rows: between(rows, 4, 200, 24) };
}

function understood(data: string): ToTerminal | undefined {
	let message: Record<string, unknown>;
	try {
		message = JSON.parse(data);
	} catch {
		return undefined;
	}
	const is = (name: string, type: string) => typeof message?.[name] === type;
	const right =
		(message?.['kind'] === 'input' && is('data', 'string')) ||
		(message?.['kind'] === 'size' && is('cols', 'number') && is('rows', 'number')) ||
		(message?.['kind'] === 'run' && is('id', 'string') && is('command', 'string'));
	return right ? (message as unknown as ToTerminal) : undefined;
}
