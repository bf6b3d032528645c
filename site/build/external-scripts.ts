import { createHash } from 'node:crypto';
import { glob, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';

/**
 * Moves every inline script of the built pages into a file of its own, so that the pages run under a content security
 * policy of `script-src 'self'`: no hashes to keep in step with the build. A classic script stays a blocking one, because
 * those of Starlight prevent flashes of the wrong theme.
 */
export const externalScripts = (): AstroIntegration => ({
	name: 'slipway:external-scripts',
	hooks: {
		'astro:build:done': async ({ dir }) => {
			const out = fileURLToPath(dir);
			await mkdir(join(out, '_astro'), { recursive: true });
			for await (const page of glob('**/*.html', { cwd: out })) {
				const path = join(out, page);
				const { html, files } = externalise(await readFile(path, 'utf8'));
				if (files.size === 0) continue;
				for (const [name, code] of files) await writeFile(join(out, '_astro', name), code);
				await writeFile(path, html);
			}
		},
	},
});

/** The page with its inline scripts replaced by references, and the files that hold them, by name. */
export function externalise(page: string): { html: string; files: Map<string, string> } {
	const files = new Map<string, string>();
	const html = page.replace(
		/<script(\s[^>]*)?>([\s\S]*?)<\/script>/g,
		(whole, attributes: string = '', code: string) => {
			if (/\ssrc=/.test(attributes) || !runs(attributes) || !code.trim()) return whole;
			const name = `inline.${createHash('sha256').update(code).digest('hex').slice(0, 10)}.js`;
			files.set(name, code);
			return `<script${attributes} src="/_astro/${name}"></script>`;
		},
	);
	return { html, files };
}

const runs = (attributes: string) => {
	const type = /\stype="?([^"\s>]+)/.exec(attributes)?.[1];
	return type === undefined || type === 'module' || type === 'text/javascript';
};
