import { type Change, changes, split } from './lines.ts';

const context = 3;

/** A unified diff of one file, as `diff -u` and git print it; empty where the texts are the same. Undefined is no file. */
export function unifiedDiff(file: string, from: string | undefined, to: string): string {
	const before = split(from ?? '');
	const all = changes(before, split(to));
	if (all.length === 0) return '';
	let shift = 0;
	const hunks = groups(all).map((group) => {
		const start = Math.max(0, group[0]!.start - context);
		const end = Math.min(before.length, group.at(-1)!.end + context);
		const lines: string[] = [];
		let at = start;
		let added = 0;
		for (const change of group) {
			lines.push(...prefixed(' ', before.slice(at, change.start)));
			lines.push(...prefixed('-', before.slice(change.start, change.end)), ...prefixed('+', change.lines));
			added += change.lines.length - (change.end - change.start);
			at = change.end;
		}
		lines.push(...prefixed(' ', before.slice(at, end)));
		const header = `@@ -${range(start, end - start)} +${range(start + shift, end - start + added)} @@\n`;
		shift += added;
		return header + lines.join('');
	});
	return `--- ${from === undefined ? '/dev/null' : `a/${file}`}\n+++ b/${file}\n${hunks.join('')}`;
}

/** Changes whose surroundings meet share a hunk. */
function groups(all: readonly Change[]): Change[][] {
	const found: Change[][] = [];
	for (const change of all) {
		const last = found.at(-1)?.at(-1);
		if (last && change.start - last.end <= 2 * context) found.at(-1)!.push(change);
		else found.push([change]);
	}
	return found;
}

/** Lines count from 1; an empty range names the line before it. */
const range = (start: number, length: number) =>
	`${length === 0 ? start : start + 1}${length === 1 ? '' : `,${length}`}`;

const prefixed = (sign: string, lines: readonly string[]) =>
	lines.map((line) => (line.endsWith('\n') ? sign + line : `${sign}${line}\n\\ No newline at end of file\n`));
