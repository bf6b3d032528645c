import { FitAddon } from '@xterm/addon-fit';
import { WebLinksAddon } from '@xterm/addon-web-links';
import { Terminal } from '@xterm/xterm';
import css from '@xterm/xterm/css/xterm.css?inline';

/** A screen in the page: xterm in the page's colours, as large as its place. */
export interface View {
	write(data: string): void;
	/** Empties the screen and what is above it. */
	reset(): void;
	fit(): void;
	focus(): void;
	readonly size: { cols: number; rows: number };
	/** All that the terminal holds, as plain lines. */
	text(): string;
	onInput(listener: (data: string) => void): void;
	onSize(listener: (size: { cols: number; rows: number }) => void): void;
	onWritten(listener: () => void): void;
}

const sheet = new CSSStyleSheet();

/** Opens a screen in that element. `leave` is called when the reader asks to leave it by keyboard (F6). */
export function openView(host: HTMLElement, label: string, leave: () => void): View {
	sheet.replaceSync(css);
	if (!document.adoptedStyleSheets.includes(sheet)) document.adoptedStyleSheets.push(sheet);
	const terminal = new Terminal({
		fontFamily: colour('--font-mono'),
		fontSize: 13,
		lineHeight: 1.25,
		cursorBlink: !matchMedia('(prefers-reduced-motion: reduce)').matches,
		scrollback: 5000,
		minimumContrastRatio: 4.5,
		theme: theme(),
	});
	const fit = new FitAddon();
	terminal.loadAddon(fit);
	terminal.loadAddon(new WebLinksAddon());
	terminal.open(host);
	terminal.textarea?.setAttribute('aria-label', label);
	// Tab belongs to the shell, so another key must lead out; the page's own shortcuts stay the page's.
	terminal.attachCustomKeyEventHandler((event) => {
		if (event.key === 'F6') {
			if (event.type === 'keydown') leave();
			event.preventDefault();
			return false;
		}
		return !(event.ctrlKey && event.key === '`');
	});
	new MutationObserver(() => (terminal.options.theme = theme())).observe(document.documentElement, {
		attributeFilter: ['data-theme'],
	});
	new ResizeObserver(() => host.offsetParent && fit.fit()).observe(host);
	fit.fit();
	return {
		write: (data) => terminal.write(data),
		reset: () => terminal.reset(),
		fit: () => fit.fit(),
		focus: () => terminal.focus(),
		get size() {
			return { cols: terminal.cols, rows: terminal.rows };
		},
		text: () => plain(terminal),
		onInput: (listener) => void terminal.onData(listener),
		onSize: (listener) => void terminal.onResize(listener),
		onWritten: (listener) => void terminal.onWriteParsed(listener),
	};
}

function plain({ buffer: { active } }: Terminal): string {
	let text = '';
	for (let at = 0; at < active.length; at++) {
		const line = active.getLine(at)!;
		text += `${line.isWrapped || at === 0 ? '' : '\n'}${line.translateToString(!active.getLine(at + 1)?.isWrapped)}`;
	}
	return text.trimEnd();
}

const colour = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function theme() {
	return {
		background: colour('--code'),
		foreground: colour('--ink'),
		cursor: colour('--sea'),
		cursorAccent: colour('--code'),
		selectionBackground: colour('--sea-wash'),
		black: colour('--ink'),
		red: colour('--fail'),
		green: colour('--pass'),
		yellow: colour('--buoy'),
		blue: colour('--wait'),
		magenta: colour('--block'),
		cyan: colour('--sea'),
		white: colour('--ink-2'),
		brightBlack: colour('--ink-3'),
		brightRed: colour('--fail'),
		brightGreen: colour('--pass'),
		brightYellow: colour('--buoy'),
		brightBlue: colour('--wait'),
		brightMagenta: colour('--block'),
		brightCyan: colour('--sea-deep'),
		brightWhite: colour('--ink'),
	};
}
