import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, resolve } from 'node:path';

const types: Record<string, string> = {
	'.css': 'text/css',
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript',
	'.json': 'application/json',
	'.svg': 'image/svg+xml',
	'.wasm': 'application/wasm',
};

/** The policy that the companion sends, without any inline script. */
const policy =
	"default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; worker-src 'self'; base-uri 'none'";

/** The build under test. */
export const dist = resolve(process.env['SLIPWAY_DIST'] ?? join(import.meta.dirname, '../../dist'));

/** Answers from the build alone, as any static host would. */
export async function answerStatic(request: IncomingMessage, response: ServerResponse): Promise<void> {
	const { pathname } = new URL(request.url!, 'http://site');
	const path = decodeURIComponent(pathname.endsWith('/') ? `${pathname}index.html` : pathname);
	const headers = {
		'content-type': types[extname(path)] ?? 'application/octet-stream',
		'content-security-policy': policy,
	};
	try {
		const file = await readFile(join(dist, path));
		response.writeHead(200, headers).end(file);
	} catch {
		const page = await readFile(join(dist, '404.html'));
		response.writeHead(404, { ...headers, 'content-type': 'text/html; charset=utf-8' }).end(page);
	}
}

/** A server on a free port, and its origin. */
export async function listen(server: Server): Promise<{ origin: string; close(): Promise<void> }> {
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	const { port } = server.address() as AddressInfo;
	return {
		origin: `http://127.0.0.1:${port}`,
		close: () =>
			new Promise((done) => {
				server.closeAllConnections();
				server.close(() => done());
			}),
	};
}

export const staticSite = () => listen(createServer((request, response) => void answerStatic(request, response)));
