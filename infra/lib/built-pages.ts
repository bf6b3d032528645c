import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inlineScriptHashes } from '../../server/static/content-security.ts';

/** The hashes of all scripts that stand in the pages of a build; undefined where there is none. */
export function inlineScriptsOf(dist: string): string[] | undefined {
	if (!existsSync(dist)) return undefined;
	const pages = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.html'));
	return [...new Set(pages.flatMap((page) => inlineScriptHashes(readFileSync(join(dist, page), 'utf8'))))].sort();
}
