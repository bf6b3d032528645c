import { invalid, unfit } from './faults.ts';

export interface PageRequest {
	Marker?: string | undefined;
	MaxItems?: number | undefined;
}

export interface Page<T> {
	items: T[];
	/** Members of the answer. */
	rest: { IsTruncated: boolean; Marker?: string };
}

/** One page of a list that is in the order of its keys. */
export function page<T>(all: T[], keyOf: (item: T) => string, { Marker, MaxItems = 100 }: PageRequest): Page<T> {
	if (MaxItems < 1) throw unfit(MaxItems, 'maxItems', 'have value greater than or equal to 1');
	if (MaxItems > 1000) throw unfit(MaxItems, 'maxItems', 'have value less than or equal to 1000');
	let start = 0;
	if (Marker !== undefined) {
		const after = Buffer.from(Marker, 'base64').toString();
		if (Buffer.from(after).toString('base64') !== Marker) throw invalid(`Invalid Marker.`);
		start = all.findIndex((item) => keyOf(item) > after);
		if (start < 0) start = all.length;
	}
	const items = all.slice(start, start + MaxItems);
	const more = start + MaxItems < all.length;
	return {
		items,
		rest: { IsTruncated: more, ...(more && { Marker: Buffer.from(keyOf(items.at(-1)!)).toString('base64') }) },
	};
}

export const byKey =
	<T>(keyOf: (item: T) => string) =>
	(a: T, b: T): number =>
		keyOf(a) < keyOf(b) ? -1 : 1;
