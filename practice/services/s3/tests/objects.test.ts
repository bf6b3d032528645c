import { get } from 'node:http';
import { Readable } from 'node:stream';
import { S3 } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestPractice, testPractice } from '../../../testing.ts';
import { signed } from './sign.ts';

let practice: TestPractice;
let s3: S3;
const Bucket = 'things';
beforeAll(async () => {
	practice = await testPractice();
	s3 = new S3(practice.client);
	await s3.createBucket({ Bucket });
});
afterAll(() => practice.close());

const status = (httpStatusCode: number) => ({ $metadata: expect.objectContaining({ httpStatusCode }) });
const text = async (Key: string, rest: object = {}) =>
	(await s3.getObject({ Bucket, Key, ...rest })).Body!.transformToString();

test('an object keeps what it was given', async () => {
	const Expires = new Date('2031-05-06T07:08:09Z');
	const about = {
		...{ ContentType: 'text/plain', CacheControl: 'no-cache', ContentDisposition: 'attachment', Expires },
		...{ ContentEncoding: 'identity', ContentLanguage: 'en', Metadata: { author: 'me', 'two-words': 'a b' } },
	};
	await s3.putObject({ Bucket, Key: 'kept', Body: 'hello', ...about, Tagging: 'a=1&b=2', StorageClass: 'STANDARD_IA' });
	const shown = {
		...{ ...about, ContentLength: 5, ETag: '"5d41402abc4b2a76b9719d911017c592"', AcceptRanges: 'bytes' },
		...{ ServerSideEncryption: 'AES256', StorageClass: 'STANDARD_IA', LastModified: expect.any(Date) },
	};
	const got = await s3.getObject({ Bucket, Key: 'kept' });
	expect(got).toMatchObject({ ...shown, TagCount: 2 });
	expect(got.VersionId).toBeUndefined();
	expect(await got.Body!.transformToString()).toBe('hello');
	expect(await s3.headObject({ Bucket, Key: 'kept' })).toMatchObject(shown);
	await s3.putObject({ Bucket, Key: 'bare', Body: '' });
	expect(await s3.headObject({ Bucket, Key: 'bare' })).toMatchObject({
		...{ ContentLength: 0, ContentType: 'application/octet-stream' },
	});
	expect(await text('bare')).toBe('');
});

test.each([
	'a//b',
	'/leading',
	'trailing/',
	'plus+and space',
	'100%&=?#;:@!$\'()*,~"<>[]{}|\\^`',
	'Grüße/日本語/🚀',
	'../up/./here',
	'%41',
	'k'.repeat(1024),
	'é'.repeat(512),
])('the key %s is a key like any other', async (Key) => {
	await s3.putObject({ Bucket, Key, Body: Key });
	expect(await text(Key)).toBe(Key);
	const { Contents } = await s3.listObjectsV2({ Bucket, Prefix: Key });
	expect(Contents?.map((each) => each.Key)).toEqual([Key]);
	await s3.copyObject({
		Bucket,
		Key: `copies/${Key.slice(0, 400)}`,
		CopySource: encodeURIComponent(`${Bucket}/${Key}`),
	});
	await s3.deleteObjects({ Bucket, Delete: { Objects: [{ Key }] } });
	await expect(s3.headObject({ Bucket, Key })).rejects.toMatchObject({ name: 'NotFound' });
});

test('a key of more than 1024 bytes is too long', async () => {
	await expect(s3.putObject({ Bucket, Key: 'k'.repeat(1025), Body: '' })).rejects.toMatchObject({
		...{ name: 'KeyTooLongError', message: 'Your key is too long', Size: '1025', MaxSizeAllowed: '1024' },
		...status(400),
	});
});

test('what is not there is NoSuchKey, and without a body NotFound', async () => {
	await expect(s3.getObject({ Bucket, Key: 'none' })).rejects.toMatchObject({
		...{ name: 'NoSuchKey', message: 'The specified key does not exist.', Key: 'none' },
		...status(404),
	});
	await expect(s3.headObject({ Bucket, Key: 'none' })).rejects.toMatchObject({ name: 'NotFound', ...status(404) });
	expect(await s3.deleteObject({ Bucket, Key: 'none' })).toMatchObject(status(204));
});

