import { request as httpRequest } from 'node:http';
import { SQS } from '@aws-sdk/client-sqs';
import { SSM } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestPractice, testPractice } from '../testing.ts';

let practice: TestPractice;
beforeAll(async () => {
	practice = await testPractice();
});
afterAll(() => practice.close());

interface Reply {
	status: number;
	headers: Record<string, string | string[] | undefined>;
	body: string;
}

/** A request as anybody could make it, `fetch` being too polite to lie about its host. */
function send(
	path: string,
	options: { method?: string; headers?: Record<string, string>; body?: string | Buffer } = {},
): Promise<Reply> {
	return new Promise((resolve, reject) => {
		const request = httpRequest(
			`${practice.endpoint}${path}`,
			{ method: options.method ?? 'GET', headers: options.headers ?? {} },
			(response) => {
				let body = '';
				response.on('data', (chunk) => (body += chunk));
				response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, body }));
			},
		);
		request.on('error', reject);
		request.end(options.body);
	});
}

const signedBy = (key: string, service: string) => ({
	authorization: `AWS4-HMAC-SHA256 Credential=${key}/20261122/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=00`,
	'x-amz-date': new Date().toISOString().replace(/[-:]|\.\d{3}/g, ''),
});

describe('who may reach it', () => {
	test('a foreign host is turned away', async () => {
		expect(await send('/', { headers: { host: 'evil.example' } })).toMatchObject({
			status: 421,
			body: 'The practice account answers to 127.0.0.1 and localhost, not to "evil.example".\n',
		});
	});

	test('a name that only begins like home is foreign', async () => {
		expect((await send('/', { headers: { host: '127.0.0.1.evil.example' } })).status).toBe(421);
		expect((await send('/', { headers: { host: 'localhost.evil.example:80' } })).status).toBe(421);
	});

	test('a page of another origin is turned away, even with the right host', async () => {
		expect(await send('/', { headers: { origin: 'https://evil.example' } })).toMatchObject({
			status: 403,
			body: 'The practice account does not answer pages of https://evil.example.\n',
		});
		expect((await send('/', { headers: { origin: 'null' } })).status).toBe(403);
	});

	test('the control API wants the token of the process', async () => {
		expect((await send('/_practice/status')).status).toBe(401);
		expect((await send('/_practice/status', { headers: { 'x-practice-token': 'guess' } })).status).toBe(401);
		expect((await send('/_practice/status', { headers: { 'x-practice-token': practice.token } })).status).toBe(200);
	});
});

describe('who asks', () => {
	test('an unsigned request is refused', async () => {
		const reply = await send('/?Action=GetCallerIdentity&Version=2011-06-15');
		expect(reply.status).toBe(403);
		expect(reply.body).toContain('Request is missing Authentication Token');
	});

	test('a key that nobody issued is refused in the words of the service that was asked', async () => {
		const reply = await send('/', {
			method: 'POST',
			headers: {
				...signedBy('AKIAIOSFODNN7EXAMPLE', 'ssm'),
				'x-amz-target': 'AmazonSSM.GetParameter',
				'content-type': 'application/x-amz-json-1.1',
			},
			body: '{"Name":"x"}',
		});
		expect(reply.status).toBe(400);
		expect(JSON.parse(reply.body)).toEqual({
			__type: 'UnrecognizedClientException',
			message: 'The security token included in the request is invalid.',
		});
	});

	test('a request signed more than a quarter of an hour ago is refused', async () => {
		const slow = new SSM({ ...practice.client, systemClockOffset: -16 * 60_000, maxAttempts: 1 });
		await expect(slow.getParameter({ Name: 'x' })).rejects.toMatchObject({ name: 'InvalidSignatureException' });
	});

	test('temporary keys end when they end, and need their session token', async () => {
		const principal = { kind: 'user', name: 'u', arn: 'arn:aws:iam::1:user/u', id: 'AIDA' } as const;
		const past = practice.account.keys.issue(principal, Date.now() - 1000);
		const expired = new SSM({ ...practice.client, credentials: past });
		await expect(expired.getParameter({ Name: 'x' })).rejects.toMatchObject({ name: 'ExpiredTokenException' });

		const { sessionToken: _, ...key } = practice.account.keys.issue(principal, Date.now() + 60_000);
		const without = new SSM({ ...practice.client, credentials: key });
		await expect(without.getParameter({ Name: 'x' })).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
	});
});

describe('what cannot be understood', () => {
	test('a body that is not JSON is a SerializationException', async () => {
		const ssm = new SSM(practice.client);
		ssm.middlewareStack.add(
			(next) => (args) => {
				(args.request as { body: string }).body = '{"Name":';
				(args.request as { headers: Record<string, string> }).headers['content-length'] = '8';
				return next(args);
			},
			{ step: 'build' },
		);
		await expect(ssm.getParameter({ Name: 'x' })).rejects.toMatchObject({ name: 'SerializationException' });
	});

	test('an input without a member that it needs is refused', async () => {
		const ssm = new SSM(practice.client);
		await expect(ssm.getParameter({} as never)).rejects.toMatchObject({
			name: 'ValidationException',
			message:
				"1 validation error detected: Value null at 'name' failed to satisfy constraint: Member must not be null",
		});
	});

	test('a service that is not there is refused by name', async () => {
		const reply = await send('/', {
			method: 'POST',
			headers: { ...signedBy(practice.credentials.accessKeyId, 'braket'), 'x-amz-target': 'Braket.Search' },
			body: '{}',
		});
		expect(reply.status).toBe(501);
		expect(JSON.parse(reply.body).message).toBe(
			'The practice account does not have the service braket. No lab needs it; a real account does.',
		);
	});

	test('a body beyond every limit is refused, and the process lives', async () => {
		const reply = await send('/', {
			method: 'POST',
			headers: {
				...signedBy(practice.credentials.accessKeyId, 'sqs'),
				'x-amz-target': 'AmazonSQS.SendMessage',
				'content-type': 'application/x-amz-json-1.0',
			},
			body: Buffer.alloc(65 * 1024 * 1024),
		}).catch((error: Error) => error);
		if (!(reply instanceof Error)) expect(reply.status).toBe(400);
		await expect(new SQS(practice.client).listQueues({})).resolves.toBeDefined();
	});
});

describe('time', () => {
	test('an account that has been aged still speaks the time of its clients', async () => {
		const ssm = new SSM(practice.client);
		await ssm.putParameter({ Name: 'before', Type: 'String', Value: '1' });
		await practice.account.work.advance(86_400_000);
		await ssm.putParameter({ Name: 'after', Type: 'String', Value: '1' });
		const before = (await ssm.getParameter({ Name: 'before' })).Parameter!.LastModifiedDate!.getTime();
		const after = (await ssm.getParameter({ Name: 'after' })).Parameter!.LastModifiedDate!.getTime();
		expect(Math.round((after - before) / 3_600_000)).toBe(24);
		expect(Math.abs(after - Date.now())).toBeLessThan(5000);
	});
});
