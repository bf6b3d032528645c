import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Edited, Event, FromTerminal, LabState, State, ToTerminal } from '../../lib/companion-api.ts';
import type { Report, Status } from '../../validators/check.ts';
import { answerStatic } from './static-site.ts';

/** A companion of this test: it answers lib/companion-api.ts from what the test sets, and counts what it was asked. */
export interface FakeCompanion {
	origin: string;
	token: string;
	prepared: boolean;
	target: State['target'];
	offset: number;
	/** The status that the next `validate` gives to each check of the deploy step. */
	deploy: Status;
	edited: Edited['outcome'];
	commands: string[];
	/** What the terminal sent as if typed. */
	typed: string;
	validated: (string | undefined)[];
	emit(event: Event): void;
	stop(): Promise<void>;
	start(): Promise<void>;
}

const token = 'a-token-of-this-run';
const account = '111122223333';
const start = Date.parse('2026-11-22T10:00:00Z');

export async function fakeCompanion(): Promise<FakeCompanion> {
	const streams = new Set<ServerResponse>();
	let server: Server;
	let sockets: WebSocketServer;
	let port = 0;

	const report = (): Report => ({
		lab: 'get-ready',
		target: { ...fake.target, account },
		startedAt: new Date(start).toISOString(),
		durationMs: 12,
		apiCalls: 2,
		checks: [
			{
				id: 'stack-complete',
				step: 'deploy',
				title: 'The stack GetReady stands, and everything that it made is there',
				status: fake.deploy,
				...(fake.deploy === 'failed' && {
					expected: 'a stack GetReady in us-east-1',
					found: `no stack of that name in ${account}`,
					cause: 'not-deployed',
					next: 'Deploy it: `npm run deploy -- get-ready`',
				}),
				evidence: fake.deploy === 'passed' ? [{ what: 'Stack status', value: 'CREATE_COMPLETE' }] : [],
				docs: 'https://docs.aws.amazon.com/',
			},
		],
	});

	const lab = (): LabState => ({
		slug: 'get-ready',
		prepared: fake.prepared,
		account: fake.prepared ? account : undefined,
		region: 'us-east-1',
		now: new Date(start + fake.offset).toISOString(),
		offset: fake.offset,
		report: undefined,
		missing: [{ name: 'aws', optional: true, install: 'pip install awscli' }],
	});

	const answers: Record<string, (body: Record<string, string>) => unknown> = {
		'GET /api/state': (): State => ({
			version: '0.1.0',
			target: fake.target,
			practice: 'up',
			labs: [
				{
					slug: 'get-ready',
					started: true,
					steps: { deploy: 'passed', order: 'current', repair: 'open', 'clean-up': 'open' },
				},
			],
		}),
		'GET /api/labs/get-ready': lab,
		'POST /api/labs/get-ready/prepare': () => {
			fake.prepared = true;
			return lab();
		},
		'POST /api/labs/get-ready/validate': ({ step }) => {
			fake.validated.push(step);
			return report();
		},
		'POST /api/labs/get-ready/edit': ({ file }): Edited => ({
			file: file!,
			outcome: fake.edited,
			...(fake.edited === 'differs' && { diff: '--- yours\n+++ wanted\n-1\n+14' }),
		}),
		'GET /api/labs/get-ready/inventory': () => ({
			readAt: new Date(start).toISOString(),
			items: [
				{
					type: 'AWS::SQS::Queue',
					id: 'Orders',
					detail: '2 messages',
					command: 'aws sqs get-queue-attributes --queue-url Orders',
					json: { Attributes: { MessageRetentionPeriod: '345600' } },
				},
			],
		}),
		'GET /api/labs/get-ready/inbox': () => ({
			mails: [
				{ at: new Date(start).toISOString(), to: 'you@example.com', subject: 'ALARM: orders', body: 'It is red.' },
			],
		}),
		'POST /api/labs/get-ready/clock': ({ advance }) => {
			fake.offset += { '1m': 60_000, '10m': 600_000, '1h': 3_600_000, '1d': 86_400_000 }[advance!]!;
			return { now: lab().now, offset: fake.offset };
		},
	};

	const make = () =>
		createServer(async (request, response) => {
			const { pathname } = new URL(request.url!, 'http://fake');
			if (!pathname.startsWith('/api/')) return answerStatic(request, response);
			if (request.headers.authorization !== `Bearer ${token}`) {
				return response
					.writeHead(401)
					.end(JSON.stringify({ error: { message: 'Not your page.', hint: 'Open the printed address.' } }));
			}
			if (pathname === '/api/events') {
				streams.add(response);
				response.writeHead(200, { 'content-type': 'text/event-stream' });
				return response.write(': hello\n\n');
			}
			const chunks: Buffer[] = [];
			for await (const chunk of request) chunks.push(chunk as Buffer);
			const body = Buffer.concat(chunks).toString();
			const answer = answers[`${request.method} ${pathname}`]?.(body ? JSON.parse(body) : {});
			response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(answer ?? {}));
		});

	const terminals = (http: Server) => {
		sockets = new WebSocketServer({
			server: http,
			path: '/api/terminal',
			handleProtocols: (offered) => (offered.has(`slipway.${token}`) ? `slipway.${token}` : false),
		});
		sockets.on('connection', (socket: WebSocket) => {
			const say = (message: FromTerminal) => socket.send(JSON.stringify(message));
			// The end asks for the state of a mode, as vim does when it starts.
			say({ kind: 'screen', data: 'get-ready $ \x1b[?2026$p' });
			socket.on('message', (data) => {
				const message = JSON.parse(String(data)) as ToTerminal;
				if (message.kind === 'input') fake.typed += message.data;
				if (message.kind !== 'run') return;
				fake.commands.push(message.command);
				say({ kind: 'output', data: `${message.command}\r\nreally ran\r\n` });
				say({ kind: 'done', id: message.id, exit: 0 });
			});
		});
	};

	const fake: FakeCompanion = {
		origin: '',
		token,
		prepared: true,
		target: { kind: 'practice', region: 'us-east-1' },
		offset: 0,
		deploy: 'failed',
		edited: 'applied',
		commands: [],
		typed: '',
		validated: [],
		emit: (event) => streams.forEach((stream) => void stream.write(`data: ${JSON.stringify(event)}\n\n`)),
		async start() {
			server = make();
			terminals(server);
			await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
			port = (server.address() as AddressInfo).port;
			fake.origin = `http://127.0.0.1:${port}`;
		},
		async stop() {
			streams.clear();
			for (const socket of sockets.clients) socket.terminate();
			server.closeAllConnections();
			await new Promise<void>((done) => server.close(() => done()));
		},
	};
	await fake.start();
	return fake;
}
