/** One line of a change: kept, added or taken away. */
export interface Line {
	kind: 'same' | 'add' | 'remove';
	text: string;
}

/** The lines that lead from one text to another, by longest common subsequence. Meant for files of a few hundred lines. */
export function diffLines(before: string, after: string): Line[] {
	const [a, b] = [lines(before), lines(after)];
	const common = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
	for (let i = a.length - 1; i >= 0; i--) {
		for (let j = b.length - 1; j >= 0; j--) {
			common[i]![j] = a[i] === b[j] ? common[i + 1]![j + 1]! + 1 : Math.max(common[i + 1]![j]!, common[i]![j + 1]!);
		}
	}
	const out: Line[] = [];
	let [i, j] = [0, 0];
	while (i < a.length || j < b.length) {
		if (i < a.length && j < b.length && a[i] === b[j]) {
			out.push({ kind: 'same', text: a[i]! });
			[i, j] = [i + 1, j + 1];
		} else if (i < a.length && (j === b.length || common[i + 1]![j]! >= common[i]![j + 1]!)) {
			out.push({ kind: 'remove', text: a[i++]! });
		} else {
			out.push({ kind: 'add', text: b[j++]! });
		}
	}
	return out;
}

/** The changed places with a few lines around each. `from` is the line number, in the new file, of a place's first line. */
export function hunks(change: readonly Line[], context = 3): { from: number; lines: Line[] }[] {
	const near = change.map((_, at) =>
		change.slice(Math.max(0, at - context), at + context + 1).some(({ kind }) => kind !== 'same'),
	);
	const found: { from: number; lines: Line[] }[] = [];
	let number = 1;
	change.forEach((line, at) => {
		if (near[at]) {
			if (!near[at - 1]) found.push({ from: number, lines: [] });
			found.at(-1)!.lines.push(line);
		}
		if (line.kind !== 'remove') number++;
	});
	return found;
}

const lines = (text: string) => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));
