import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { labFolder, root, workspaceFolder } from '../lib/paths.ts';
import { readJson } from './body.ts';
import { createEvents } from './events.ts';
import { guard } from './guard.ts';
import { watchPractice } from './practice-watch.ts';
import { asRefusal, errorBody, Refusal, refuse } from './refusal.ts';
import { type Context, type Folders, labNamed, prepared, routes } from './routes.ts';
import type { Services } from './services.ts';
import { securityHeaders } from './static/content-security.ts';
import { site } from './static/site.ts';
import { shellStart } from './terminal/bash.ts';
import { clamp, createTerminals } from './terminal/terminals.ts';

export interface CompanionOptions {
	services: Services;
	/** The built site. */
	dist?: string;
	/** One more origin to answer for, where this port is forwarded: `name.example` or `https://name.example`. */
	allowHost?: string;
	/** What a page must know to be let in. Default: new for each run. */
	token?: string;
	folders?: Folders;
	/** Where our own bugs are told, whole. */
	report?: (error: unknown) => void;
	/** How often it looks whether the practice process is up, and how often a quiet event stream gives a sign of life; ms. */
	every?: { look: number; beat: number };
}

/** The server of the workshop as functions; who opens the port on 127.0.0.1 gives it what comes in. */
export interface Companion {
	token: string;
	/** Answers every request of the port. */
	handle(request: IncomingMessage, response: ServerResponse): void;
	/** Takes the server's `upgrade` event. */
	upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
	/** Ends shells and streams. The port is the caller's to close. */
	close(): Promise<void>;
}

/** The address to open: the token travels in the fragment, which browsers keep to themselves. */
export const address = ({ token }: Companion, port: number) => `http://127.0.0.1:${port}/#token=${token}`;

export function createCompanion(options: CompanionOptions): Companion {
	const { services, dist = join(root, 'dist'), folders = { lab: labFolder, workspace: workspaceFolder } } = options;
	const { token = randomBytes(32).toString('base64url'), report = console.error } = options;
	const { look, beat } = options.every ?? { look: 2000, beat: 15_000 };
	const guards = guard(token, options.allowHost);
	const serve = site(dist);
	const terminals = createTerminals();
	const sockets = new WebSocketServer({
		noServer: true,
		maxPayload: 64 * 1024,
		handleProtocols: (protocols) => [...protocols].find((protocol) => protocol.startsWith('slipway.')) ?? false,
	});
	const events = createEvents({ beat, onListener: () => practice.announce() });
	const practice = watchPractice(services.practice, events, look);
	const isPrepared = (slug: string) => existsSync(folders.workspace(slug));
	// A forwarding proxy drops a line on which nothing moves.
	const ping = setInterval(() => {
		for (const page of sockets.clients) page.ping();
	}, beat).unref();
	const { tell, open } = events;
	const context: Context = { services, folders, isPrepared, tell, follow: practice.follow, events: open };

	async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
		guards.address(request);
		const path = pathOf(request);
		if (path !== '/api' && !path.startsWith('/api/')) return serve(request, response, path);

		guards.bearer(request);
		const { route, slug } = routeOf(request.method!, path);
		const lab = slug === undefined ? { slug: '', steps: [] } : labNamed(services, slug);
		const body = route.method === 'POST' ? await readJson(request) : {};
		const result = await route.answer({ lab, body, request, response }, context);
		if (result === undefined) return;
		const json = JSON.stringify(result);
		response.writeHead(200, {
			'Content-Type': 'application/json; charset=utf-8',
			'Content-Length': Buffer.byteLength(json),
			'Cache-Control': 'no-store',
		});
		response.end(json);
	}

	function openTerminal(request: IncomingMessage, socket: Duplex, head: Buffer): void {
		guards.address(request);
		guards.socket(request);
		if (pathOf(request) !== '/api/terminal') {
			throw new Refusal(404, 'There is no WebSocket at this address.', 'The terminal is at /api/terminal?lab=<slug>.');
		}
		const query = new URLSearchParams(request.url!.split('?')[1]);
		const slug = query.get('lab') ?? '';
		sockets.handleUpgrade(request, socket, head, (page) => {
			const start = async () => {
				labNamed(services, slug);
				prepared(slug, context);
				return shellStart(slug, folders.workspace(slug), await services.target(slug));
			};
			terminals.connect(page, slug, clamp(Number(query.get('cols')), Number(query.get('rows'))), start);
		});
	}

	return {
		token,
		handle(request, response) {
			answer(request, response).catch((thrown: unknown) => {
				const refusal = asRefusal(thrown);
				if (refusal.status === 500) report(thrown);
				refuse(response, refusal);
			});
		},
		upgrade(request, socket, head) {
			socket.on('error', () => socket.destroy());
			try {
				openTerminal(request, socket, head);
			} catch (thrown) {
				const refusal = asRefusal(thrown);
				if (refusal.status === 500) report(thrown);
				refuseUpgrade(socket, refusal);
			}
		},
		async close() {
			clearInterval(ping);
			practice.close();
			events.close();
			for (const page of sockets.clients) page.close(1001, 'The companion was stopped.');
			sockets.close();
			await terminals.close();
		},
	};
}

function pathOf(request: IncomingMessage): string {
	const path = (request.url ?? '').split('?')[0]!;
	// A proxy's form of request, `GET http://…/`, names the host a second time.
	if (!path.startsWith('/')) throw new Refusal(400, `The address ${path} is not a path.`, 'Begin at the home page: /');
	return path;
}

function routeOf(method: string, path: string) {
	const matching = routes.flatMap((route) => {
		const match = new RegExp(`^${route.path.replace(':slug', '([^/]+)')}$`).exec(path);
		return match ? [{ route, slug: match[1] }] : [];
	});
	if (matching.length === 0) {
		throw new Refusal(404, `The companion has no call ${path}.`, 'The page may be of another version: reload it.');
	}
	const found = matching.find(({ route }) => route.method === method);
	if (found) return found;
	const allowed = matching.map(({ route }) => route.method).join(', ');
	throw new Refusal(405, `${path} does not answer to ${method}.`, `Use ${allowed}.`, { Allow: allowed });
}

function refuseUpgrade(socket: Duplex, refusal: Refusal): void {
	const body = errorBody(refusal);
	const headers = {
		...refusal.headers,
		'Content-Type': 'application/json; charset=utf-8',
		'Content-Length': Buffer.byteLength(body),
		Connection: 'close',
	};
	const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
	socket.end(`HTTP/1.1 ${refusal.status} Refused\r\n${lines.join('\r\n')}\r\n\r\n${body}`);
}
