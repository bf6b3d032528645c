/** A stretch of `from` that `to` has otherwise: lines [start, end) become `lines`. */
export interface Change {
	start: number;
	end: number;
	lines: string[];
}

/** Lines with their line ends, so that joining them gives the text again. */
export const split = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/** The fewest changes that make `to` out of `from`, in order, none touching another. */
export function changes(from: readonly string[], to: readonly string[]): Change[] {
	let head = 0;
	while (head < from.length && head < to.length && from[head] === to[head]) head++;
	let tail = 0;
	const rest = Math.min(from.length, to.length) - head;
	while (tail < rest && from[from.length - 1 - tail] === to[to.length - 1 - tail]) tail++;

	const rows = from.slice(head, from.length - tail);
	const columns = to.slice(head, to.length - tail);
	const common = longestCommon(rows, columns);
	const found: Change[] = [];
	let i = 0;
	let j = 0;
	while (i < rows.length || j < columns.length) {
		if (i < rows.length && j < columns.length && rows[i] === columns[j]) {
			i++;
			j++;
			continue;
		}
		const change: Change = { start: head + i, end: head + i, lines: [] };
		while (
			(i < rows.length || j < columns.length) &&
			(i >= rows.length || j >= columns.length || rows[i] !== columns[j])
		) {
			const drop = j >= columns.length || (i < rows.length && common[i + 1]![j]! >= common[i]![j + 1]!);
			if (drop) change.end = head + ++i;
			else change.lines.push(columns[j++]!);
		}
		found.push(change);
	}
	return found;
}

/** `[i][j]`: how many lines the rests from i and j have in common. */
function longestCommon(a: readonly string[], b: readonly string[]): Uint32Array[] {
	const table = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
	for (let i = a.length - 1; i >= 0; i--) {
		for (let j = b.length - 1; j >= 0; j--) {
			table[i]![j] = a[i] === b[j] ? table[i + 1]![j + 1]! + 1 : Math.max(table[i + 1]![j]!, table[i]![j + 1]!);
		}
	}
	return table;
}
