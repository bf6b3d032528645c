import serialize from '@xterm/addon-serialize';
import headless from '@xterm/headless';

/** What the shell says about itself, by OSC 133. */
export type Mark =
	| { kind: 'prompt'; exit: number; number: number }
	| { kind: 'prompt-end' }
	| { kind: 'continuation' }
	| { kind: 'started' }
	| { kind: 'failed'; exit: number };

/** The screen as a page would show it, kept here so that a page that comes later sees what it missed. */
export interface Screen {
	/** Takes output in; `then` is called when it is on the screen, with the marks that it held. */
	write(data: string, then: (marks: Mark[]) => void): void;
	resize(cols: number, rows: number): void;
	/** All of it as text that a terminal turns into the same screen. Complete only inside a `then`. */
	text(): string;
	/** Whether nothing stands behind the last prompt. */
	atPrompt(): boolean;
	/** Whether the shell takes pasted text as one piece. */
	takesPaste(): boolean;
	/** The answers to what a program asks the terminal: the page's terminals answer too, and one answer is enough. */
	onAnswer(answer: (data: string) => void): void;
	close(): void;
}

export function openScreen(cols: number, rows: number): Screen {
	const terminal = new headless.Terminal({ cols, rows, scrollback: 5000, allowProposedApi: true });
	const serializer = new serialize.SerializeAddon();
	terminal.loadAddon(serializer as unknown as headless.ITerminalAddon);
	const { buffer, parser } = terminal;
	let marks: Mark[] = [];
	let promptEnd: { x: number; line: headless.IMarker | undefined } | undefined;

	parser.registerOscHandler(133, (data) => {
		const [kind, exit, number] = data.split(';');
		if (kind === 'D') marks.push({ kind: 'prompt', exit: Number(exit), number: Number(number) });
		if (kind === 'P') marks.push({ kind: 'continuation' });
		if (kind === 'C') marks.push({ kind: 'started' });
		if (kind === 'E') marks.push({ kind: 'failed', exit: Number(exit) });
		if (kind === 'B') {
			promptEnd?.line?.dispose();
			promptEnd = { x: buffer.active.cursorX, line: terminal.registerMarker(0) };
			marks.push({ kind: 'prompt-end' });
		}
		return true;
	});

	return {
		write: (data, then) =>
			terminal.write(data, () => {
				const seen = marks;
				marks = [];
				then(seen);
			}),
		resize: (width, height) => terminal.resize(width, height),
		text: () => serializer.serialize({ scrollback: 1000 }),
		atPrompt() {
			const { cursorX, cursorY, baseY } = buffer.active;
			const line = buffer.active.getLine(baseY + cursorY)?.translateToString(true, cursorX) ?? '';
			return promptEnd?.x === cursorX && promptEnd.line?.line === baseY + cursorY && line === '';
		},
		takesPaste: () => terminal.modes.bracketedPasteMode,
		onAnswer: (answer) => void terminal.onData(answer),
		close: () => terminal.dispose(),
	};
}

// ␛ stands for the escape character.
// Device attributes and status, the cursor's place, modes, settings. https://invisible-island.net/xterm/ctlseqs/ctlseqs.html
const answer = /^(?:␛\[[?>]?[\d;]*[cn]|␛\[\??\d+;\d+R|␛\[\?[\d;]+\$y|␛P[^␛]*␛\\)+$/;
// F3 with a modifier looks like a cursor in the first line.
const key = /^␛\[1;[2-8]R$/;

/** Whether a page's terminal answered a program by itself, rather than a person typed. */
export function isAnswer(data: string): boolean {
	const visible = data.replaceAll('\x1b', '␛');
	return answer.test(visible) && !key.test(visible);
}
