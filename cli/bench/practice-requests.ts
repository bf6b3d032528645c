import { spawn } from 'node:child_process';
import { once } from 'node:events';
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
		return rate(Number(new URL((target as { endpoint: string }).endpoint).port), request);
	},
	peer: {
		what: 'a bare node:http server',
		async measure() {
			const request = await signedRequest(clientConfig(await practiceTarget(scratch)));
			const server = spawn(process.execPath, ['--eval', bareServer], { stdio: ['ignore', 'pipe', 'inherit'] });
			try {
				const [port] = await once(server.stdout, 'data');
				return await rate(Number(String(port)), request);
			} finally {
				server.kill();
			}
		},
	},
});

/** Reads the request and answers as many bytes as GetCallerIdentity does. */
const bareServer = `require('node:http').createServer((request, response) => request.resume().on('end', () => {
	response.writeHead(200, { 'content-type': 'text/xml', 'content-length': 400 });
	response.end('x'.repeat(400));
})).listen(0, '127.0.0.1', function () { console.log(this.address().port); })`;

/** Requests a second. The first three seconds, in which code is still being compiled, do not count. */
async function rate(port: number, request: Buffer): Promise<number> {
	await hammerAll(port, request, 3_000);
	return (await hammerAll(port, request, duration)) / (duration / 1_000);
}

async function hammerAll(port: number, request: Buffer, ms: number): Promise<number> {
	const until = Date.now() + ms;
	const counts = await Promise.all(Array.from({ length: connections }, () => hammer(port, request, until)));
	return counts.reduce((sum, count) => sum + count, 0);
}

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
