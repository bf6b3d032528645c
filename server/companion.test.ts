import { connect } from 'node:net';
import { QueueDoesNotExist, SQS } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { UserError } from '../lib/user-error.ts';
import { address } from './companion.ts';
import { report, services, started } from './testing.ts';

const errorOf = (answer: { json(): { error: unknown } }) => answer.json().error;

test('the address to open carries the token in its fragment', async () => {
	const { companion, port } = await started();
	expect(companion.token).toMatch(/^[\w-]{43}$/);
	expect(address(companion, port)).toBe(`http://127.0.0.1:${port}/#token=${companion.token}`);
});

test('each run has a token of its own', async () => {
	const [one, other] = [await started(), await started()];
	expect(one.companion.token).not.toBe(other.companion.token);
});

test('a foreign host is refused, whatever it asks for', async () => {
	const { ask, port } = await started();
	for (const path of ['/', '/api/state']) {
		const answer = await ask(path, { headers: { host: `evil.example:${port}` } });
		expect(answer.status).toBe(421);
		expect(errorOf(answer)).toEqual({
			message: `This companion does not answer for the host "evil.example:${port}".`,
			hint: `Open http://127.0.0.1:${port}/, or start it with \`npm start -- --allow-host <host>\` for a forwarded port.`,
		});
	}
});

test('127.0.0.1 with another port is a foreign host too', async () => {
	const { ask } = await started();
	expect((await ask('/api/state', { headers: { host: '127.0.0.1:1' } })).status).toBe(421);
});

test('localhost is the same companion', async () => {
	const { ask, port } = await started();
	expect((await ask('/api/state', { headers: { host: `localhost:${port}` } })).status).toBe(200);
});

test('a foreign origin is refused although it has the token', async () => {
	const { ask, host } = await started();
	for (const origin of ['http://evil.example', 'http://127.0.0.1:1', `https://${host}`, 'null']) {
		const answer = await ask('/api/state', { headers: { origin } });
		expect(answer.status).toBe(403);
		expect(errorOf(answer)).toEqual({
			message: `A page of ${origin} may not call the companion.`,
			hint: `Open the workshop at http://${host}/.`,
		});
	}
	expect((await ask('/api/state', { headers: { origin: `http://${host}` } })).status).toBe(200);
});

