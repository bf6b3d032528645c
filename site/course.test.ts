import { expect, test } from 'vitest';
import { labs } from '../labs/index.ts';
import english from './content/i18n/en.json' with { type: 'json' };
import vietnamese from './content/i18n/vi.json' with { type: 'json' };
import { chapters, course } from './course.ts';
import { line, place } from './data/map.ts';

const entries = course.map((entry) => ({ ...entry, written: false, steps: [] }));

test('every prerequisite is a lab of the course, and every lab that is written is on the map', () => {
	const slugs = new Set(course.map(({ slug }) => slug));
	expect(course.flatMap(({ prerequisites }) => prerequisites).filter((slug) => !slugs.has(slug))).toEqual([]);
	expect(labs.map(({ slug }) => slug).filter((slug) => !slugs.has(slug))).toEqual([]);
	expect(course.filter(({ chapter }) => !chapters.some(({ id }) => id === chapter))).toEqual([]);
});

test('the path for everybody needs nothing that is not on it', () => {
	const spine = new Map(course.filter(({ spine }) => spine).map((entry) => [entry.slug, entry]));
	expect(
		[...spine.values()].flatMap(({ slug, prerequisites }) =>
			prerequisites.filter((needed) => !spine.has(needed)).map((needed) => `${slug} needs ${needed}`),
		),
	).toEqual([]);
});

test('on the map each lab has a place of its own, below all that it needs', () => {
	const { labs: placed, rows } = place(entries);
	const cells = placed.map(({ lane, row }) => `${lane}/${row}`);
	expect(new Set(cells).size).toBe(cells.length);
	const row = (slug: string) => placed.find((lab) => lab.slug === slug)!.row;
	for (const { slug, prerequisites, chapter } of course) {
		if (chapter !== 'start')
			for (const needed of prerequisites) expect(row(slug), `${slug} after ${needed}`).toBeGreaterThan(row(needed));
	}
	expect(row('capstone')).toBe(rows);
});

test('a line runs straight down between neighbours', () => {
	const at = (lane: number, row: number) => ({ ...entries[0]!, lane, row, span: 1 });
	expect(line(at(1, 2), at(1, 3))).toBe('M0.5 1.8V2.8');
	expect(line(at(1, 2), at(2, 3))).toBe('M0.5 1.8V2.3H1.5V2.8');
});

test('labs that need each other in a circle are refused', () => {
	const [a, b] = entries;
	expect(() =>
		place([
			{ ...a!, prerequisites: [b!.slug] },
			{ ...b!, prerequisites: [a!.slug] },
		]),
	).toThrow('in a circle');
});

test('both languages have every text of the page, with the same places to fill', () => {
	expect(Object.keys(vietnamese).sort()).toEqual(Object.keys(english).sort());
	const places = (text: string) => [...text.matchAll(/\{\{\w+\}\}|\[\w+\]/g)].map(([place]) => place).sort();
	for (const [key, text] of Object.entries(english)) {
		expect(places(vietnamese[key as keyof typeof vietnamese]), key).toEqual(places(text));
	}
});
