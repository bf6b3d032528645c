import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { WireRequest, WireResponse } from '../wire/message.ts';
import type { Control } from './control.ts';
import type { Gateway } from './gateway.ts';

/** The practice account as a listener for `node:http`. Foreign hosts and origins are turned away before anything else. */
export function listener(gateway: Gateway, control: Control): RequestListener {
	return (incoming, response) => {
		void answer(incoming, response, gateway, control).catch((error: unknown) => response.destroy(error as Error));
	};
}

async function answer(
	incoming: IncomingMessage,
	response: ServerResponse,
	gateway: Gateway,
	control: Control,
): Promise<void> {
	const foreign = foreigner(incoming);
	if (foreign)
		return void send(response, {
			status: foreign.status,
			headers: { 'content-type': 'text/plain' },
			body: `${foreign.why}\n`,
		});
	if (incoming.url?.startsWith('/_practice/')) return control(incoming, response);
	const gone = new AbortController();
	response.on('close', () => {
		if (!response.writableFinished) gone.abort();
	});
	const answered = await gateway.handle(wireRequest(incoming), gone.signal);
	await send(response, answered, incoming.method === 'HEAD');
	// A client may send its whole body before it listens to what was refused at its first line.
	if (!incoming.readableEnded) incoming.unpipe().resume();
}

/** Names under which this machine calls itself. A bucket's name may stand before. */
const home = /^(?:[a-z0-9.-]+\.)?(?:localhost|127\.0\.0\.1)(?::\d+)?$|^\[::1\](?::\d+)?$/i;

/** A page in a browser, or a name that resolves to this machine without meaning it, must not reach the account. */
function foreigner({ headers }: IncomingMessage): { status: number; why: string } | undefined {
	const { host, origin } = headers;
	if (!host || !home.test(host)) {
		return { status: 421, why: `The practice account answers to 127.0.0.1 and localhost, not to "${host ?? ''}".` };
	}
	if (origin !== undefined && !home.test(origin.replace(/^https?:\/\//, ''))) {
		return { status: 403, why: `The practice account does not answer pages of ${origin}.` };
	}
	return undefined;
}

function wireRequest(incoming: IncomingMessage): WireRequest {
	const [path = '/', search = ''] = (incoming.url ?? '/').split(/\?(.*)/s);
	const headers: Record<string, string> = {};
	for (const [name, value] of Object.entries(incoming.headers)) {
		if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(',') : value;
	}
	return { method: incoming.method ?? 'GET', path, search, headers, body: incoming };
}

async function send(response: ServerResponse, { status, headers, body }: WireResponse, head = false): Promise<void> {
	if (body instanceof Readable) {
		response.writeHead(status, headers);
		if (head) body.destroy();
		else return pipeline(body, response);
		response.end();
		return;
	}
	const bytes =
		typeof body === 'string' ? Buffer.from(body) : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
	if (status === 304) delete headers['content-type'];
	else if (!head || headers['content-length'] === undefined) {
		headers['content-length'] = String(head ? 0 : bytes.byteLength);
	}
	response.writeHead(status, headers);
	if (head || status === 204 || status === 304) response.end();
	// Text goes out together with the head, in one write; each further one is a system call.
	else if (bytes.byteLength <= smallBody) response.end(bytes.toString('latin1'), 'latin1');
	else response.end(bytes);
}

/** Bytes up to which a body is worth copying into one piece with its head. */
const smallBody = 16_384;