test('ranges are answered in part', async () => {
	await s3.putObject({ Bucket, Key: 'digits', Body: '0123456789' });
	for (const [Range, body, ContentRange] of [
		['bytes=0-3', '0123', 'bytes 0-3/10'],
		['bytes=4-', '456789', 'bytes 4-9/10'],
		['bytes=-3', '789', 'bytes 7-9/10'],
		['bytes=-30', '0123456789', 'bytes 0-9/10'],
		['bytes=8-100', '89', 'bytes 8-9/10'],
	]) {
		const got = await s3.getObject({ Bucket, Key: 'digits', Range });
		expect(got).toMatchObject({ ContentRange, ContentLength: body!.length, ...status(206) });
		expect(await got.Body!.transformToString()).toBe(body);
	}
	for (const Range of ['bytes=0-1,3-4', 'lines=1-2', 'bytes=5-2']) {
		expect(await s3.getObject({ Bucket, Key: 'digits', Range })).toMatchObject({ ContentLength: 10, ...status(200) });
	}
	expect(await s3.headObject({ Bucket, Key: 'digits', Range: 'bytes=1-2' })).toMatchObject({
		...{ ContentLength: 2, ContentRange: 'bytes 1-2/10' },
		...status(206),
	});
	await expect(s3.getObject({ Bucket, Key: 'digits', Range: 'bytes=10-' })).rejects.toMatchObject({
		...{ name: 'InvalidRange', message: 'The requested range is not satisfiable' },
		...{ RangeRequested: 'bytes=10-', ActualObjectSize: '10' },
		...status(416),
	});
	expect(await text('digits', { PartNumber: 1 })).toBe('0123456789');
	await expect(s3.getObject({ Bucket, Key: 'digits', PartNumber: 2 })).rejects.toMatchObject({
		...{ name: 'InvalidPartNumber', message: 'The requested partnumber is not satisfiable' },
		...{ PartNumberRequested: '2', ActualPartCount: '1' },
		...status(416),
	});
	await expect(s3.getObject({ Bucket, Key: 'digits', PartNumber: 1, Range: 'bytes=0-1' })).rejects.toMatchObject({
		...{ name: 'InvalidRequest', message: 'Cannot specify both Range header and partNumber query parameter' },
	});
});

test('reads may be conditional', async () => {
	const { ETag } = await s3.putObject({ Bucket, Key: 'conditional', Body: 'x' });
	const { LastModified } = await s3.headObject({ Bucket, Key: 'conditional' });
	const at = (seconds: number) => new Date(LastModified!.getTime() + seconds * 1000);
	const get = (conditions: object) => s3.getObject({ Bucket, Key: 'conditional', ...conditions });
	const failed = (Condition: string) => ({
		...{ name: 'PreconditionFailed', Condition, ...status(412) },
		message: 'At least one of the pre-conditions you specified did not hold',
	});
	// An answer without a body has no name for the client.
	const same = status(304);

	await get({ IfMatch: ETag });
	await get({ IfMatch: `"other", ${ETag}` });
	await expect(get({ IfMatch: '"other"' })).rejects.toMatchObject(failed('If-Match'));
	await get({ IfNoneMatch: '"other"' });
	await expect(get({ IfNoneMatch: ETag })).rejects.toMatchObject(same);
	await expect(get({ IfModifiedSince: LastModified })).rejects.toMatchObject(same);
	await get({ IfModifiedSince: at(-1) });
	await get({ IfUnmodifiedSince: LastModified });
	await expect(get({ IfUnmodifiedSince: at(-1) })).rejects.toMatchObject(failed('If-Unmodified-Since'));
	await get({ IfMatch: ETag, IfUnmodifiedSince: at(-1) });
	await expect(s3.headObject({ Bucket, Key: 'conditional', IfNoneMatch: ETag! })).rejects.toMatchObject(status(304));
	await expect(s3.headObject({ Bucket, Key: 'conditional', IfMatch: '"other"' })).rejects.toMatchObject(status(412));

	const target = `/${Bucket}/conditional`;
	const headers = { ...signed(practice, { method: 'GET', target }), 'if-none-match': ETag! };
	const response = await fetch(practice.endpoint + target, { headers });
	expect(response.status).toBe(304);
	expect(response.headers.get('etag')).toBe(ETag);
	expect(await response.text()).toBe('');
});

