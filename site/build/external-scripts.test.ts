import { expect, test } from 'vitest';
import { externalise } from './external-scripts.ts';

test('an inline script becomes a file and keeps its attributes; the same script is the same file', () => {
	const { html, files } = externalise(
		'<script aria-hidden="true">a()</script><p></p><script>a()</script><script type="module">b()</script>',
	);
	const [first, second] = [...files.keys()];
	expect(html).toBe(
		`<script aria-hidden="true" src="/_astro/${first}"></script><p></p><script src="/_astro/${first}"></script><script type="module" src="/_astro/${second}"></script>`,
	);
	expect([...files.values()]).toEqual(['a()', 'b()']);
});

test('data and scripts from files stay where they are', () => {
	const page = '<script type="application/json" id="x">{"a":1}</script><script type="module" src="/x.js"></script>';
	expect(externalise(page)).toEqual({ html: page, files: new Map() });
});
