import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { S3 } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type TestPractice, testPractice } from '../../../testing.ts';
import { checksumOf } from '../checksums/checksum.ts';
import { combineAll } from '../checksums/combine.ts';
import { converse } from './raw.ts';
import { signed } from './sign.ts';

let practice: TestPractice;
let s3: S3;
const Bucket = 'sound';
beforeAll(async () => {
	practice = await testPractice();
	s3 = new S3(practice.client);
	await s3.createBucket({ Bucket });
});
afterAll(() => practice.close());

/** Files on disk and rows that keep them: they are the same, whatever went wrong. */
const blobs = () => ({
	files: readdirSync(join(practice.account.folder, 'blobs')).sort(),
	kept: practice.account.db
		.all<{ id: string }>('SELECT id FROM blobs')
		.map(({ id }) => id)
		.sort(),
});
const nothingLeaks = () => {
	const { files, kept } = blobs();
	expect(files).toEqual(kept);
};

const put = (target: string, headers: Record<string, string>, body: string, hash?: string) =>
	fetch(practice.endpoint + target, {
		...{ method: 'PUT', body },
		headers: { ...signed(practice, { method: 'PUT', target, ...(hash && { hash }) }), ...headers },
	});

test('checksums are those of the catalogue', () => {
	const hex = (...args: Parameters<typeof checksumOf>) => Buffer.from(checksumOf(...args), 'base64').toString('hex');
	const check = Buffer.from('123456789');
	expect(hex('CRC32', check)).toBe('cbf43926');
	expect(hex('CRC32C', check)).toBe('e3069283');
	expect(hex('CRC64NVME', check)).toBe('ae8b14860a799888');
});

test.each(['CRC32', 'CRC32C', 'CRC64NVME'] as const)(
	'the %s of the whole follows from those of its parts',
	(algorithm) => {
		const parts = ['slip', '', 'w', 'ay'.repeat(1000)].map((each) => Buffer.from(each));
		const combined = combineAll(
			algorithm,
			parts.map((part) => ({ value: checksumOf(algorithm, part), size: part.length })),
		);
		expect(combined).toBe(checksumOf(algorithm, Buffer.concat(parts)));
	},
);

test.each(['CRC32', 'CRC32C', 'SHA1', 'SHA256'] as const)(
	'%s is verified, kept and answered, from a header and from behind the body',
	async (ChecksumAlgorithm) => {
		const member = `Checksum${ChecksumAlgorithm}` as const;
		const value = checksumOf(ChecksumAlgorithm, Buffer.from('hello'));
		for (const Body of ['hello', Readable.from([Buffer.from('hel'), Buffer.from('lo')])]) {
			const Key = `by-${ChecksumAlgorithm}`;
			expect((await s3.putObject({ Bucket, Key, Body, ContentLength: 5, ChecksumAlgorithm }))[member]).toBe(value);
			const head = await s3.headObject({ Bucket, Key, ChecksumMode: 'ENABLED' });
			expect([head[member], head.ChecksumType]).toEqual([value, 'FULL_OBJECT']);
			expect((await s3.headObject({ Bucket, Key }))[member]).toBeUndefined();
		}
		const other = checksumOf(ChecksumAlgorithm, Buffer.from('other'));
		await expect(s3.putObject({ Bucket, Key: 'wrong', Body: 'hello', [member]: other })).rejects.toMatchObject({
			...{
				name: 'BadDigest',
				message: `The ${ChecksumAlgorithm} you specified did not match the calculated checksum.`,
			},
			$metadata: { httpStatusCode: 400 },
		});
		await expect(s3.putObject({ Bucket, Key: 'wrong', Body: 'hello', [member]: 'short' })).rejects.toMatchObject({
			name: 'InvalidRequest',
			message: `Value for x-amz-checksum-${ChecksumAlgorithm.toLowerCase()} header is invalid.`,
		});
		await expect(s3.headObject({ Bucket, Key: 'wrong' })).rejects.toMatchObject({ name: 'NotFound' });
		nothingLeaks();
	},
);

