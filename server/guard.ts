import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { Refusal } from './refusal.ts';

/**
 * Who may speak to the companion. It runs the learner's shell, so a page from elsewhere must not reach it: not by a
 * name that resolves to 127.0.0.1 (Host), not by a script on another origin (Origin), not without the run's token.
 */
export interface Guard {
	/** Host and Origin; every request. */
	address(request: IncomingMessage): void;
	/** `Authorization: Bearer <token>`; every call of the API. */
	bearer(request: IncomingMessage): void;
	/** The subprotocol `slipway.<token>` and an Origin; every WebSocket. Returns the subprotocol. */
	socket(request: IncomingMessage): string;
}

/** `allowHost` admits one more origin, under which this port is forwarded: `https://name.example` or a bare host name. */
export function guard(token: string, allowHost?: string): Guard {
	const forwarded = allowHost === undefined ? undefined : forwardedOrigin(allowHost);

	function address(request: IncomingMessage): void {
		const host = request.headers.host?.toLowerCase() ?? '';
		const own = localHosts((request.socket as Socket).localPort);
		if (!own.includes(host) && host !== forwarded?.host) {
			throw new Refusal(
				421,
				`This companion does not answer for the host ${host ? `"${host}"` : 'that the request left out'}.`,
				`Open http://${own[0]}/, or start it with \`npm start -- --allow-host <host>\` for a forwarded port.`,
			);
		}
		const { origin } = request.headers;
		if (origin !== undefined && origin !== `http://${host}` && origin !== forwarded?.origin) {
			throw new Refusal(
				403,
				`A page of ${origin} may not call the companion.`,
				`Open the workshop at http://${own[0]}/.`,
			);
		}
		// A browser that leaves Origin out (GET) still says whether another site asks.
		if (request.url?.startsWith('/api/') && request.headers['sec-fetch-site'] === 'cross-site') {
			throw new Refusal(
				403,
				'A page of another site may not call the companion.',
				`Open the workshop at http://${own[0]}/.`,
			);
		}
	}

	function bearer(request: IncomingMessage): void {
		const given = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
		if (given === undefined || !same(given, token)) throw wrongToken(given !== undefined);
	}

	function socket(request: IncomingMessage): string {
		if (request.headers.origin === undefined) {
			throw new Refusal(403, 'A terminal is opened by a page, and this request names none.', 'Send the Origin header.');
		}
		const protocols = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((part) => part.trim());
		const offered = protocols.find((protocol) => protocol.startsWith('slipway.'));
		if (offered === undefined || !same(offered.slice('slipway.'.length), token))
			throw wrongToken(offered !== undefined);
		return offered;
	}

	return { address, bearer, socket };
}

function localHosts(port: number | undefined): string[] {
	const names = ['127.0.0.1', 'localhost'];
	const hosts = names.map((name) => `${name}:${port}`);
	// Browsers leave the default port out.
	return port === 80 ? [...hosts, ...names] : hosts;
}

function forwardedOrigin(allowHost: string): { host: string; origin: string } {
	const text = allowHost.includes('://') ? allowHost : `https://${allowHost}`;
	if (!URL.canParse(text)) {
		throw new Refusal(400, `"${allowHost}" is not a host name.`, 'Give --allow-host a name such as `name.example`.');
	}
	const { host, origin } = new URL(text);
	return { host, origin };
}

const wrongToken = (given: boolean) =>
	new Refusal(
		401,
		given ? "The token is not this run's." : 'This call needs the token of the run.',
		'Open the address that `npm start` printed; each start has a new one.',
		{ 'WWW-Authenticate': 'Bearer' },
	);

/** Compares digests, so that neither length nor content shows in the time it takes. */
const same = (given: string, wanted: string) => timingSafeEqual(digest(given), digest(wanted));
const digest = (text: string) => createHash('sha256').update(text).digest();
