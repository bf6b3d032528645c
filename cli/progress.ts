import { tint } from './terminal.ts';

/** Tells on stderr that something takes time: a line that moves on a terminal, plain lines elsewhere. */
export interface Progress {
	/** What is going on now. */
	update(text: string): void;
	/** Ends it with a sentence about what came of it; without one, the line disappears. */
	done(text?: string): void;
}

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/**
 * Starts telling. What is over within `after` ms (default 400) is not mentioned at all, so that quick commands stay quiet.
 */
export function progress(text: string, { after = 400, stream = process.stderr } = {}): Progress {
	const since = Date.now();
	let now = text;
	let shown = false;
	let frame = 0;

	const seconds = () => `${((Date.now() - since) / 1000).toFixed(0)} s`;
	const draw = () => {
		if (stream.isTTY) {
			const line = `${frames[frame++ % frames.length]} ${now} ${tint('dim', seconds())}`;
			stream.write(`\r\x1b[K${line.slice(0, stream.columns + 16)}`);
		} else if (!shown) {
			stream.write(`${now}…\n`);
		}
		shown = true;
	};
	const first = setTimeout(draw, after);
	const ticker = stream.isTTY ? setInterval(() => shown && draw(), 100) : undefined;
	first.unref();
	ticker?.unref();

	return {
		update(next) {
			if (next === now) return;
			now = next;
			if (shown && !stream.isTTY) stream.write(`${now}…\n`);
		},
		done(last) {
			clearTimeout(first);
			clearInterval(ticker);
			if (shown && stream.isTTY) stream.write('\r\x1b[K');
			if (last) stream.write(`${last}\n`);
		},
	};
}

/** Tells about `work` while it runs. */
export async function during<T>(text: string, work: (progress: Progress) => Promise<T>): Promise<T> {
	const told = progress(text);
	try {
		return await work(told);
	} finally {
		told.done();
	}
}
