import { describe, expect, test } from 'vitest';
import { labs } from '../labs/index.ts';
import { labsWithChecks } from './index.ts';

test('each lab has its checks, and no checks are without a lab', () => {
	expect(Object.keys(labsWithChecks).sort()).toEqual(labs.map(({ slug }) => slug).sort());
});

describe.each(labs.map((lab) => [lab.slug, lab] as const))('the checks of %s', (slug, lab) => {
	const load = async () => (await labsWithChecks[slug]!()).checks;

	test('belong to its steps, in order, at least one to each', async () => {
		const steps = (await load()).map(({ step }) => step);
		expect([...new Set(steps)]).toEqual(lab.steps);
		expect(steps).toEqual([...steps].sort((a, b) => lab.steps.indexOf(a) - lab.steps.indexOf(b)));
	});

	test('have ids and causes in kebab-case, hints, a page to read, and an end that is a step', async () => {
		const kebab = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
		const checks = await load();
		expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
		for (const { id, causes, hint, docs, until, title } of checks) {
			expect([id, ...Object.keys(causes)].filter((name) => !kebab.test(name))).toEqual([]);
			expect(Object.keys(causes).length).toBeGreaterThan(0);
			expect(hint.length).toBeGreaterThan(0);
			expect(docs).toMatch(/^https:\/\//);
			expect(title).not.toMatch(/\.$/);
			if (until) expect(lab.steps).toContain(until);
		}
	});
});