test('writes may be conditional', async () => {
	const put = (conditions: object) => s3.putObject({ Bucket, Key: 'once', Body: 'x', ...conditions });
	const failed = (Condition: string) => ({ name: 'PreconditionFailed', Condition, ...status(412) });
	await expect(put({ IfMatch: '"any"' })).rejects.toMatchObject({ name: 'NoSuchKey' });
	const { ETag } = await put({ IfNoneMatch: '*' });
	await expect(put({ IfNoneMatch: '*' })).rejects.toMatchObject(failed('If-None-Match'));
	await expect(put({ IfMatch: '"other"' })).rejects.toMatchObject(failed('If-Match'));
	await put({ IfMatch: ETag });
	await expect(put({ IfNoneMatch: '"tag"' })).rejects.toMatchObject({
		...{ name: 'NotImplemented', message: 'A header you provided implies functionality that is not implemented' },
	});
	await expect(s3.deleteObject({ Bucket, Key: 'once', IfMatch: '"other"' })).rejects.toMatchObject(failed('If-Match'));
	await s3.deleteObject({ Bucket, Key: 'once', IfMatch: ETag! });
});

test('of two that write what must not be there, one wins', async () => {
	const attempts = await Promise.allSettled(
		Array.from({ length: 8 }, (_, index) =>
			s3.putObject({ Bucket, Key: 'race', Body: `${index}`.repeat(100_000), IfNoneMatch: '*' }),
		),
	);
	expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('a read may name other headers for its answer', async () => {
	await s3.putObject({ Bucket, Key: 'renamed', Body: 'x' });
	const ResponseExpires = new Date('2030-01-01T00:00:00Z');
	expect(
		await s3.getObject({
			...{ Bucket, Key: 'renamed', ResponseContentType: 'text/html', ResponseCacheControl: 'max-age=1' },
			...{ ResponseContentDisposition: 'attachment; filename="a.txt"', ResponseContentEncoding: 'x' },
			...{ ResponseContentLanguage: 'vi', ResponseExpires },
		}),
	).toMatchObject({
		...{ ContentType: 'text/html', CacheControl: 'max-age=1', ContentDisposition: 'attachment; filename="a.txt"' },
		...{ ContentEncoding: 'x', ContentLanguage: 'vi', Expires: ResponseExpires },
	});
});

test('keys of KMS are recorded, and others refused', async () => {
	const kms = { ServerSideEncryption: 'aws:kms' as const };
	expect(await s3.putObject({ Bucket, Key: 'sealed', Body: 'x', ...kms })).toMatchObject({
		...{ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: `arn:aws:kms:us-east-1:${practice.account.id}:alias/aws/s3` },
	});
	await s3.putObject({ Bucket, Key: 'sealed', Body: 'x', ...kms, SSEKMSKeyId: 'abc', BucketKeyEnabled: true });
	expect(await s3.headObject({ Bucket, Key: 'sealed' })).toMatchObject({
		...{ SSEKMSKeyId: `arn:aws:kms:us-east-1:${practice.account.id}:key/abc`, BucketKeyEnabled: true },
	});
	await expect(s3.putObject({ Bucket, Key: 'sealed', Body: 'x', SSEKMSKeyId: 'abc' })).rejects.toMatchObject({
		name: 'InvalidArgument',
		message:
			'Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms',
	});
	await expect(
		s3.putObject({ Bucket, Key: 'sealed', Body: 'x', ServerSideEncryption: 'rot13' as 'AES256' }),
	).rejects.toMatchObject({ name: 'InvalidArgument', message: 'The encryption method specified is not supported' });
	await expect(
		s3.putObject({ Bucket, Key: 'own', Body: 'x', SSECustomerAlgorithm: 'AES256', SSECustomerKey: 'k'.repeat(32) }),
	).rejects.toMatchObject({ name: 'NotImplemented' });
});

test('what does not fit an object is refused', async () => {
	const put = (rest: object) => s3.putObject({ Bucket, Key: 'unfit', Body: 'x', ...rest });
	await expect(put({ StorageClass: 'COLD' })).rejects.toMatchObject({
		...{ name: 'InvalidStorageClass', message: 'The storage class you specified is not valid' },
	});
	await expect(put({ Metadata: { big: 'x'.repeat(2048) } })).rejects.toMatchObject({
		...{ name: 'MetadataTooLarge', MaxSizeAllowed: '2048' },
		message: 'Your metadata headers exceed the maximum allowed metadata size',
	});
	await expect(put({ Tagging: 'a=1&a=2' })).rejects.toMatchObject({
		name: 'InvalidArgument',
		message:
			"The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
	});
	await expect(put({ ObjectLockMode: 'GOVERNANCE' })).rejects.toMatchObject({ name: 'NotImplemented' });
	await expect(put({ WebsiteRedirectLocation: '/' })).rejects.toMatchObject({ name: 'NotImplemented' });
	await expect(s3.headObject({ Bucket, Key: 'unfit' })).rejects.toMatchObject({ name: 'NotFound' });
});

test('objects have tags of their own', async () => {
	const Key = 'labelled';
	await s3.putObject({ Bucket, Key, Body: 'x', Tagging: 'a%20b=c%2Fd' });
	const tags = async () => (await s3.getObjectTagging({ Bucket, Key })).TagSet;
	expect(await tags()).toEqual([{ Key: 'a b', Value: 'c/d' }]);
	await s3.putObjectTagging({ Bucket, Key, Tagging: { TagSet: [{ Key: 'x', Value: 'y' }] } });
	expect(await tags()).toEqual([{ Key: 'x', Value: 'y' }]);
	await s3.deleteObjectTagging({ Bucket, Key });
	expect(await tags()).toEqual([]);
	const TagSet = Array.from({ length: 11 }, (_, index) => ({ Key: `k${index}`, Value: '' }));
	await expect(s3.putObjectTagging({ Bucket, Key, Tagging: { TagSet } })).rejects.toMatchObject({
		...{ name: 'BadRequest', message: 'Object tags cannot be greater than 10' },
	});
	await expect(s3.getObjectTagging({ Bucket, Key: 'none' })).rejects.toMatchObject({ name: 'NoSuchKey' });
});

test('attributes are answered as they are asked for', async () => {
	await s3.putObject({ Bucket, Key: 'attributes', Body: 'hello' });
	const { $metadata: _, ...all } = await s3.getObjectAttributes({
		...{ Bucket, Key: 'attributes' },
		ObjectAttributes: ['ETag', 'Checksum', 'ObjectParts', 'StorageClass', 'ObjectSize'],
	});
	expect(all).toEqual({
		...{ ETag: '5d41402abc4b2a76b9719d911017c592', StorageClass: 'STANDARD', ObjectSize: 5 },
		...{ Checksum: { ChecksumCRC32: 'NhCmhg==', ChecksumType: 'FULL_OBJECT' }, LastModified: expect.any(Date) },
	});
	const some = await s3.getObjectAttributes({ Bucket, Key: 'attributes', ObjectAttributes: ['ObjectSize'] });
	expect([some.ObjectSize, some.ETag]).toEqual([5, undefined]);
	await expect(
		s3.getObjectAttributes({ Bucket, Key: 'attributes', ObjectAttributes: ['Colour' as 'ETag'] }),
	).rejects.toMatchObject({ name: 'InvalidArgument', message: 'Invalid attribute name specified.' });
});

test('large bodies go in and out as streams', async () => {
	const bytes = Buffer.alloc(12_000_000, 'slipway');
	const Body = Readable.from(
		(function* () {
			for (let at = 0; at < bytes.length; at += 100_000) yield bytes.subarray(at, at + 100_000);
		})(),
	);
	await s3.putObject({ Bucket, Key: 'large', Body, ContentLength: bytes.length });
	const got = await s3.getObject({ Bucket, Key: 'large' });
	expect(Buffer.compare(await got.Body!.transformToByteArray(), bytes)).toBe(0);
	expect(await text('large', { Range: 'bytes=7000000-7000006' })).toBe('slipway');
	const reading = await s3.getObject({ Bucket, Key: 'large' });
	await s3.deleteObject({ Bucket, Key: 'large' });
	expect((await reading.Body!.transformToByteArray()).length).toBe(bytes.length);
});

test('a bucket may be named by the host', async () => {
	await s3.putObject({ Bucket, Key: 'by host', Body: 'hello' });
	const { port } = new URL(practice.endpoint);
	const target = '/by%20host';
	const headers = signed(practice, { method: 'GET', target, headers: { host: `${Bucket}.localhost:${port}` } });
	const body = await new Promise<string>((resolve, reject) => {
		const asked = get({ host: '127.0.0.1', port, path: target, headers }, async (answer) =>
			resolve(Buffer.concat(await answer.toArray()).toString()),
		);
		asked.on('error', reject);
	});
	expect(body).toBe('hello');
});
