import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import type { PracticeTarget } from '../lib/target.ts';
import { openReads, type Reads } from './reads.ts';

/** An SQS that answers by `answer`, and what it was asked for. */
async function sqs(answer: (operation: string, number: number) => { status?: number; body: object }) {
	const asked: { operation: string; region: string }[] = [];
	const server = createServer((request: IncomingMessage, response: ServerResponse) => {
		request.resume().on('end', () => {
			const operation = String(request.headers['x-amz-target']).split('.')[1]!;
			asked.push({ operation, region: /\/(\w+-\w+-\d)\//.exec(request.headers.authorization ?? '')?.[1] ?? '' });
			const { status = 200, body } = answer(operation, asked.length);
			response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const target: PracticeTarget = {
		kind: 'practice',
		account: '111122223333',
		region: 'us-east-1',
		endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
	};
	const session = openReads(target);
	return {
		asked,
		target,
		session,
		async [Symbol.asyncDispose]() {
			session.close();
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

const queue = { QueueUrl: 'http://127.0.0.1/1/orders', AttributeNames: ['All' as const] };

test('the same question is sent once a run, another question again', async () => {
	await using there = await sqs(() => ({ body: { Attributes: { DelaySeconds: '0' } } }));
	const { aws, calls } = there.session;
	const answers = await Promise.all([aws.sqs.getQueueAttributes(queue), aws.sqs.getQueueAttributes({ ...queue })]);
	await aws.sqs.getQueueAttributes({ ...queue, AttributeNames: ['QueueArn'] });
	expect(answers.map(({ Attributes }) => Attributes)).toEqual([{ DelaySeconds: '0' }, { DelaySeconds: '0' }]);
	expect(calls).toEqual([
		{ service: 'sqs', operation: 'GetQueueAttributes' },
		{ service: 'sqs', operation: 'GetQueueAttributes' },
	]);
	expect(there.asked).toHaveLength(2);
});

test('pages are followed, and counted', async () => {
	await using there = await sqs((_, number) => ({
		body: number === 1 ? { QueueUrls: ['a'], NextToken: 'more' } : { QueueUrls: ['b'] },
	}));
	const urls: string[] = [];
	for await (const page of there.session.aws.sqs.paginateListQueues({ MaxResults: 1 }))
		urls.push(...(page.QueueUrls ?? []));
	expect(urls).toEqual(['a', 'b']);
	expect(there.session.calls).toHaveLength(2);
});

test('a throttled question is asked again, and counts once', async () => {
	await using there = await sqs((_, number) =>
		number === 1
			? { status: 400, body: { __type: 'com.amazonaws.sqs#RequestThrottled', message: 'slow down' } }
			: { body: {} },
	);
	await there.session.aws.sqs.getQueueAttributes(queue);
	expect([there.asked.length, there.session.calls.length]).toEqual([2, 1]);
});

test('another region is asked with that region, and counted together', async () => {
	await using there = await sqs(() => ({ body: {} }));
	await there.session.elsewhere('eu-west-1').aws.sqs.getQueueAttributes(queue);
	await there.session.elsewhere('us-east-1').aws.sqs.getQueueAttributes(queue);
	expect(there.asked.map(({ region }) => region)).toEqual(['eu-west-1', 'us-east-1']);
	expect(there.session.calls).toHaveLength(2);
});

test('what is not a read is our bug, and never sent', async () => {
	await using there = await sqs(() => ({ body: {} }));
	const { sqs: writing } = there.session.aws as unknown as {
		sqs: { receiveMessage(input: object): Promise<unknown>; purgeQueue(input: object): Promise<unknown> };
	};
	await expect(writing.receiveMessage({ QueueUrl: 'x' })).rejects.toThrow(
		new TypeError('A check must not call sqs:ReceiveMessage: it is not a read.'),
	);
	await expect(writing.purgeQueue({ QueueUrl: 'x' })).rejects.toThrow('it is not a read');
	expect(there.asked).toEqual([]);
});

test('the types know that, too', () => {
	const named: keyof Reads['sqs'] = 'getQueueAttributes';
	// @ts-expect-error: receiving a message hides it and counts it.
	const not: keyof Reads['sqs'] = 'receiveMessage';
	expect([named, not]).toHaveLength(2);
});

test('an endpoint in the environment keeps a real account from being looked at', () => {
	process.env['AWS_ENDPOINT_URL_SQS'] = 'http://127.0.0.1:1';
	try {
		expect(() => openReads({ kind: 'aws', region: 'us-east-1' })).toThrow(
			'AWS_ENDPOINT_URL_SQS is set to http://127.0.0.1:1, and the target is a real AWS account.',
		);
	} finally {
		delete process.env['AWS_ENDPOINT_URL_SQS'];
	}
});
