/** `1 queue`, `3 queues`. */
export const count = (number: number, one: string, many = `${one}s`) => `${number} ${number === 1 ? one : many}`;

/** `a`, `a and b`, `a, b and c`. */
export function list(words: readonly string[]): string {
	if (words.length < 2) return words[0] ?? 'nothing';
	return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** A length of time in its largest whole units: `4 days`, `12 hours`, `1 day and 6 hours`. */
export function duration(seconds: number): string {
	const units = [
		[86_400, 'day'],
		[3_600, 'hour'],
		[60, 'minute'],
		[1, 'second'],
	] as const;
	const first = units.findIndex(([size]) => seconds >= size);
	if (first < 0) return '0 seconds';
	const parts: string[] = [];
	let rest = Math.floor(seconds);
	for (const [size, name] of units.slice(first, first + 2)) {
		if (rest >= size) parts.push(count(Math.floor(rest / size), name));
		rest %= size;
	}
	return list(parts);
}

/** `40 seconds ago`, `3 minutes ago`: one unit is enough. */
export function ago(then: Date, now = new Date()): string {
	const seconds = Math.max(0, Math.round((now.getTime() - then.getTime()) / 1000));
	if (seconds < 2) return 'just now';
	for (const [size, name] of [
		[86_400, 'day'],
		[3_600, 'hour'],
		[60, 'minute'],
	] as const) {
		if (seconds >= size) return `${count(Math.floor(seconds / size), name)} ago`;
	}
	return `${count(seconds, 'second')} ago`;
}

/** The time on the learner's own clock: `14:02:11`. */
export const clockTime = (date: Date) => date.toLocaleTimeString('en-GB', { hour12: false });
