/** A place in the order of keys. `before` is the id of the last version shown of `key`. */
export interface Position {
	key: string;
	inclusive: boolean;
	before?: number;
}

export interface PageRequest {
	prefix?: string | undefined;
	delimiter?: string | undefined;
	/** The key or common prefix after which to go on. */
	after?: string | undefined;
	/** With `after`: the version after which to go on within that key. */
	before?: number | undefined;
	max: number;
}

export interface Page<Row> {
	rows: Row[];
	/** Keys rolled up to the delimiter. */
	prefixes: string[];
	truncated: boolean;
	/** The last row or common prefix: where the next page begins. */
	last: { row: Row } | { prefix: string } | undefined;
}

/** One page of a listing. Keys under a common prefix are jumped over, not read. */
export function page<Row extends { key: string }>(
	{ prefix = '', delimiter, after, before, max }: PageRequest,
	fetch: (position: Position, limit: number) => Row[],
): Page<Row> {
	const result: Page<Row> = { rows: [], prefixes: [], truncated: false, last: undefined };
	if (max === 0) return result;
	const rolled = (key: string) => {
		const end = delimiter ? key.indexOf(delimiter, prefix.length) : -1;
		return end < 0 ? undefined : key.slice(0, end + delimiter!.length);
	};
	const batch = delimiter ? 100 : max + 1;
	let position: Position = { key: prefix, inclusive: true };
	if (after !== undefined && Buffer.compare(Buffer.from(after), Buffer.from(prefix)) >= 0) {
		position = beyond(after, rolled(after) === after, before);
	}

	for (;;) {
		const rows = fetch(position, batch);
		for (const row of rows) {
			if (!row.key.startsWith(prefix)) return result;
			const common = rolled(row.key);
			if (common !== undefined && common === result.prefixes.at(-1)) continue;
			if (result.rows.length + result.prefixes.length === max) return { ...result, truncated: true };
			if (common === undefined) {
				result.rows.push(row);
				result.last = { row };
			} else {
				result.prefixes.push(common);
				result.last = { prefix: common };
			}
		}
		if (rows.length < batch) return result;
		const last = rows.at(-1)!;
		const common = rolled(last.key);
		position = beyond(common ?? last.key, common !== undefined, (last as { id?: number }).id);
	}
}

/** The place behind a key, or behind every key that starts with a common prefix. */
const beyond = (key: string, isPrefix: boolean, before?: number): Position =>
	isPrefix
		? { key: `${key}\u{10ffff}`, inclusive: true }
		: { key, inclusive: false, ...(before !== undefined && { before }) };
