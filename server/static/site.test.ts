import { createHash } from 'node:crypto';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { folderWith, started } from '../testing.ts';

const script = "document.documentElement.dataset.theme = 'dark';";
const home = `<!doctype html><title>Home</title><script>${script}</script><p>${'words '.repeat(400)}</p>`;
const files = {
	'index.html': home,
	'labs/get-ready/index.html': '<title>Get ready</title>',
	'404.html': '<title>Not here</title>',
	'_astro/page.Dq3x.js': `export const x = '${'y'.repeat(2000)}';`,
	'picture.png': Buffer.alloc(3000, 7),
	'.secret': 'hidden',
};
const serving = () => started({ dist: folderWith(files) });

test('a page has its type, a policy, and a tag by which it is not sent twice', async () => {
	const { ask, host } = await serving();
	const page = await ask('/');
	expect(page.status).toBe(200);
	expect(page.text).toBe(home);
	const hash = createHash('sha256').update(script).digest('base64');
	expect(page.headers).toMatchObject({
		'content-type': 'text/html; charset=utf-8',
		'cache-control': 'no-cache',
		vary: 'Accept-Encoding',
		'content-security-policy': [
			"default-src 'none'",
			`script-src 'self' 'wasm-unsafe-eval' 'sha256-${hash}'`,
			"style-src 'self' 'unsafe-inline'",
			"img-src 'self' data:",
			"font-src 'self' data:",
			`connect-src 'self' ws://${host} wss://${host}`,
			"worker-src 'self'",
			"manifest-src 'self'",
			"form-action 'self'",
			"base-uri 'none'",
			"frame-ancestors 'none'",
		].join('; '),
		'x-content-type-options': 'nosniff',
		'x-frame-options': 'DENY',
		'referrer-policy': 'no-referrer',
		'cross-origin-opener-policy': 'same-origin',
		'cross-origin-resource-policy': 'same-origin',
	});
	const again = await ask('/', { headers: { 'if-none-match': page.headers.etag! } });
	expect([again.status, again.text, again.headers.etag]).toEqual([304, '', page.headers.etag]);
});

test('text is compressed as the client takes it, pictures are not', async () => {
	const { ask } = await serving();
	const gzip = await ask('/', { headers: { 'accept-encoding': 'gzip, deflate' } });
	expect([gzip.headers['content-encoding'], gunzipSync(gzip.bytes).toString()]).toEqual(['gzip', home]);
	const brotli = await ask('/', { headers: { 'accept-encoding': 'gzip, deflate, br' } });
	expect([brotli.headers['content-encoding'], brotliDecompressSync(brotli.bytes).toString()]).toEqual(['br', home]);
	expect(brotli.bytes.length).toBeLessThan(home.length / 4);
	expect(new Set([gzip.headers.etag, brotli.headers.etag, (await ask('/')).headers.etag]).size).toBe(3);
	const none = await ask('/', { headers: { 'accept-encoding': 'br;q=0, identity' } });
	expect(none.headers['content-encoding']).toBeUndefined();
	const picture = await ask('/picture.png', { headers: { 'accept-encoding': 'br' } });
	expect([picture.headers['content-encoding'], picture.headers['content-type']]).toEqual([undefined, 'image/png']);
	expect(picture.bytes).toEqual(files['picture.png']);
});

test('what the build names by its content is kept for ever', async () => {
	const { ask } = await serving();
	const bundle = await ask('/_astro/page.Dq3x.js');
	expect(bundle.headers).toMatchObject({
		'content-type': 'text/javascript; charset=utf-8',
		'cache-control': 'public, max-age=31536000, immutable',
	});
});

test('addresses are clean: a folder is its index, with a slash at its end', async () => {
	const { ask } = await serving();
	expect((await ask('/labs/get-ready/')).text).toBe('<title>Get ready</title>');
	const bare = await ask('/labs/get-ready?from=mail');
	expect([bare.status, bare.headers.location]).toEqual([308, '/labs/get-ready/?from=mail']);
});

test('HEAD is GET without the body', async () => {
	const { ask } = await serving();
	const head = await ask('/', { method: 'HEAD' });
	expect([head.status, head.text, head.headers['content-length']]).toEqual([200, '', String(home.length)]);
});

test('what is not there is the 404 page for a person and JSON for a program', async () => {
	const { ask } = await serving();
	const person = await ask('/nowhere/', { headers: { accept: 'text/html' } });
	expect([person.status, person.text]).toEqual([404, '<title>Not here</title>']);
	expect(person.headers['content-security-policy']).toContain("default-src 'none'");
	const program = await ask('/nowhere/', { headers: { accept: 'application/json' } });
	expect([program.status, program.json()]).toEqual([
		404,
		{ error: { message: 'There is no page /nowhere/.', hint: 'Begin at the home page: /' } },
	]);
});

test('nothing outside the folder is served, by whichever spelling', async () => {
	const folder = folderWith({ 'dist/index.html': 'home', 'secret.txt': 'secret' });
	symlinkSync(join(folder, 'secret.txt'), join(folder, 'dist', 'link.txt'));
	const { ask } = await started({ dist: join(folder, 'dist') });
	const ways = [
		'/../secret.txt',
		'/%2e%2e/secret.txt',
		'/..%2fsecret.txt',
		'/x/..%5c..%5csecret.txt',
		'/index.html%00',
		'/%',
	];
	for (const way of ways) {
		const answer = await ask(way);
		expect([way, answer.status]).toEqual([way, 400]);
		expect(answer.json().error.hint).toBe('Begin at the home page: /');
	}
	for (const way of ['/link.txt', '/%252e%252e/secret.txt', '//secret.txt']) {
		const answer = await ask(way);
		expect([way, answer.status, answer.text.includes('secret"')]).toEqual([way, 404, false]);
	}
	expect((await (await serving()).ask('/.secret')).status).toBe(404);
});

test('a page takes no POST', async () => {
	const { ask } = await serving();
	const answer = await ask('/', { method: 'POST', body: '{}' });
	expect([answer.status, answer.headers.allow, answer.json()]).toEqual([
		405,
		'GET, HEAD',
		{ error: { message: 'POST is not for pages.', hint: 'Use GET or HEAD.' } },
	]);
});

test('before the build it says so, and after it serves without a restart', async () => {
	const { ask, home: folder } = await started();
	const early = await ask('/');
	expect([early.status, early.json()]).toEqual([
		503,
		{ error: { message: 'The site is not built yet.', hint: 'Run `npm start`, which builds it.' } },
	]);
	mkdirSync(join(folder, 'dist'));
	writeFileSync(join(folder, 'dist', 'index.html'), 'built');
	expect((await ask('/')).text).toBe('built');
	writeFileSync(join(folder, 'dist', 'index.html'), 'built again');
	expect((await ask('/')).text).toBe('built again');
});