test('without a checksum of its own, an object gets CRC-64/NVME', async () => {
	const answer = await put(`/${Bucket}/plain`, {}, 'hello');
	expect(answer.status).toBe(200);
	expect(answer.headers.get('x-amz-checksum-crc64nvme')).toBe(checksumOf('CRC64NVME', Buffer.from('hello')));
});

test('a Content-MD5 is verified', async () => {
	const md5 = (text: string) => createHash('md5').update(text).digest('base64');
	expect((await put(`/${Bucket}/md5`, { 'content-md5': md5('hello') }, 'hello')).status).toBe(200);
	const wrong = await put(`/${Bucket}/md5-wrong`, { 'content-md5': md5('other') }, 'hello');
	expect(wrong.status).toBe(400);
	expect(await wrong.text()).toContain(
		`<Code>BadDigest</Code><Message>The Content-MD5 you specified did not match what we received.</Message><ExpectedDigest>${md5('other')}</ExpectedDigest><CalculatedDigest>${md5('hello')}</CalculatedDigest>`,
	);
	const invalid = await put(`/${Bucket}/md5-wrong`, { 'content-md5': 'nonsense' }, 'hello');
	expect(invalid.status).toBe(400);
	expect(await invalid.text()).toContain(
		'<Code>InvalidDigest</Code><Message>The Content-MD5 you specified was invalid.</Message>',
	);
	await expect(s3.headObject({ Bucket, Key: 'md5-wrong' })).rejects.toMatchObject({ name: 'NotFound' });
	nothingLeaks();
});

test('several checksums at once, and unknown ones, are refused', async () => {
	const two = await put(
		`/${Bucket}/two`,
		{ 'x-amz-checksum-crc32': 'NhCmhg==', 'x-amz-checksum-sha1': 'qvTGHdzF6KLavt4PO0gs2a6pQ00=' },
		'hello',
	);
	expect(await two.text()).toContain(
		'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.',
	);
	const unknown = await put(`/${Bucket}/two`, { 'x-amz-checksum-xxhash64': 'AAAA' }, 'hello');
	expect([unknown.status, await unknown.text()]).toEqual([501, expect.stringContaining('S3 checksum algorithm')]);
});

test('a body that is not the one that was signed is refused', async () => {
	const hash = createHash('sha256').update('hello').digest('hex');
	expect((await put(`/${Bucket}/signed`, {}, 'hello', hash)).status).toBe(200);
	const other = await put(`/${Bucket}/forged`, {}, 'jello', hash);
	expect(other.status).toBe(400);
	expect(await other.text()).toContain(
		'<Code>XAmzContentSHA256Mismatch</Code><Message>The provided &apos;x-amz-content-sha256&apos; header does not match what was computed.</Message>',
	);
	await expect(s3.headObject({ Bucket, Key: 'forged' })).rejects.toMatchObject({ name: 'NotFound' });
	nothingLeaks();
});

const chunked = (body: string, headers: Record<string, string> = {}) =>
	put(
		`/${Bucket}/chunked`,
		{
			...{ 'content-encoding': 'gzip,aws-chunked', 'x-amz-trailer': 'x-amz-checksum-crc32' },
			...{ 'x-amz-decoded-content-length': '5', ...headers },
		},
		body,
		'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
	);

test('a chunked body is put together, and its trailer verified', async () => {
	const good = await chunked('3\r\nhel\r\n2;chunk-signature=abc\r\nlo\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n');
	expect([good.status, good.headers.get('x-amz-checksum-crc32')]).toEqual([200, 'NhCmhg==']);
	expect(await s3.headObject({ Bucket, Key: 'chunked' })).toMatchObject({ ContentLength: 5, ContentEncoding: 'gzip' });
	await s3.deleteObject({ Bucket, Key: 'chunked' });
});

