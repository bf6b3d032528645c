import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type CompletedPart, type CreateMultipartUploadCommandInput, S3 } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestPractice, testPractice } from '../../../testing.ts';
import { checksumOf } from '../checksums/checksum.ts';

let practice: TestPractice;
let s3: S3;
const Bucket = 'parts';
beforeAll(async () => {
	practice = await testPractice();
	s3 = new S3(practice.client);
	await s3.createBucket({ Bucket });
});
afterAll(() => practice.close());

const five = 5 * 1024 * 1024;
const big = Buffer.alloc(five, 'a');
const small = Buffer.from('the end');
const whole = Buffer.concat([big, small]);
const md5 = (bytes: Uint8Array) => createHash('md5').update(bytes).digest();
const etag = `"${createHash('md5').update(md5(big)).update(md5(small)).digest('hex')}-2"`;

const begin = async (Key: string, rest: Partial<CreateMultipartUploadCommandInput> = {}) =>
	(await s3.createMultipartUpload({ Bucket, Key, ...rest })).UploadId!;
const part = async (Key: string, UploadId: string, PartNumber: number, Body: Uint8Array, rest: object = {}) => {
	const {
		$metadata: _,
		ServerSideEncryption,
		...done
	} = await s3.uploadPart({
		...{ Bucket, Key, UploadId, PartNumber, Body, ...rest },
	});
	return { PartNumber, ...done } as CompletedPart;
};
const complete = (Key: string, UploadId: string, Parts: CompletedPart[], rest: object = {}) =>
	s3.completeMultipartUpload({ Bucket, Key, UploadId, MultipartUpload: { Parts }, ...rest });
const noSuchUpload = {
	name: 'NoSuchUpload',
	message:
		'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
	$metadata: { httpStatusCode: 404 },
};
const kept = () => practice.account.db.all('SELECT id FROM blobs').length;

test('parts become one object', async () => {
	const Key = 'whole';
	const UploadId = await begin(Key, { ContentType: 'text/plain', Metadata: { a: 'b' }, Tagging: 't=1' });
	await expect(s3.headObject({ Bucket, Key })).rejects.toMatchObject({ name: 'NotFound' });
	const parts = [await part(Key, UploadId, 3, big), await part(Key, UploadId, 7, small)];
	expect(await complete(Key, UploadId, parts, { MpuObjectSize: whole.length })).toMatchObject({
		...{ ETag: etag, Bucket, Key, Location: `${practice.endpoint}/${Bucket}/${Key}`, ServerSideEncryption: 'AES256' },
	});
	const got = await s3.getObject({ Bucket, Key });
	expect(got).toMatchObject({ ETag: etag, ContentType: 'text/plain', Metadata: { a: 'b' }, TagCount: 1 });
	expect(Buffer.compare(await got.Body!.transformToByteArray(), whole)).toBe(0);

	const across = await s3.getObject({ Bucket, Key, Range: `bytes=${five - 3}-${five + 2}` });
	expect(await across.Body!.transformToString()).toBe('aaathe');
	const second = await s3.getObject({ Bucket, Key, PartNumber: 2 });
	expect(second).toMatchObject({ PartsCount: 2, ContentRange: `bytes ${five}-${five + 6}/${five + 7}` });
	expect(await second.Body!.transformToString()).toBe('the end');
	expect(await s3.headObject({ Bucket, Key, PartNumber: 1 })).toMatchObject({ ContentLength: five, PartsCount: 2 });
	await expect(complete(Key, UploadId, parts)).rejects.toMatchObject(noSuchUpload);
});