test('a request that a browser marks as another site is refused', async () => {
	const { ask } = await started();
	expect((await ask('/api/state', { headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(403);
});

test('one forwarded host is let in when it was allowed, the token still required', async () => {
	const { ask } = await started({ allowHost: 'learner-4400.forwarded.example' });
	const headers = { host: 'learner-4400.forwarded.example', origin: 'https://learner-4400.forwarded.example' };
	expect((await ask('/api/state', { headers })).status).toBe(200);
	expect((await ask('/api/state', { headers, token: null })).status).toBe(401);
	expect((await ask('/api/state', { headers: { ...headers, origin: 'https://evil.example' } })).status).toBe(403);
	expect((await ask('/api/state', { headers: { host: 'other.forwarded.example' } })).status).toBe(421);
});

test('no token and a wrong token are refused, each in its own words', async () => {
	const { ask, companion } = await started();
	const none = await ask('/api/state', { token: null });
	expect([none.status, none.headers['www-authenticate']]).toEqual([401, 'Bearer']);
	expect(errorOf(none)).toEqual({
		message: 'This call needs the token of the run.',
		hint: 'Open the address that `npm start` printed; each start has a new one.',
	});
	for (const token of ['wrong', companion.token.slice(0, -1), `${companion.token}x`]) {
		const wrong = await ask('/api/state', { token });
		expect(wrong.status).toBe(401);
		expect(errorOf(wrong)).toMatchObject({ message: "The token is not this run's." });
	}
});

test('a body above 64 kB is refused before and while it is read', async () => {
	const { post, port, companion, host } = await started();
	const said = { message: 'The body is larger than 64 kB.', hint: 'No call of the companion needs that much.' };
	const answer = await post('/api/labs/get-ready/validate', { step: 'x'.repeat(70_000) });
	expect([answer.status, errorOf(answer)]).toEqual([413, said]);

	// In chunks, so that no Content-Length announces it.
	const raw = await new Promise<string>((resolve, reject) => {
		let text = '';
		const socket = connect(port, '127.0.0.1', () => {
			socket.write(
				`POST /api/labs/get-ready/validate HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${companion.token}\r\n` +
					'Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n',
			);
			for (let i = 0; i < 9; i++) socket.write(`2000\r\n${'x'.repeat(0x2000)}\r\n`);
		});
		socket
			.on('data', (data) => (text += data))
			.on('close', () => resolve(text))
			.on('error', reject);
	});
	expect(raw).toMatch(/^HTTP\/1\.1 413 /);
	expect(raw).toContain(said.message);
});

test('a body that is not a JSON object is refused', async () => {
	const { ask } = await started();
	const send = (body: string, headers = {}) => ask('/api/labs/get-ready/validate', { method: 'POST', body, headers });
	const malformed = await send('{"step":');
	expect(malformed.status).toBe(400);
	expect(errorOf(malformed)).toMatchObject({ hint: 'Send one JSON object.' });
	expect(malformed.text).toContain('The body is not JSON: ');
	expect(errorOf(await send('[]'))).toEqual({
		message: 'The body is JSON, but not an object.',
		hint: 'Send one JSON object.',
	});
	expect(errorOf(await send('{"step":7}'))).toEqual({
		message: '"step" is 7, which is not text.',
		hint: 'Send {"step": "…"}.',
	});
	expect((await send('{}', { 'content-type': 'text/plain' })).status).toBe(415);
});

test('a wrong method and an unknown call are refused', async () => {
	const { ask } = await started();
	const method = await ask('/api/labs/get-ready/validate');
	expect([method.status, method.headers.allow]).toEqual([405, 'POST']);
	expect(errorOf(method)).toEqual({
		message: '/api/labs/get-ready/validate does not answer to GET.',
		hint: 'Use POST.',
	});
	const unknown = await ask('/api/nothing');
	expect(unknown.status).toBe(404);
	expect(errorOf(unknown)).toEqual({
		message: 'The companion has no call /api/nothing.',
		hint: 'The page may be of another version: reload it.',
	});
});

test('an unknown lab and an unknown step are answered with the nearest one', async () => {
	const { ask, post } = await started();
	const lab = await ask('/api/labs/get-redy');
	expect([lab.status, errorOf(lab)]).toEqual([
		404,
		{ message: 'There is no lab "get-redy".', hint: 'Did you mean "get-ready"?' },
	]);
	const step = await post('/api/labs/get-ready/validate', { step: 'repiar' });
	expect(errorOf(step)).toEqual({ message: 'The lab get-ready has no step "repiar".', hint: 'Did you mean "repair"?' });
});

test('what a person can put right is told as it is; a bug of ours is reported and says so', async () => {
	const reported: unknown[] = [];
	const bug = new TypeError('x is not a function');
	const { ask, post } = await started({
		report: (error) => reported.push(error),
		services: services({
			validate: () => Promise.reject(new UserError('There is no stack.', 'Deploy it.')),
			inventory: () => Promise.reject(bug),
		}),
	});
	const mine = await post('/api/labs/get-ready/validate');
	expect([mine.status, errorOf(mine)]).toEqual([409, { message: 'There is no stack.', hint: 'Deploy it.' }]);
	const ours = await ask('/api/labs/get-ready/inventory');
	expect([ours.status, errorOf(ours)]).toMatchObject([500, { message: 'Slipway itself failed: x is not a function' }]);
	expect(reported).toEqual([bug]);
});

test('what AWS said, and that it said nothing, is not taken for a bug of ours', async () => {
	const reported: unknown[] = [];
	// Nothing listens on port 9 of this machine.
	const settings = { region: 'us-east-1', maxAttempts: 1, credentials: { accessKeyId: 'a', secretAccessKey: 'b' } };
	const sqs = new SQS({ ...settings, endpoint: 'http://127.0.0.1:9' });
	const said = new QueueDoesNotExist({ message: 'The specified queue does not exist.', $metadata: {} });
	const { ask, post } = await started({
		report: (error) => reported.push(error),
		services: services({
			inventory: async () => (await sqs.listQueues({})) as never,
			validate: () => Promise.reject(said),
		}),
	});
	const silent = await ask('/api/labs/get-ready/inventory');
	expect([silent.status, errorOf(silent)]).toEqual([
		503,
		{
			message: 'The account does not answer: connect ECONNREFUSED 127.0.0.1:9.',
			hint: '`npm run practice -- status` tells whether the practice account is up; `npm run doctor` looks at a real one.',
		},
	]);
	const answered = await post('/api/labs/get-ready/validate');
	expect([answered.status, errorOf(answered)]).toEqual([
		502,
		{
			message: 'The account answered QueueDoesNotExist: The specified queue does not exist.',
			hint: '`npm run doctor` tells whether the account is ready.',
		},
	]);
	expect(reported).toEqual([]);
});

test('the state names version, target, practice and how far each lab is', async () => {
	const { ask } = await started();
	const answer = await ask('/api/state');
	expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
	expect(answer.json()).toEqual({
		version: '0.1.0',
		target: { kind: 'practice', region: 'us-east-1' },
		practice: 'up',
		labs: [{ slug: 'get-ready', started: true, steps: { deploy: 'passed', repair: 'current', 'clean-up': 'open' } }],
	});
});

test('looking at a lab that is not prepared makes no account', async () => {
	const asked: string[] = [];
	const { ask, home } = await started({
		folders: { lab: () => '/nowhere', workspace: () => '/nowhere' },
		services: services({ target: (slug) => Promise.reject(asked.push(slug)) }),
	});
	expect(home).toBeTruthy();
	const answer = (await ask('/api/labs/get-ready')).json();
	expect(answer).toMatchObject({
		slug: 'get-ready',
		prepared: false,
		region: 'us-east-1',
		offset: 0,
		report: null,
		missing: [],
	});
	expect(answer).not.toHaveProperty('account');
	expect(asked).toEqual([]);
	expect(errorOf(await ask('/api/labs/get-ready/inventory'))).toEqual({
		message: 'The lab get-ready is not prepared yet.',
		hint: 'Press "Prepare" on its page, or run `npm run lab -- get-ready`.',
	});
});

test('a prepared lab shows its account, clock and last report', async () => {
	const { ask } = await started({ services: services({ lastReport: async (slug) => report(slug) }) });
	expect((await ask('/api/labs/get-ready')).json()).toEqual({
		slug: 'get-ready',
		prepared: true,
		account: '111122223333',
		region: 'us-east-1',
		now: '2026-11-22T10:00:00.000Z',
		offset: 0,
		report: report('get-ready'),
		missing: [],
	});
});

test('the clock moves by a time that a person writes, and on practice only', async () => {
	const { post } = await started();
	expect((await post('/api/labs/get-ready/clock', { advance: '1h30m' })).json()).toMatchObject({ offset: 5_400_000 });
	for (const advance of ['10', 'm', '-5m', '0s', '10 m', '900d']) {
		const answer = await post('/api/labs/get-ready/clock', { advance });
		expect([answer.status, errorOf(answer)]).toMatchObject([
			400,
			{ message: `"${advance}" is not a time to move ahead.` },
		]);
	}
	const real = await started({ services: services({ chosen: () => ({ kind: 'aws', region: 'eu-west-1' }) }) });
	expect(errorOf(await real.post('/api/labs/get-ready/clock', { advance: '10m' }))).toEqual({
		message: "A real account's clock cannot be moved.",
		hint: 'Wait, or do the lab on practice.',
	});
});

/** How a WebSocket was refused: its HTTP status and error. */
function refused(
	url: string,
	protocols: string[],
	origin?: string,
): Promise<[number, { message: string; hint: string }]> {
	return new Promise((resolve, reject) => {
		const socket = new WebSocket(url, protocols, origin === undefined ? {} : { origin });
		socket.on('open', () => reject(new Error('It was let in.')));
		socket.on('error', () => undefined);
		socket.on('unexpected-response', (_, answer) => {
			let text = '';
			answer
				.on('data', (data) => (text += data))
				.on('end', () => resolve([answer.statusCode!, JSON.parse(text).error]));
		});
	});
}

test('a terminal is refused without the token, to another origin, to no origin, and elsewhere', async () => {
	const { host, companion } = await started();
	const right = [`slipway.${companion.token}`];
	const terminal = `ws://${host}/api/terminal?lab=get-ready`;
	const origin = `http://${host}`;
	expect(await refused(terminal, [], origin)).toMatchObject([
		401,
		{ message: 'This call needs the token of the run.' },
	]);
	expect(await refused(terminal, ['slipway.wrong'], origin)).toMatchObject([
		401,
		{ message: "The token is not this run's." },
	]);
	expect(await refused(terminal, right, 'http://127.0.0.1:1')).toMatchObject([
		403,
		{ hint: `Open the workshop at ${origin}/.` },
	]);
	expect(await refused(terminal, right)).toEqual([
		403,
		{ message: 'A terminal is opened by a page, and this request names none.', hint: 'Send the Origin header.' },
	]);
	expect(await refused(`ws://${host}/elsewhere`, right, origin)).toMatchObject([
		404,
		{ hint: 'The terminal is at /api/terminal?lab=<slug>.' },
	]);
});