test.each([
	['its trailer is wrong', '5\r\nhello\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n', 'BadDigest'],
	['its trailer is missing', '5\r\nhello\r\n0\r\n\r\n', 'MalformedTrailerError'],
	['it is shorter than it says', '3\r\nhel\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n', 'IncompleteBody'],
	['it breaks off', '5\r\nhel', 'IncompleteBody'],
	['it has no chunks', 'hello', 'IncompleteBody'],
	['nothing follows its last chunk', '5\r\nhello\r\n', 'IncompleteBody'],
])('a chunked body is refused when %s', async (_, body, code) => {
	const answer = await chunked(body);
	expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining(`<Code>${code}</Code>`)]);
	await expect(s3.headObject({ Bucket, Key: 'chunked' })).rejects.toMatchObject({ name: 'NotFound' });
	nothingLeaks();
});

test('a body of unknown length is refused', async () => {
	const target = `/${Bucket}/unknown`;
	const body = Readable.toWeb(Readable.from([Buffer.from('hello')])) as ReadableStream;
	const answer = await fetch(practice.endpoint + target, {
		...{ method: 'PUT', body, duplex: 'half' },
		headers: signed(practice, { method: 'PUT', target }),
	} as RequestInit);
	expect([answer.status, await answer.text()]).toEqual([
		411,
		expect.stringContaining(
			'<Code>MissingContentLength</Code><Message>You must provide the Content-Length HTTP header.',
		),
	]);
});

test.each([
	['plain', {}, undefined],
	[
		'chunked',
		{ 'content-encoding': 'aws-chunked', 'x-amz-decoded-content-length': '1000000' },
		'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
	],
	['guarded by its hash', {}, createHash('sha256').update('x').digest('hex')],
])('a %s upload that breaks off leaves neither an object nor a file', async (_, headers, hash) => {
	const target = `/${Bucket}/broken`;
	const all = {
		...signed(practice, { method: 'PUT', target, ...(hash && { hash }) }),
		...{ ...headers, 'content-length': '1000100' },
	};
	const before = blobs();
	await converse(practice.endpoint, (socket) => {
		socket.write(
			`PUT ${target} HTTP/1.1\r\n${Object.entries(all)
				.map(([name, value]) => `${name}: ${value}\r\n`)
				.join('')}\r\n`,
		);
		socket.write(`f4240\r\n${'x'.repeat(300_000)}`, () =>
			vi.waitFor(() => expect(blobs().files.length).toBeGreaterThan(before.files.length)).then(() => socket.destroy()),
		);
	});
	await vi.waitFor(() => expect(blobs()).toEqual(before));
	await expect(s3.headObject({ Bucket, Key: 'broken' })).rejects.toMatchObject({ name: 'NotFound' });
});

test('whoever sends a large body to where it is refused hears why', async () => {
	for (const body of [Buffer.alloc(20_000_000), Readable.from([Buffer.alloc(10_000_000), Buffer.alloc(10_000_000)])]) {
		await expect(
			s3.putObject({ Bucket: 'not-there', Key: 'a', Body: body, ContentLength: 20_000_000 }),
		).rejects.toMatchObject({ name: 'NoSuchBucket' });
	}
});

test('a broken request is the client’s fault, not a bug', async () => {
	const target = `/${Bucket}/%E0%A4%A`;
	const headers = signed(practice, { method: 'GET', target: target.replaceAll('%', '%25') });
	const answer = await fetch(practice.endpoint + target, { headers });
	expect([answer.status, await answer.text()]).toEqual([
		...[
			400,
			expect.stringContaining('<Code>InvalidURI</Code><Message>Couldn&apos;t parse the specified URI.</Message>'),
		],
	]);
	const policy = `/${Bucket}?tagging`;
	const malformed = await put(policy, {}, '<Tagging><unclosed>');
	expect([malformed.status, await malformed.text()]).toEqual([
		400,
		expect.stringContaining('<Code>MalformedXML</Code>'),
	]);
});

test('what is overwritten or deleted lets go of its bytes', async () => {
	await s3.putObject({ Bucket, Key: 'again', Body: 'one' });
	const { kept } = blobs();
	await s3.putObject({ Bucket, Key: 'again', Body: 'two' });
	expect(blobs().kept).toHaveLength(kept.length);
	await s3.deleteObject({ Bucket, Key: 'again' });
	expect(blobs().kept).toHaveLength(kept.length - 1);
	nothingLeaks();
});
