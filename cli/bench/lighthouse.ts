import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { site } from '../../server/static/site.ts';
import { output } from '../child.ts';
import { dist, ensureSite } from '../start/site.ts';
import { ensureBrowser } from '../test/browser.ts';
import { figure } from './figure.ts';
import { measured } from './lab.ts';

/** One page of each type. */
const pages = ['/', `/labs/${measured.slug}/`, '/how-it-works/', '/practice-account/', `/vi/labs/${measured.slug}/`];
const categories = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
type Scores = Record<(typeof categories)[number], number>;

/** Lighthouse as a phone sees the page. It is large and only needed here, so npx brings it, pinned. */
const lighthouse = 'lighthouse@13.5.0';
const chromium = '--headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-component-update';

export const lighthousePerformance = figure({
	id: 'lighthouse-performance',
	what: 'Lighthouse, performance on a phone, the worst of the page types',
	unit: 'points',
	goal: 95,
	better: 'most',
	measure: async () => Math.min(...(await scores()).map(({ performance }) => performance)),
});

export const lighthouseRest = figure({
	id: 'lighthouse-rest',
	what: 'Lighthouse, accessibility, best practices and SEO, the worst',
	unit: 'points',
	goal: 100,
	better: 'most',
	measure: async () => Math.min(...(await scores()).flatMap(({ performance: _, ...rest }) => Object.values(rest))),
});

let looked: Promise<Scores[]> | undefined;

/** Looks at every page once, for both figures. */
function scores(): Promise<Scores[]> {
	looked ??= lookAtAll();
	return looked;
}

async function lookAtAll(): Promise<Scores[]> {
	await ensureSite();
	const browser = await ensureBrowser();
	const serve = site(dist);
	const server = createServer((request, response) => {
		serve(request, response, new URL(request.url!, 'http://site').pathname).catch(() => response.destroy());
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	try {
		const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
		const all: Scores[] = [];
		for (const page of pages) all.push(await look(`${origin}${page}`, browser));
		return all;
	} finally {
		server.closeAllConnections();
		server.close();
	}
}

async function look(url: string, browser: string): Promise<Scores> {
	const folder = mkdtempSync(join(tmpdir(), 'slipway-lighthouse-'));
	try {
		const report = join(folder, 'report.json');
		const flags = ['--quiet', '--output=json', `--output-path=${report}`, `--only-categories=${categories}`];
		const ran = await output('npx', ['--yes', lighthouse, url, ...flags, `--chrome-flags=${chromium}`], {
			cwd: folder,
			env: { ...process.env, CHROME_PATH: browser, npm_config_update_notifier: 'false' },
			timeout: 240_000,
		});
		if (ran?.exit !== 0) throw new Error(`Lighthouse could not look at ${url}: ${ran?.text.trim().split('\n').at(-1)}`);
		const found = JSON.parse(readFileSync(report, 'utf8')) as { categories: Record<string, { score: number }> };
		const points = categories.map((name) => [name, Math.round(found.categories[name]!.score * 100)] as const);
		return Object.fromEntries(points) as Scores;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}