test('uploads and their parts are listed', async () => {
	const UploadId = await begin('listed/a', { ChecksumAlgorithm: 'SHA256', StorageClass: 'STANDARD_IA' });
	const other = await begin('listed/a');
	const third = await begin('listed/b/c');
	for (const number of [1, 2, 5]) await part('listed/a', UploadId, number, small, { ChecksumAlgorithm: 'SHA256' });
	const parts = await s3.listParts({ Bucket, Key: 'listed/a', UploadId, MaxParts: 2 });
	expect(parts).toMatchObject({
		...{ Bucket, Key: 'listed/a', UploadId, MaxParts: 2, IsTruncated: true, NextPartNumberMarker: '2' },
		...{ ChecksumAlgorithm: 'SHA256', ChecksumType: 'COMPOSITE', StorageClass: 'STANDARD_IA' },
		...{ Owner: parts.Initiator, PartNumberMarker: '0' },
	});
	expect(parts.Parts?.[0]).toEqual({
		...{ PartNumber: 1, Size: 7, ETag: `"${md5(small).toString('hex')}"`, LastModified: expect.any(Date) },
		ChecksumSHA256: checksumOf('SHA256', small),
	});
	const rest = await s3.listParts({ Bucket, Key: 'listed/a', UploadId, PartNumberMarker: '2' });
	expect([rest.Parts?.map(({ PartNumber }) => PartNumber), rest.IsTruncated]).toEqual([[5], false]);

	const list = (more: object) => s3.listMultipartUploads({ Bucket, Prefix: 'listed/', ...more });
	const all = await list({});
	expect(all.Uploads?.map((each) => each.UploadId)).toEqual([UploadId, other, third]);
	expect(all.Uploads?.[0]).toEqual({
		...{ Key: 'listed/a', UploadId, Initiated: expect.any(Date), StorageClass: 'STANDARD_IA' },
		...{ Owner: parts.Owner, Initiator: parts.Owner, ChecksumAlgorithm: 'SHA256', ChecksumType: 'COMPOSITE' },
	});
	const first = await list({ MaxUploads: 1 });
	expect([first.IsTruncated, first.NextKeyMarker, first.NextUploadIdMarker]).toEqual([true, 'listed/a', UploadId]);
	const next = await list({ KeyMarker: first.NextKeyMarker, UploadIdMarker: first.NextUploadIdMarker });
	expect(next.Uploads?.map((each) => each.UploadId)).toEqual([other, third]);
	expect((await list({ KeyMarker: 'listed/a' })).Uploads?.map((each) => each.UploadId)).toEqual([third]);
	const folders = await list({ Delimiter: '/' });
	expect([folders.Uploads?.length, folders.CommonPrefixes]).toEqual([2, [{ Prefix: 'listed/b/' }]]);
	for (const [Key, id] of [
		['listed/a', UploadId],
		['listed/a', other],
		['listed/b/c', third],
	] as const) {
		await s3.abortMultipartUpload({ Bucket, Key, UploadId: id });
	}
	expect((await list({})).Uploads).toBeUndefined();
});

test('a part sent again takes the place of the first, and what is aborted or left out is let go', async () => {
	const before = kept();
	const UploadId = await begin('replaced');
	await part('replaced', UploadId, 1, big);
	const again = await part('replaced', UploadId, 1, small);
	await part('replaced', UploadId, 2, small);
	expect(kept()).toBe(before + 2);
	await complete('replaced', UploadId, [again]);
	expect((await s3.headObject({ Bucket, Key: 'replaced' })).ContentLength).toBe(7);
	expect(kept()).toBe(before + 1);
	const aborted = await begin('aborted');
	await part('aborted', aborted, 1, small);
	await s3.abortMultipartUpload({ Bucket, Key: 'aborted', UploadId: aborted });
	expect(kept()).toBe(before + 1);
	const abort = s3.abortMultipartUpload({ Bucket, Key: 'aborted', UploadId: aborted });
	await expect(abort).rejects.toMatchObject({ ...noSuchUpload, UploadId: aborted });
	await expect(part('aborted', aborted, 1, small)).rejects.toMatchObject(noSuchUpload);
	await expect(s3.listParts({ Bucket, Key: 'aborted', UploadId: aborted })).rejects.toMatchObject(noSuchUpload);
	expect(readdirSync(join(practice.account.folder, 'blobs'))).toHaveLength(kept());
});

