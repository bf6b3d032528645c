import { chapters } from '../course.ts';
import type { Entry } from './labs.ts';

/** Where a lab stands on the course map: its lane from the left and its row from the top, both from 1. */
export interface Placed extends Entry {
	lane: number;
	row: number;
	/** How many lanes it spans. */
	span: number;
}

/** The lanes of the map. */
export const lanes = 4;

/** The height of the band of lane names between the first row and the second, in rows. */
export const band = 0.3;

/**
 * Places each lab in its chapter's lane, below everything it needs and one to a cell. The start and the capstone stand at
 * the head and foot. A prerequisite that no lab has is ignored here; a test of the course refuses it.
 */
export function place(entries: readonly Entry[]): { labs: Placed[]; rows: number } {
	const rows = new Map<string, number>();
	const taken = new Set<string>();
	const laneOf = (entry: Entry) => chapters.find(({ id }) => id === entry.chapter)!.lane;
	const left = entries.filter(({ chapter }) => chapter !== 'capstone');
	const known = new Set(left.map(({ slug }) => slug));
	while (left.length > 0) {
		const at = left.findIndex((entry) => entry.prerequisites.every((slug) => rows.has(slug) || !known.has(slug)));
		if (at < 0) throw new Error(`These labs need each other in a circle: ${left.map(({ slug }) => slug).join(', ')}.`);
		const [entry] = left.splice(at, 1);
		const lane = entry!.chapter === 'start' ? 0 : laneOf(entry!);
		let row = 1 + Math.max(0, ...entry!.prerequisites.map((slug) => rows.get(slug) ?? 0));
		while (taken.has(`${lane} ${row}`)) row++;
		taken.add(`${lane} ${row}`);
		rows.set(entry!.slug, entry!.chapter === 'start' ? 1 : Math.max(2, row));
	}
	const foot = 1 + Math.max(...rows.values());
	const start = entries.filter(({ chapter }) => chapter === 'start');
	const labs = entries.map((entry): Placed => {
		const capstone = entry.chapter === 'capstone';
		const row = capstone ? foot : rows.get(entry.slug)!;
		if (capstone) return { ...entry, lane: 2, row, span: 2 };
		if (entry.chapter === 'start') return { ...entry, lane: 1 + start.indexOf(entry), row, span: 1 };
		return { ...entry, lane: laneOf(entry), row, span: 1 };
	});
	return { labs, rows: foot };
}

/** The line from a lab to one that needs it, in units of a cell, as the data of an SVG path. It runs between the cards. */
export function line(from: Placed, to: Placed): string {
	const x = ({ lane, span }: Placed) => lane - 1 + span / 2;
	const y = ({ row }: Placed) => row - 0.5 + (row > 1 ? band : 0);
	const [x1, y1, x2, y2] = [x(from), y(from), x(to), y(to)];
	if (x1 === x2) {
		const beside = x1 - 0.47;
		return to.row - from.row === 1 ? `M${x1} ${y1}V${y2}` : `M${x1} ${y1}H${beside}V${y2}H${x2}`;
	}
	if (to.row === from.row) return `M${x1} ${y1}H${x2}`;
	const gutter = x2 > x1 ? x2 - to.span / 2 : x2 + to.span / 2;
	const across = to.row - from.row === 1 ? `V${y2 - 0.5}` : `V${y1 + 0.5}H${gutter}V${y2 - 0.5}`;
	return `M${x1} ${y1}${across}H${x2}V${y2}`;
}
