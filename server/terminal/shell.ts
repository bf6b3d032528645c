import type { FromTerminal } from '../../lib/companion-api.ts';
import type { ShellStart } from './bash.ts';
import { type IPty, openPty } from './pty.ts';
import { isAnswer, type Mark, openScreen } from './screen.ts';

/** One bash of one lab. Pages come and go; it stays until it exits. */
export interface Shell {
	/** Sends what happens from now on to `receive`, beginning with the whole screen. Returns how to stop. */
	attach(receive: (message: FromTerminal) => void): () => void;
	input(data: string): void;
	resize(cols: number, rows: number): void;
	/** Types the command at the next prompt at which nothing else stands. */
	run(id: string, command: string): void;
	/** Whether it sits at a prompt, with no command waiting. */
	idle(): boolean;
	ended(): boolean;
	close(): Promise<void>;
}

const interrupt = '\x03';
/** The keys by which readline takes a line: Return, C-j, C-o. */
const accepts = ['\r', '\n', '\x0f'];
/** How long a type-ahead may take to show, in ms. */
const echo = 60;
/** Unparsed output, in characters, above which the shell has to wait. */
const flood = 1_000_000;

export async function openShell(start: ShellStart, cols: number, rows: number): Promise<Shell> {
	const pty = await openPty(start, cols, rows);
	const screen = openScreen(cols, rows);
	const attached = new Set<(message: FromTerminal) => void>();
	const queue: { id: string; command: string }[] = [];
	let running: { id: string; prompt: number; failed: number } | undefined;
	let mode: 'starting' | 'prompt' | 'continuation' | 'busy' | 'clearing' = 'starting';
	let prompt = 0;
	let typedAt = 0;
	let typed = false;
	let timer: NodeJS.Timeout | undefined;
	let exit: number | undefined;
	let unparsed = 0;

	const tell = (message: FromTerminal) => {
		for (const receive of attached) receive(message);
	};

	pty.onData((data) => {
		unparsed += data.length;
		if (unparsed > flood) pty.pause();
		screen.write(data, (marks) => {
			if (unparsed > flood && unparsed - data.length <= flood) pty.resume();
			unparsed -= data.length;
			tell({ kind: 'output', data });
			for (const mark of marks) heed(mark);
		});
	});
	screen.onAnswer((data) => exit === undefined && pty.write(data));
	const gone = new Promise<void>((resolve) => {
		pty.onExit(({ exitCode, signal }) => {
			exit = signal ? 128 + signal : exitCode;
			clearTimeout(timer);
			// What it printed last comes first.
			screen.write('', () => {
				if (running) tell({ kind: 'done', id: running.id, exit: exit! });
				// What was never typed is told as what a hang-up ends, so that nobody waits for it.
				for (const { id } of queue.splice(0)) tell({ kind: 'done', id, exit: 129 });
				running = undefined;
				tell({ kind: 'ended', exit: exit! });
				resolve();
			});
		});
	});

	function heed(mark: Mark): void {
		if (mark.kind === 'continuation' && mode !== 'clearing') {
			mode = 'continuation';
			next();
		}
		if (mark.kind === 'started') mode = 'busy';
		// A failure in the middle of a block must not be hidden by its last line.
		if (mark.kind === 'failed' && running) running.failed ||= mark.exit;
		if (mark.kind === 'prompt' && mark.number !== prompt) {
			prompt = mark.number;
			mode = 'prompt';
			if (typed) typedAt = Date.now();
			if (running) tell({ kind: 'done', id: running.id, exit: mark.exit || running.failed });
			running = undefined;
			tell({ kind: 'prompt' });
		}
		if (mark.kind === 'prompt-end') next();
	}

	/** Types the next command of the queue when the prompt is free; frees the prompt when something else stands there. */
	function next(): void {
		clearTimeout(timer);
		if (queue.length === 0 || running || exit !== undefined) return;
		if (mode !== 'prompt' && mode !== 'continuation') return;
		const wait = typed ? typedAt + echo - Date.now() : 0;
		if (wait > 0) {
			timer = setTimeout(next, wait);
		} else if (mode === 'prompt' && screen.atPrompt()) {
			const { id, command } = queue.shift()!;
			running = { id, prompt, failed: 0 };
			mode = 'busy';
			typed = false;
			pty.write(`${asTyped(command, screen.takesPaste())}\r`);
		} else {
			mode = 'clearing';
			typed = false;
			pty.write(interrupt);
		}
	}

	return {
		attach(receive) {
			let here = true;
			screen.write('', () => {
				if (!here) return;
				receive({ kind: 'screen', data: screen.text() });
				if (exit !== undefined) receive({ kind: 'ended', exit });
				else if (mode === 'prompt') receive({ kind: 'prompt' });
				attached.add(receive);
			});
			return () => {
				here = false;
				attached.delete(receive);
			};
		},
		input(data) {
			if (exit !== undefined || isAnswer(data)) return;
			typed = true;
			typedAt = Date.now();
			if ((mode === 'prompt' || mode === 'continuation') && accepts.some((key) => data.includes(key))) mode = 'busy';
			pty.write(data);
		},
		resize(width, height) {
			if (exit !== undefined) return;
			screen.resize(width, height);
			pty.resize(width, height);
		},
		run(id, command) {
			queue.push({ id, command });
			// Whatever was printed until now is looked at first.
			screen.write('', () => next());
		},
		idle: () => mode === 'prompt' && queue.length === 0,
		ended: () => exit !== undefined,
		async close() {
			attached.clear();
			if (exit === undefined) await end(pty, gone);
			screen.close();
		},
	};
}

/**
 * A command as keystrokes. A block goes in as one paste, so that bash reads all of it before it asks for more; a bash
 * without pasting gets each line break quoted. Control characters would be keys, so they are left out.
 */
function asTyped(command: string, paste: boolean): string {
	const plain = command
		.replaceAll('\r\n', '\n')
		.replace(/[^\P{Cc}\n\t]/gu, '')
		.trimEnd();
	return paste ? `\x1b[200~${plain}\x1b[201~` : plain.replace(/[\n\t]/g, (character) => `\x16${character}`);
}

/** Hangs up as a closed window does; what does not go within two seconds is killed. */
async function end(pty: IPty, gone: Promise<void>): Promise<void> {
	pty.kill();
	const killer = setTimeout(() => pty.kill('SIGKILL'), 2000);
	await gone;
	clearTimeout(killer);
}
