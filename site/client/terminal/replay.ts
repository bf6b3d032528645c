import type { RecordedCommand } from '../../data/files.ts';
import type { View } from './view.ts';

/** The longest pause of a recording that a reader is made to sit through, in ms. */
const longestPause = 350;

/** Types the command and plays what it printed, at its own pace but without its waits; at once for who wants no motion. */
export async function play(view: View, { command, output, exit }: RecordedCommand): Promise<number> {
	const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
	view.write(`\x1b[36m$\x1b[0m ${command.replaceAll('\n', '\r\n  ')}\r\n`);
	let before = 0;
	for (const [at, chunk] of output) {
		const pause = Math.min(at - before, longestPause);
		if (!still && pause > 16) await new Promise((resolve) => setTimeout(resolve, pause));
		view.write(chunk.replace(/\r?\n/g, '\r\n'));
		before = at;
	}
	view.write('\r\n');
	return exit;
}
