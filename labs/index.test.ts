import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { labFolder, root } from '../lib/paths.ts';
import { labs } from './index.ts';
import { chapters } from './lab.ts';

test('the list has every folder that holds a lab, once', () => {
	const folders = readdirSync(join(root, 'labs')).filter((name) => existsSync(join(root, 'labs', name, 'lab.ts')));
	expect(labs.map(({ slug }) => slug).sort()).toEqual(folders.sort());
});

test('labs stand in the order of the chapters, and after the labs that they need', () => {
	const order = labs.map(({ chapter }) => chapters.indexOf(chapter));
	expect(order).toEqual([...order].sort((a, b) => a - b));
	labs.forEach((lab, index) => {
		const before = labs.slice(0, index).map(({ slug }) => slug);
		expect(lab.prerequisites?.filter((slug) => !before.includes(slug)) ?? []).toEqual([]);
	});
});

describe.each(labs.map((lab) => [lab.slug, lab] as const))('%s', (slug, lab) => {
	test('has its page, its starter and its mistakes', () => {
		const missing = ['index.mdx', 'starter', 'mistakes.ts'].filter((name) => !existsSync(join(labFolder(slug), name)));
		expect(missing).toEqual([]);
	});

	test('has the pictures that its pages show, each with a title and a description, and no others', () => {
		const pages = readdirSync(labFolder(slug)).filter((name) => name.endsWith('.mdx'));
		const text = pages.map((page) => readFileSync(join(labFolder(slug), page), 'utf8')).join('\n');
		const shown = [...text.matchAll(/<Picture name="([^"]+)"/g)].map(([, name]) => `${name}.svg`);
		const folder = join(labFolder(slug), 'pictures');
		const drawn = existsSync(folder) ? readdirSync(folder) : [];
		expect(drawn.sort()).toEqual([...new Set(shown)].sort());
		for (const picture of drawn)
			expect(readFileSync(join(folder, picture), 'utf8')).toMatch(/<title[^>]*>.+<\/title>\s*<desc[^>]*>.+<\/desc>/);
	});

	test('asks for predictions whose answer is one of the options', () => {
		for (const name of readdirSync(labFolder(slug)).filter((file) => file.endsWith('.mdx'))) {
			const asked = readFileSync(join(labFolder(slug), name), 'utf8').match(/<Predict\b[\s\S]*?>\n/g) ?? [];
			for (const predict of asked) {
				const options = [...predict.match(/options=\{\[(.*?)\]\}/s)![1]!.matchAll(/'([^']+)'/g)].map(
					([, option]) => option,
				);
				expect(options).toContain(predict.match(/answer="([^"]+)"/)![1]);
			}
		}
	});

	test('solves only steps that it has', () => {
		const folder = join(labFolder(slug), 'solution');
		const solved = existsSync(folder) ? readdirSync(folder) : [];
		expect(solved.filter((step) => !(lab.steps as readonly string[]).includes(step))).toEqual([]);
	});

	test('names its stacks, its price with sources, and notices with sources', () => {
		expect(lab.stacks.length).toBeGreaterThan(0);
		for (const { source } of [...lab.cost.drivers, ...(lab.notices ?? [])]) expect(source).toMatch(/^https:\/\//);
	});
});
