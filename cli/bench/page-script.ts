import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { dist, ensureSite } from '../start/site.ts';
import { figure } from './figure.ts';
import { measured } from './lab.ts';

/** What a browser loads of script for a lab's page before anything is clicked: the page's own, and what those import. */
export const pageScript = figure({
	id: 'lab-page-script',
	what: `compressed script of the page of ${measured.slug}, before the terminal opens`,
	unit: 'kB',
	goal: 60,
	async measure() {
		await ensureSite();
		const html = readFileSync(join(dist, 'labs', measured.slug, 'index.html'), 'utf8');
		const files = new Set<string>();
		for (const [, tag = ''] of html.matchAll(/<(?:script|link)\b([^>]*)>/g)) {
			const address =
				/\bsrc="([^"]+)"/.exec(tag)?.[1] ??
				(/rel="modulepreload"/.test(tag) ? /\bhref="([^"]+)"/.exec(tag)?.[1] : undefined);
			if (address?.startsWith('/')) collect(join(dist, address.split('?')[0]!), files);
		}
		const inline = [...html.matchAll(/<script(?![^>]*\bsrc=)(?![^>]*json)[^>]*>([\s\S]*?)<\/script>/g)]
			.map(([, text]) => text!)
			.join('');
		const bytes = [...files].reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, gzipSync(inline).length);
		return bytes / 1024;
	},
});

/** A module and everything that it imports at once; what it imports later, on demand, is not loaded yet. */
function collect(file: string, files: Set<string>): void {
	if (files.has(file)) return;
	files.add(file);
	for (const [, path] of readFileSync(file, 'utf8').matchAll(
		/(?:^|[;}\s])(?:import|export)\s*(?:[\w*{}\s,$]+\s*from\s*)?["'](\.{0,2}\/[^"']+)["']/g,
	)) {
		collect(path!.startsWith('/') ? join(dist, path!) : join(dirname(file), path!), files);
	}
}
