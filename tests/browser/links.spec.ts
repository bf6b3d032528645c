import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { dist } from './static-site.ts';

/** Every `href` and `src` of a page that stays on the site, and every id that one may point to. */
function read(html: string): { links: string[]; ids: Set<string> } {
	const attribute = (names: string) =>
		[...html.matchAll(new RegExp(`\\s(?:${names})="([^"]*)"`, 'g'))].map(([, value]) => value!);
	const links = attribute('href|src').map((link) => link.replaceAll('&amp;', '&').replaceAll('&#38;', '&'));
	return { links: links.filter((link) => !/^(https?:|mailto:|data:|\/\/)/.test(link)), ids: new Set(attribute('id')) };
}

test('every link within the site leads to a page, and to a place on it that exists', async () => {
	const files = new Map<string, ReturnType<typeof read> | undefined>();
	for await (const file of glob('**/*', { cwd: dist })) {
		files.set(`/${file}`, file.endsWith('.html') ? read(readFileSync(join(dist, file), 'utf8')) : undefined);
	}
	const broken: string[] = [];
	for (const [page, content] of files) {
		for (const link of content?.links ?? []) {
			const { pathname, hash } = new URL(link, `http://site${page}`);
			const target = decodeURIComponent(pathname.endsWith('/') ? `${pathname}index.html` : pathname);
			if (!files.has(target)) broken.push(`${page}: ${link}`);
			else if (hash.length > 1 && !files.get(target)?.ids.has(decodeURIComponent(hash.slice(1))))
				broken.push(`${page}: ${link} (no such place)`);
		}
	}
	expect(files.size).toBeGreaterThan(10);
	expect(broken).toEqual([]);
});

test('no page holds an inline script or names another origin to load from', async () => {
	const found: string[] = [];
	for await (const file of glob('**/*.html', { cwd: dist })) {
		const html = readFileSync(join(dist, file), 'utf8');
		for (const [tag, attributes] of html.matchAll(/<script([^>]*)>/g)) {
			if (!attributes!.includes('src=') && !attributes!.includes('application/json')) found.push(`${file}: ${tag}`);
		}
		for (const [, attributes] of html.matchAll(/<(?:script|img|link|iframe)\s([^>]*)>/g)) {
			if (/(?:src|href)="(?:https?:)?\/\//.test(attributes!) && !attributes!.includes('rel="canonical"'))
				found.push(`${file}: ${attributes}`);
		}
	}
	expect(found).toEqual([]);
});
