import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Target } from '../lib/target.ts';
import type { Report } from '../validators/check.ts';
import { type CompanionOptions, createCompanion } from './companion.ts';
import type { Services } from './services.ts';

/** A folder that is gone after the test, with these files in it. */
export function folderWith(files: Record<string, string | Buffer> = {}): string {
	const folder = realpathSync(mkdtempSync(join(tmpdir(), 'slipway-server-')));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	for (const [name, content] of Object.entries(files)) {
		mkdirSync(dirname(join(folder, name)), { recursive: true });
		writeFileSync(join(folder, name), content);
	}
	return folder;
}

export const practiceTarget: Target = {
	kind: 'practice',
	account: '111122223333',
	region: 'us-east-1',
	endpoint: 'http://127.0.0.1:9',
	credentials: { accessKeyId: 'AKIAPRACTICE', secretAccessKey: 'practice-secret' },
};

export const report = (lab: string): Report => ({
	lab,
	target: { kind: 'practice', account: '111122223333', region: 'us-east-1' },
	startedAt: '2026-11-22T10:00:00.000Z',
	durationMs: 12,
	apiCalls: 3,
	checks: [],
});

/** The outside as a test needs it: one lab, prepared on demand, and a practice process that is up. */
export function services(over: Partial<Services> = {}): Services {
	return {
		version: '0.1.0',
		labs: [{ slug: 'get-ready', steps: ['deploy', 'repair', 'clean-up'] }],
		chosen: () => ({ kind: 'practice', region: 'us-east-1' }),
		target: async () => practiceTarget,
		prepare: async () => undefined,
		steps: async () => ({ deploy: 'passed', repair: 'current', 'clean-up': 'open' }),
		validate: async (slug) => report(slug),
		lastReport: async () => undefined,
		inventory: async () => [{ type: 'AWS::SQS::Queue', id: 'Orders' }],
		missingTools: async () => [],
		...over,
		practice: {
			status: async () => 'up',
			clock: async (_, advance) => ({ now: '2026-11-22T10:00:00.000Z', offset: advance }),
			changes: (_, __, signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve())),
			inbox: async () => [],
			...over.practice,
		},
	};
}

export interface Answer {
	status: number;
	headers: IncomingHttpHeaders;
	bytes: Buffer;
	text: string;
	// biome-ignore lint/suspicious/noExplicitAny: tests assert it whole
	json(): any;
}

export interface Ask {
	method?: string;
	headers?: Record<string, string>;
	body?: string;
	/** Sends no token where it is `null`. */
	token?: string | null;
}

/** A companion on a port of its own, with a workspace, and a client that sends exactly what it is told to. */
export async function started(options: Partial<CompanionOptions> = {}) {
	const home = folderWith({ 'workspace/get-ready/package.json': '{}' });
	const before = process.env['SLIPWAY_STATE'];
	process.env['SLIPWAY_STATE'] = join(home, 'state');
	const companion = createCompanion({
		services: services(),
		dist: join(home, 'dist'),
		folders: { lab: (slug) => join(home, 'labs', slug), workspace: (slug) => join(home, 'workspace', slug) },
		every: { look: 5, beat: 20 },
		...options,
	});
	const server = createServer(companion.handle).on('upgrade', companion.upgrade);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	onTestFinished(async () => {
		await companion.close();
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
		if (before === undefined) delete process.env['SLIPWAY_STATE'];
		else process.env['SLIPWAY_STATE'] = before;
	});

	function ask(
		path: string,
		{ method = 'GET', headers = {}, body, token = companion.token }: Ask = {},
	): Promise<Answer> {
		const { promise, resolve, reject } = Promise.withResolvers<Answer>();
		const bearer = token === null || !path.startsWith('/api') ? {} : { authorization: `Bearer ${token}` };
		const type = body === undefined ? {} : { 'content-type': 'application/json' };
		const sent = request(
			{ host: '127.0.0.1', port, path, method, headers: { ...bearer, ...type, ...headers } },
			(answer) => {
				const chunks: Buffer[] = [];
				answer.on('data', (chunk) => chunks.push(chunk));
				answer.on('end', () => {
					const bytes = Buffer.concat(chunks);
					const text = bytes.toString('utf8');
					resolve({ status: answer.statusCode!, headers: answer.headers, bytes, text, json: () => JSON.parse(text) });
				});
			},
		);
		sent.on('error', reject);
		sent.end(body);
		return promise;
	}
	const post = (path: string, body: object = {}) => ask(path, { method: 'POST', body: JSON.stringify(body) });
	return { companion, port, home, host: `127.0.0.1:${port}`, ask, post };
}
