import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { inlineScriptHashes } from './content-security.ts';

const hash = (script: string) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`;

test('scripts that stand in the page count, each once', () => {
	expect(
		inlineScriptHashes('<script>a()</script><p><SCRIPT type="module" async>b()\n</SCRIPT ><script>a()</script>'),
	).toEqual([hash('a()'), hash('b()\n')]);
});

test('scripts from files and data do not', () => {
	const page =
		'<script src="/x.js"></script><script type="module" src=/y.js></script><script type="application/ld+json">{}</script>';
	expect(inlineScriptHashes(page)).toEqual([]);
});

test('a ">" inside an attribute does not end the tag', () => {
	expect(inlineScriptHashes(`<script data-x="a > b" data-y='>'>c()</script>`)).toEqual([hash('c()')]);
});
