import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commands } from '../cli/commands.ts';
import { root } from '../lib/paths.ts';

test('the page on the commands names every command, and none that there is not', () => {
	const page = readFileSync(join(root, 'site/content/docs/commands.mdx'), 'utf8');
	const named = new Set([...page.matchAll(/`npm (?:run )?(start|test|[a-z-]+)(?= --|`)/g)].map(([, name]) => name));
	expect([...named].sort()).toEqual(Object.keys(commands).sort());
});
