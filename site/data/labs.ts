import { root } from 'astro:config/server';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Lab } from '../../labs/lab.ts';
import type { Check } from '../../validators/check.ts';
import { course, type Planned, type Text } from '../course.ts';
import { type LabFiles, labFiles } from './files.ts';

const definitions = import.meta.glob<{ default: Lab }>('/labs/*/lab.ts', { eager: true });
const checkLists = import.meta.glob<{ checks: readonly Check[] }>('/validators/*/index.ts', { eager: true });

/** A lab that exists, with all that its page shows. */
export interface WrittenLab {
	lab: Lab;
	checks: readonly Check[];
	files: LabFiles;
}

const slugOf = (path: string) => path.split('/').at(-2)!;
const cache = new Map<string, WrittenLab>();

/** The lab of that name, or undefined where nobody has written it. */
export function findLab(slug: string): WrittenLab | undefined {
	const module = definitions[`/labs/${slug}/lab.ts`];
	if (!module) return undefined;
	const known = cache.get(slug);
	if (known && !import.meta.env.DEV) return known;
	const found = {
		lab: module.default,
		checks: checkLists[`/validators/${slug}/index.ts`]?.checks ?? [],
		files: labFiles(join(fileURLToPath(root), 'labs', slug), module.default.steps),
	};
	cache.set(slug, found);
	return found;
}

/** The lab of that name; it must be there, because its page is. */
export function lab(slug: string): WrittenLab {
	const found = findLab(slug);
	if (!found) throw new Error(`The page of ${slug} has no labs/${slug}/lab.ts beside it. Add one, or remove the page.`);
	return found;
}

export const writtenSlugs = Object.keys(definitions).map(slugOf);

/** A node of the course map: a written lab with what it says of itself, or a planned one. */
export interface Entry extends Planned {
	written: boolean;
	minutes?: number;
	steps: readonly string[];
}

/** The whole course: planned entries, made true by the labs that exist, and labs that nobody had planned. */
export function entries(): Entry[] {
	const known = new Set(course.map(({ slug }) => slug));
	const unplanned = writtenSlugs.filter((slug) => !known.has(slug)).map((slug) => fromLab(findLab(slug)!.lab));
	return [...course.map(entry), ...unplanned];
}

function entry(planned: Planned): Entry {
	const found = findLab(planned.slug);
	if (!found) return { ...planned, written: false, steps: [] };
	const { title, summary, minutes, steps, prerequisites = [] } = found.lab;
	return {
		...planned,
		title: english(planned.title, title),
		summary: english(planned.summary, summary),
		prerequisites,
		minutes,
		steps,
		written: true,
	};
}

const fromLab = ({ slug, chapter, title, summary, minutes, steps, prerequisites = [] }: Lab): Entry => ({
	slug,
	chapter,
	title: { en: title, vi: title },
	summary: { en: summary, vi: summary },
	prerequisites,
	minutes,
	steps,
	written: true,
});

const english = (text: Text, en: string): Text => ({ ...text, en });
