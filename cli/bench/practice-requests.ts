import { connect } from 'node:net';
import { STS } from '@aws-sdk/client-sts';
import { clientConfig } from '../clients.ts';
import { practiceTarget, scratch } from '../target.ts';
import { figure } from './figure.ts';

const connections = 10;
const duration = 3_000;

/** Signed GetCallerIdentity calls over ten connections. The client is bare sockets, so that it is not what is measured. */
export const practiceRequests = figure({
	id: 'practice-requests',
	what: 'practice account: simple signed requests a second, 10 connections',
	unit: 'requests/s',
	goal: 10_000,
	better: 'most',
	async measure() {
		const target = await practiceTarget(scratch);
		const request = await signedRequest(clientConfig(target));
		const { port } = new URL((target as { endpoint: string }).endpoint);
		const until = Date.now() + duration;
		const counts = await Promise.all(Array.from({ length: connections }, () => hammer(Number(port), request, until)));
		return counts.reduce((sum, count) => sum + count, 0) / (duration / 1_000);
	},
});

interface Wire {
	method: string;
	path: string;
	headers: Record<string, string>;
	body: string | Uint8Array;
}

/** The bytes that the SDK would send. A signature holds for minutes, so one serves for all. */
async function signedRequest(config: ReturnType<typeof clientConfig>): Promise<Buffer> {
	let wire: Wire | undefined;
	const client = new STS(config);
	client.middlewareStack.add(
		(next) => async (args) => {
			wire = args.request as Wire;
			return next(args);
		},
		{ step: 'finalizeRequest', priority: 'low', name: 'keep' },
	);
	await client.getCallerIdentity({});
	const { method, path, headers, body } = wire!;
	const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
	return Buffer.concat([
		Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`),
		Buffer.from(body as string),
	]);
}

/** Sends the request again at each answer until the time is up. Returns how many were answered with 200. */
function hammer(port: number, request: Buffer, until: number): Promise<number> {
	return new Promise((done, failed) => {
		const socket = connect(port, '127.0.0.1', () => socket.write(request));
		let count = 0;
		let held = '';
		socket.on('data', (chunk) => {
			held += chunk.toString('latin1');
			const head = held.indexOf('\r\n\r\n');
			if (head < 0) return;
			const length = Number(/content-length: (\d+)/i.exec(held)?.[1]);
			if (held.length < head + 4 + length) return;
			if (!held.startsWith('HTTP/1.1 200')) return failed(new Error(held.slice(0, 500)));
			held = '';
			count++;
			if (Date.now() < until) socket.write(request);
			else socket.end(() => done(count));
		});
		socket.on('error', failed);
	});
}
