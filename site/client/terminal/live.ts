import type { FromTerminal, ToTerminal } from '../../../lib/companion-api.ts';
import { companion } from '../companion.ts';
import type { View } from './view.ts';

/** The learner's shell, over the companion's WebSocket. */
export interface Shell {
	/** Types the command at the next prompt; resolves with its exit code. */
	run(command: string): Promise<number>;
}

/** What the page wants to know of the line to the shell. */
export interface Listeners {
	attached(): void;
	lost(): void;
	ended(exit: number): void;
}

/** Attaches the view to the lab's shell, and again whenever the companion comes back. */
export function attach(view: View, lab: string, listeners: Listeners): Shell {
	const waiting = new Map<string, { command: string; resolve(exit: number): void; reject(error: Error): void }>();
	const queue: ToTerminal[] = [];
	let socket: WebSocket | undefined;

	const send = (message: ToTerminal) => {
		if (socket?.readyState === WebSocket.OPEN) return socket.send(JSON.stringify(message));
		if (message.kind === 'run') queue.push(message);
		open();
	};

	function open(): void {
		if (!companion.live || (socket && socket.readyState <= WebSocket.OPEN)) return;
		const { cols, rows } = view.size;
		const query = new URLSearchParams({ lab, cols: String(cols), rows: String(rows) });
		socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/api/terminal?${query}`, [
			`slipway.${companion.token}`,
		]);
		socket.onopen = () => {
			listeners.attached();
			for (const message of queue.splice(0)) socket!.send(JSON.stringify(message));
		};
		socket.onmessage = ({ data }) => receive(JSON.parse(data as string) as FromTerminal);
		socket.onclose = () => {
			for (const { reject } of waiting.values()) reject(new Error('The terminal was closed.'));
			waiting.clear();
			listeners.lost();
			// The line of events notices first when the companion is gone; a lone broken terminal is opened by its next use.
		};
	}

	function receive(message: FromTerminal): void {
		if (message.kind === 'screen') {
			view.reset();
			view.write(message.data);
		} else if (message.kind === 'output') view.write(message.data);
		else if (message.kind === 'done') {
			waiting.get(message.id)?.resolve(message.exit);
			waiting.delete(message.id);
		} else if (message.kind === 'ended') listeners.ended(message.exit);
	}

	view.onInput((data) => send({ kind: 'input', data }));
	view.onSize((size) => socket?.readyState === WebSocket.OPEN && send({ kind: 'size', ...size }));
	companion.addEventListener('connection', open);
	open();

	return {
		run: (command) =>
			new Promise((resolve, reject) => {
				const id = crypto.randomUUID();
				waiting.set(id, { command, resolve, reject });
				send({ kind: 'run', id, command });
			}),
	};
}