test('a completion that does not fit is refused, and the upload stays', async () => {
	const Key = 'unfit';
	const UploadId = await begin(Key);
	const one = await part(Key, UploadId, 1, small);
	const two = await part(Key, UploadId, 2, small);
	await expect(complete(Key, UploadId, [one, two])).rejects.toMatchObject({
		...{ name: 'EntityTooSmall', message: 'Your proposed upload is smaller than the minimum allowed size' },
		...{ ProposedSize: '7', MinSizeAllowed: '5242880', PartNumber: '1' },
	});
	await expect(complete(Key, UploadId, [two, one])).rejects.toMatchObject({
		name: 'InvalidPartOrder',
		message: 'The list of parts was not in ascending order. The parts list must be specified in order by part number.',
	});
	const invalid = {
		name: 'InvalidPart',
		message:
			"One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
	};
	await expect(complete(Key, UploadId, [{ ...one, PartNumber: 3 }])).rejects.toMatchObject({
		...{ ...invalid, PartNumber: '3', UploadId },
	});
	await expect(complete(Key, UploadId, [{ ...one, ETag: '"other"' }])).rejects.toMatchObject(invalid);
	await expect(complete(Key, UploadId, [])).rejects.toMatchObject({ name: 'MalformedXML' });
	await expect(complete(Key, UploadId, [one], { MpuObjectSize: 8 })).rejects.toMatchObject({
		name: 'InvalidRequest',
		message: "The provided 'x-amz-mp-object-size' header value 8 does not match what was computed: 7",
	});
	await expect(complete(Key, UploadId, [one], { IfMatch: '"any"' })).rejects.toMatchObject({ name: 'NoSuchKey' });
	await s3.putObject({ Bucket, Key, Body: 'there' });
	await expect(complete(Key, UploadId, [one], { IfNoneMatch: '*' })).rejects.toMatchObject({
		...{ name: 'PreconditionFailed', Condition: 'If-None-Match' },
	});
	await complete(Key, UploadId, [one]);
	await expect(part(Key, 'none', 1, small)).rejects.toMatchObject(noSuchUpload);
	await expect(part(Key, UploadId, 0, small)).rejects.toMatchObject({
		...{ name: 'InvalidArgument', message: 'Part number must be an integer between 1 and 10000, inclusive' },
	});
});

test('parts with checksums give the whole one of theirs', async () => {
	const Key = 'composite';
	const UploadId = await begin(Key, { ChecksumAlgorithm: 'SHA256' });
	const parts = [
		await part(Key, UploadId, 1, big, { ChecksumAlgorithm: 'SHA256' }),
		await part(Key, UploadId, 2, small, { ChecksumAlgorithm: 'SHA256' }),
	];
	expect(parts[1]).toMatchObject({ ChecksumSHA256: checksumOf('SHA256', small) });
	await expect(part(Key, UploadId, 2, small, { ChecksumAlgorithm: 'SHA1' })).rejects.toMatchObject({
		name: 'InvalidRequest',
		message: 'Checksum Type mismatch occurred, expected checksum Type: sha256, actual checksum Type: sha1',
	});
	await expect(
		complete(
			Key,
			UploadId,
			parts.map(({ PartNumber, ETag }) => ({ PartNumber, ETag })),
		),
	).rejects.toMatchObject({
		name: 'InvalidRequest',
		message:
			'The upload was created using a sha256 checksum. The complete request must include the checksum for each part. It was missing for part 1 in the request.',
	});
	await expect(complete(Key, UploadId, parts, { ChecksumType: 'FULL_OBJECT' })).rejects.toMatchObject({
		name: 'InvalidRequest',
	});
	const digests = [big, small].map((bytes) => Buffer.from(checksumOf('SHA256', bytes), 'base64'));
	const value = `${checksumOf('SHA256', Buffer.concat(digests))}-2`;
	expect(await complete(Key, UploadId, parts)).toMatchObject({ ChecksumSHA256: value, ChecksumType: 'COMPOSITE' });
	const attributes = await s3.getObjectAttributes({
		...{ Bucket, Key, ObjectAttributes: ['Checksum', 'ObjectParts'], MaxParts: 1 },
	});
	expect(attributes.Checksum).toEqual({ ChecksumSHA256: value.slice(0, -2), ChecksumType: 'COMPOSITE' });
	expect(attributes.ObjectParts).toEqual({
		...{ TotalPartsCount: 2, MaxParts: 1, PartNumberMarker: '0', NextPartNumberMarker: '1', IsTruncated: true },
		Parts: [{ PartNumber: 1, Size: five, ChecksumSHA256: checksumOf('SHA256', big) }],
	});
});

