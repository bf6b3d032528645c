import { createHash } from 'node:crypto';
import { readFile, realpath, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { Refusal, refuse } from '../refusal.ts';
import { contentSecurityPolicy, inlineScriptHashes } from './content-security.ts';
import { mediaType } from './media-types.ts';

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);
const worthIt = 1024;

/** A file of the build in memory: its bytes, and each encoding that somebody asked for. */
interface Page {
	stamp: string;
	type: string;
	text: boolean;
	tag: string;
	scripts: string[];
	bytes: Buffer;
	encoded: Map<string, Promise<Buffer>>;
}

/** Serves the built site in `folder`. Files are read again when they change, so a new build needs no restart. */
export function site(folder: string) {
	const pages = new Map<string, Page>();

	return async function serve(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
		if (request.method !== 'GET' && request.method !== 'HEAD') {
			throw new Refusal(405, `${request.method} is not for pages.`, 'Use GET or HEAD.', { Allow: 'GET, HEAD' });
		}
		const root = await realpath(folder).catch(() => undefined);
		if (root === undefined) {
			throw new Refusal(503, 'The site is not built yet.', 'Run `npm start`, which builds it.', { 'Retry-After': '5' });
		}
		const wanted = decoded(path);
		const found = await find(root, wanted);
		if (found?.redirect) {
			const query = request.url!.indexOf('?');
			response.writeHead(308, { Location: `${path}/${query < 0 ? '' : request.url!.slice(query)}` }).end();
			return;
		}
		if (found) return send(request, response, 200, await load(pages, found.file), cacheControl(wanted));

		const notFound = await find(root, '/404.html');
		const html = request.headers.accept === undefined || /text\/html|\*\/\*/.test(request.headers.accept);
		if (notFound && html) return send(request, response, 404, await load(pages, notFound.file), 'no-cache');
		return refuse(response, new Refusal(404, `There is no page ${wanted}.`, 'Begin at the home page: /'));
	};
}

/** The path that a URL names, once and for all decoded; refuses what could lead out of the folder. */
function decoded(path: string): string {
	let plain: string;
	try {
		plain = decodeURIComponent(path);
	} catch {
		throw new Refusal(400, `The address ${path} is not well-formed.`, 'Begin at the home page: /');
	}
	const parts = plain.split('/');
	if (!plain.startsWith('/') || /[\0\\]/.test(plain) || parts.some((part) => part === '.' || part === '..')) {
		throw new Refusal(400, `The address ${path} leads out of the site.`, 'Begin at the home page: /');
	}
	return plain;
}

async function find(root: string, path: string): Promise<{ file: string; redirect?: boolean } | undefined> {
	if (path.split('/').some((part) => part.startsWith('.') && part !== '.well-known')) return undefined;
	const plain = join(root, path);
	const candidates = path.endsWith('/') ? [join(plain, 'index.html')] : [plain, `${plain}.html`];
	for (const candidate of candidates) {
		const file = await realpath(candidate).catch(() => undefined);
		// A link inside the folder must not lead out of it.
		if (!file?.startsWith(root + sep)) continue;
		const kind = await stat(file);
		if (kind.isFile()) return { file };
		const index = await stat(join(file, 'index.html')).catch(() => undefined);
		if (kind.isDirectory() && index?.isFile()) return { file, redirect: true };
	}
	return undefined;
}

async function load(pages: Map<string, Page>, file: string): Promise<Page> {
	const { mtimeMs, size } = await stat(file);
	const stamp = `${mtimeMs}-${size}`;
	const known = pages.get(file);
	if (known?.stamp === stamp) return known;

	const bytes = await readFile(file);
	const { type, text } = mediaType(file);
	const tag = createHash('sha256').update(bytes).digest('base64url').slice(0, 22);
	const scripts = type.startsWith('text/html') ? inlineScriptHashes(bytes.toString('utf8')) : [];
	const page = { stamp, type, text, tag, scripts, bytes, encoded: new Map() };
	pages.set(file, page);
	return page;
}

/** The build puts a hash of the content into the names of what it bundles. */
const cacheControl = (path: string) =>
	path.startsWith('/_astro/') ? 'public, max-age=31536000, immutable' : 'no-cache';

async function send(request: IncomingMessage, response: ServerResponse, status: number, page: Page, cache: string) {
	const encoding = page.text && page.bytes.length >= worthIt ? accepted(request.headers['accept-encoding']) : undefined;
	const tag = `"${page.tag}${encoding ? `-${encoding}` : ''}"`;
	response.setHeader('ETag', tag);
	response.setHeader('Cache-Control', cache);
	if (page.text) response.setHeader('Vary', 'Accept-Encoding');
	// Safari before 18 does not count a WebSocket of the same origin as 'self'.
	const connect = [`ws://${request.headers.host}`, `wss://${request.headers.host}`];
	if (page.type.startsWith('text/html')) {
		response.setHeader('Content-Security-Policy', contentSecurityPolicy(page.scripts, connect));
	}
	if (status === 200 && matches(request.headers['if-none-match'], tag)) {
		response.writeHead(304).end();
		return;
	}
	const body = encoding ? await encode(page, encoding) : page.bytes;
	response.writeHead(status, {
		'Content-Type': page.type,
		'Content-Length': body.length,
		...(encoding && { 'Content-Encoding': encoding }),
	});
	response.end(request.method === 'HEAD' ? undefined : body);
}

const matches = (given: string | undefined, tag: string) =>
	given
		?.split(',')
		.map((part) => part.trim().replace(/^W\//, ''))
		.some((part) => part === tag || part === '*') ?? false;

/** The better of the encodings that a client takes. */
function accepted(header: string | undefined): 'br' | 'gzip' | undefined {
	const takes = new Set(
		(header ?? '')
			.split(',')
			.map((part) => part.trim().toLowerCase().split(';'))
			.filter(([, quality]) => !/^\s*q=0(\.0*)?$/.test(quality ?? ''))
			.map(([name]) => name),
	);
	if (takes.has('br')) return 'br';
	return takes.has('gzip') ? 'gzip' : undefined;
}

function encode(page: Page, encoding: 'br' | 'gzip'): Promise<Buffer> {
	let body = page.encoded.get(encoding);
	body ??=
		encoding === 'gzip' ? zip(page.bytes) : brotli(page.bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
	page.encoded.set(encoding, body);
	return body;
}
