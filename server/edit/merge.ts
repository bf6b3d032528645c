import { type Change, changes, split } from './lines.ts';

/**
 * What both made of `base`: the learner's own changes and the page's. Undefined where they touch the same or
 * neighbouring lines, for then only a person knows. A change that both made counts once.
 */
export function merge(base: string, mine: string, theirs: string): string | undefined {
	const before = split(base);
	const own = changes(before, split(mine));
	const wanted = changes(before, split(theirs)).filter((change) => !own.some((other) => equal(change, other)));
	if (wanted.some((change) => own.some((other) => touch(change, other)))) return undefined;

	const lines: string[] = [];
	let at = 0;
	for (const change of [...own, ...wanted].sort((a, b) => a.start - b.start || a.end - b.end)) {
		lines.push(...before.slice(at, change.start), ...change.lines);
		at = change.end;
	}
	return [...lines, ...before.slice(at)].join('');
}

const equal = (a: Change, b: Change) =>
	a.start === b.start &&
	a.end === b.end &&
	a.lines.length === b.lines.length &&
	a.lines.every((line, i) => line === b.lines[i]);

const touch = (a: Change, b: Change) => a.start <= b.end && b.start <= a.end;