test.each(['CRC32', 'CRC32C', 'CRC64NVME'] as const)('the %s of the whole is that of its bytes', async (algorithm) => {
	const Key = `full-${algorithm}`;
	const value = checksumOf(algorithm, whole);
	const member = `Checksum${algorithm}`;
	// The SDK computes no CRC-64 of its own: S3 does when no algorithm is named.
	const asked = algorithm === 'CRC64NVME' ? {} : { ChecksumAlgorithm: algorithm, ChecksumType: 'FULL_OBJECT' as const };
	const UploadId = await begin(Key, asked);
	const each = algorithm === 'CRC64NVME' ? {} : { ChecksumAlgorithm: algorithm };
	const parts = [await part(Key, UploadId, 1, big, each), await part(Key, UploadId, 2, small, each)];
	const other = checksumOf(algorithm, small);
	await expect(complete(Key, UploadId, parts, { [member]: other })).rejects.toMatchObject({ name: 'BadDigest' });
	expect(await complete(Key, UploadId, parts, { [member]: value })).toMatchObject({
		...{ [member]: value, ChecksumType: 'FULL_OBJECT' },
	});
	expect(await s3.headObject({ Bucket, Key, ChecksumMode: 'ENABLED' })).toMatchObject({ [member]: value });
});

test('checksums of the whole that cannot be are refused', async () => {
	await expect(begin('no', { ChecksumAlgorithm: 'SHA1', ChecksumType: 'FULL_OBJECT' })).rejects.toMatchObject({
		...{ name: 'InvalidRequest' },
		message: 'The FULL_OBJECT checksum type cannot be used with the sha1 checksum algorithm.',
	});
	await expect(begin('no', { ChecksumAlgorithm: 'CRC64NVME', ChecksumType: 'COMPOSITE' })).rejects.toMatchObject({
		message: 'The COMPOSITE checksum type cannot be used with the crc64nvme checksum algorithm.',
	});
	await expect(begin('no', { ChecksumType: 'COMPOSITE' })).rejects.toMatchObject({
		message: 'The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.',
	});
});

test('parts may be copied from objects, also in part', async () => {
	await s3.putObject({ Bucket, Key: 'source', Body: Buffer.concat([big, Buffer.from('0123456789')]) });
	const Key = 'assembled';
	const UploadId = await begin(Key);
	const copy = (PartNumber: number, CopySourceRange?: string, rest: object = {}) =>
		s3.uploadPartCopy({ Bucket, Key, UploadId, PartNumber, CopySource: `${Bucket}/source`, CopySourceRange, ...rest });
	const one = await copy(1);
	const two = await copy(2, `bytes=${five + 2}-${five + 4}`);
	expect(two.CopyPartResult).toMatchObject({ ETag: `"${md5(Buffer.from('234')).toString('hex')}"` });
	await complete(Key, UploadId, [
		{ PartNumber: 1, ETag: one.CopyPartResult!.ETag },
		{ PartNumber: 2, ETag: two.CopyPartResult!.ETag },
	]);
	const end = await s3.getObject({ Bucket, Key, Range: 'bytes=-5' });
	expect(await end.Body!.transformToString()).toBe('89234');

	await expect(copy(1)).rejects.toMatchObject(noSuchUpload);
	const Other = await begin(Key);
	const fail = (range: string | undefined, rest: object = {}) => copy(1, range, { UploadId: Other, ...rest });
	await expect(fail('bytes=5-')).rejects.toMatchObject({
		name: 'InvalidArgument',
		message:
			'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy',
	});
	await expect(fail(`bytes=0-${five + 10}`)).rejects.toMatchObject({
		...{ name: 'InvalidArgument', message: `Range specified is not valid for source object of size: ${five + 10}` },
	});
	await expect(fail(undefined, { CopySource: `${Bucket}/none` })).rejects.toMatchObject({ name: 'NoSuchKey' });
	await expect(fail(undefined, { CopySourceIfMatch: '"other"' })).rejects.toMatchObject({ name: 'PreconditionFailed' });
});

test('a copy of an object in parts is whole', async () => {
	await s3.copyObject({ Bucket, Key: 'joined', CopySource: `${Bucket}/whole` });
	const { ETag, Body } = await s3.getObject({ Bucket, Key: 'joined' });
	expect(ETag).toBe(`"${md5(whole).toString('hex')}"`);
	expect(Buffer.compare(await Body!.transformToByteArray(), whole)).toBe(0);
});
