import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { UserError } from '../../lib/user-error.ts';
import type { Account } from '../account/account.ts';
import { Inbox } from '../account/inbox.ts';
import type { AccountCard, Accounts } from '../accounts.ts';

export type Control = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export interface ControlOptions {
	accounts: Accounts;
	token: string;
	version: string;
	/** Ends the process, once the answer is out. */
	stop(): void;
}

interface Asked {
	accounts: Accounts;
	body: Record<string, unknown>;
	parts: string[];
}

type Route = (asked: Asked) => unknown;

/** What is not AWS's business: which accounts there are, their clocks, snapshots, mail. Everything needs the token. */
export function control({ accounts, token, version, stop }: ControlOptions): Control {
	const startedAt = new Date().toISOString();
	const routes: Record<string, Route> = {
		'GET status': () => ({
			version,
			pid: process.pid,
			startedAt,
			accounts: accounts.cards().map((card) => status(card, accounts)),
		}),
		'POST accounts': ({ body }) => {
			const { card, created } = accounts.ensure(String(body['name'] ?? ''));
			return { ...credentials(card), created };
		},
		'DELETE accounts/:': async ({ parts }) => credentials(await accounts.reset(parts[0]!)),
		'GET accounts/:/clock': ({ parts }) => clock(open(accounts, parts[0]!)),
		'POST accounts/:/clock': async ({ parts, body }) => {
			const account = open(accounts, parts[0]!);
			const advance = Number(body['advance']);
			if (!Number.isSafeInteger(advance) || advance < 0 || advance > 366 * 86_400_000) {
				throw new UserError(
					`"${body['advance']}" is no span of time.`,
					'Say how many milliseconds to go forward, at most a year.',
				);
			}
			await account.work.advance(advance);
			account.announce({ service: 'clock', operation: 'Advance' });
			return clock(account);
		},
		'POST accounts/:/settle': async ({ parts, body }) => ({
			settled: await open(accounts, parts[0]!).work.settle(Number(body['timeout'] ?? 60_000)),
		}),
		'GET accounts/:/snapshots': ({ parts }) => ({ snapshots: accounts.snapshots(parts[0]!) }),
		'POST accounts/:/snapshots': ({ parts, body }) => {
			const { name, commit, note } = body as { name?: string; commit?: string; note?: string };
			return accounts.save(parts[0]!, { name: name ?? '', ...(commit && { commit }), ...(note && { note }) });
		},
		'POST accounts/:/snapshots/:/restore': ({ parts }) => accounts.restore(parts[0]!, parts[1]!),
		'DELETE accounts/:/snapshots/:': ({ parts }) => {
			accounts.forget(parts[0]!, parts[1]!);
			return {};
		},
		'GET accounts/:/inbox': ({ parts }) => {
			const account = open(accounts, parts[0]!);
			const mails = account.in('us-east-1').store(Inbox).list();
			return { mails: mails.map((mail) => ({ ...mail, at: new Date(mail.at).toISOString() })) };
		},
		'POST stop': () => {
			setImmediate(stop);
			return {};
		},
	};

	return async (request, response) => {
		try {
			if (!sameToken(request.headers['x-practice-token'], token)) {
				return reply(
					response,
					401,
					failure('That token is not the one of this process.', 'Read it from process.json in the state folder.'),
				);
			}
			const path = request.url!.slice('/_practice/'.length).split('?')[0]!;
			const watching = /^accounts\/([^/]+)\/changes$/.exec(path);
			if (watching && request.method === 'GET') return watch(open(accounts, watching[1]!), response);
			const matched = match(routes, `${request.method} ${path}`);
			if (!matched)
				return reply(
					response,
					404,
					failure(`The practice process has no ${request.method} /${path}.`, 'See practice/gateway/control.ts.'),
				);
			const body = await readJson(request);
			reply(response, 200, await matched.route({ accounts, body, parts: matched.parts }));
		} catch (error) {
			if (!(error instanceof UserError)) throw error;
			reply(response, 400, failure(error.message, error.hint));
		}
	};
}

function match(routes: Record<string, Route>, asked: string): { route: Route; parts: string[] } | undefined {
	for (const [pattern, route] of Object.entries(routes)) {
		const found = new RegExp(`^${pattern.replaceAll(':', '([^/]+)')}$`).exec(asked);
		if (found) return { route, parts: found.slice(1).map(decodeURIComponent) };
	}
	return undefined;
}

function open(accounts: Accounts, name: string): Account {
	const card = accounts.card(name);
	if (!card)
		throw new UserError(
			`There is no practice account "${name}".`,
			`There are: ${
				accounts
					.cards()
					.map((each) => each.name)
					.join(', ') || 'none yet'
			}.`,
		);
	return accounts.find(card.id)!;
}

const status = ({ name, id, region }: AccountCard, accounts: Accounts) => {
	const account = accounts.find(id)!;
	return { name, account: id, region, offset: account.clock.offset, working: account.work.busy() };
};

const credentials = ({ name, id, region, administrator }: AccountCard) => ({
	name,
	account: id,
	region,
	accessKeyId: administrator.accessKeyId,
	secretAccessKey: administrator.secretAccessKey,
});

const clock = (account: Account) => ({ now: account.clock.date().toISOString(), offset: account.clock.offset });

/** A stream of changes, as server-sent events, until the client goes. */
function watch(account: Account, response: ServerResponse): void {
	response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
	response.write(': watching\n\n');
	const stop = account.watch((change) => response.write(`data: ${JSON.stringify(change)}\n\n`));
	response.on('close', stop);
}

async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
	let text = '';
	for await (const chunk of request) {
		text += chunk;
		if (text.length > 65_536) throw new UserError('That request is larger than 64 kB.', 'Send less.');
	}
	if (!text) return {};
	try {
		return JSON.parse(text) as Record<string, unknown>;
	} catch (cause) {
		throw new UserError('That request is not JSON.', 'Send an object.', { cause });
	}
}

const failure = (message: string, hint: string) => ({ error: { message, hint } });

function reply(response: ServerResponse, code: number, body: unknown): void {
	response.writeHead(code, { 'content-type': 'application/json' });
	response.end(JSON.stringify(body));
}

function sameToken(given: string | string[] | undefined, token: string): boolean {
	const a = Buffer.from(String(given ?? ''));
	const b = Buffer.from(token);
	return a.length === b.length && timingSafeEqual(a, b);
}
