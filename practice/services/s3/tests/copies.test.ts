import { S3 } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestPractice, testPractice } from '../../../testing.ts';

let practice: TestPractice;
let s3: S3;
const Bucket = 'copies';
beforeAll(async () => {
	practice = await testPractice();
	s3 = new S3(practice.client);
	await s3.createBucket({ Bucket });
});
afterAll(() => practice.close());

const text = async (Key: string, rest: object = {}) =>
	(await s3.getObject({ Bucket, Key, ...rest })).Body!.transformToString();

test('a copy takes along what it is not told to replace', async () => {
	const CopySource = `/${Bucket}/original`;
	await s3.putObject({
		...{ Bucket, Key: 'original', Body: 'hello', ContentType: 'text/plain', Metadata: { a: '1' }, Tagging: 't=1' },
	});
	const { CopyObjectResult } = await s3.copyObject({ Bucket, Key: 'copy', CopySource });
	expect(CopyObjectResult).toMatchObject({ ETag: '"5d41402abc4b2a76b9719d911017c592"', ChecksumCRC32: 'NhCmhg==' });
	expect(await s3.getObject({ Bucket, Key: 'copy' })).toMatchObject({
		...{ ContentType: 'text/plain', Metadata: { a: '1' }, TagCount: 1 },
	});
	await s3.copyObject({
		...{ Bucket, Key: 'copy', CopySource, MetadataDirective: 'REPLACE', ContentType: 'text/html' },
		...{ TaggingDirective: 'REPLACE', Tagging: '', StorageClass: 'ONEZONE_IA', ChecksumAlgorithm: 'SHA1' },
	});
	const replaced = await s3.getObject({ Bucket, Key: 'copy', ChecksumMode: 'ENABLED' });
	expect(replaced).toMatchObject({ ContentType: 'text/html', StorageClass: 'ONEZONE_IA' });
	expect([replaced.Metadata, replaced.TagCount, replaced.ChecksumSHA1]).toEqual([
		...[{}, undefined, 'qvTGHdzF6KLavt4PO0gs2a6pQ00='],
	]);
	expect(await text('copy')).toBe('hello');
});

test('copies that cannot be are refused', async () => {
	await s3.putObject({ Bucket, Key: 'self', Body: 'x' });
	const copy = (CopySource: string, rest: object = {}) => s3.copyObject({ Bucket, Key: 'self', CopySource, ...rest });
	await expect(copy(`${Bucket}/self`)).rejects.toMatchObject({
		name: 'InvalidRequest',
		message:
			"This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
	});
	await copy(`${Bucket}/self`, { MetadataDirective: 'REPLACE' });
	await expect(copy(Bucket)).rejects.toMatchObject({
		...{ name: 'InvalidArgument', ArgumentName: 'x-amz-copy-source' },
		message: 'Copy Source must mention the source bucket and key: sourcebucket/sourcekey',
	});
	await expect(copy(`${Bucket}/none`)).rejects.toMatchObject({ name: 'NoSuchKey', Key: 'none' });
	await expect(copy('not-there/a')).rejects.toMatchObject({ name: 'NoSuchBucket', BucketName: 'not-there' });
	await expect(copy(`${Bucket}/%zz`)).rejects.toMatchObject({
		...{ name: 'InvalidArgument', message: 'Invalid copy source encoding.' },
	});
	await expect(copy(`${Bucket}/self`, { MetadataDirective: 'KEEP' })).rejects.toMatchObject({
		...{ name: 'InvalidArgument', message: 'Unknown metadata directive.' },
	});
	const { ETag } = await s3.putObject({ Bucket, Key: 'source', Body: 'y' });
	const failed = (Condition: string) => ({ name: 'PreconditionFailed', Condition });
	await copy(`${Bucket}/source`, { CopySourceIfMatch: ETag });
	await expect(copy(`${Bucket}/source`, { CopySourceIfMatch: '"other"' })).rejects.toMatchObject(
		failed('x-amz-copy-source-If-Match'),
	);
	await expect(copy(`${Bucket}/source`, { CopySourceIfNoneMatch: ETag })).rejects.toMatchObject(
		failed('x-amz-copy-source-If-None-Match'),
	);
	const past = new Date(Date.now() - 100_000);
	await expect(copy(`${Bucket}/source`, { CopySourceIfUnmodifiedSince: past })).rejects.toMatchObject(
		failed('x-amz-copy-source-If-Unmodified-Since'),
	);
	const future = new Date(Date.now() + 100_000);
	await expect(copy(`${Bucket}/source`, { CopySourceIfModifiedSince: future })).rejects.toMatchObject(
		failed('x-amz-copy-source-If-Modified-Since'),
	);
	await expect(copy(`${Bucket}/source`, { IfNoneMatch: '*' })).rejects.toMatchObject(failed('If-None-Match'));
});

test('many are deleted at once, quietly or not', async () => {
	for (const Key of ['m1', 'm2', 'm3']) await s3.putObject({ Bucket, Key, Body: Key });
	const remove = (Objects: object[], rest: object = {}) =>
		s3.deleteObjects({ Bucket, Delete: { Objects: Objects as { Key: string }[], ...rest } });
	const { Deleted, Errors } = await remove([{ Key: 'm1' }, { Key: 'none' }, { Key: 'm2', ETag: '"other"' }]);
	expect(Deleted).toEqual([{ Key: 'm1' }, { Key: 'none' }]);
	expect(Errors).toEqual([
		{
			...{ Key: 'm2', Code: 'PreconditionFailed' },
			Message: 'At least one of the pre-conditions you specified did not hold',
		},
	]);
	expect((await remove([{ Key: 'm2' }], { Quiet: true })).Deleted ?? []).toEqual([]);
	expect((await s3.listObjectsV2({ Bucket, Prefix: 'm' })).Contents?.map(({ Key }) => Key)).toEqual(['m3']);
	const thousand = Array.from({ length: 1001 }, (_, index) => ({ Key: `k${index}` }));
	await expect(remove(thousand)).rejects.toMatchObject({ name: 'MalformedXML' });
	await expect(remove([{ Key: 'm3', Size: 2 }])).resolves.toMatchObject({ Errors: [{ Code: 'NotImplemented' }] });
});
