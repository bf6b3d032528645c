import { type ListObjectVersionsCommandOutput, paginateListObjectsV2, S3 } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestPractice, testPractice } from '../../../testing.ts';
import { Buckets } from '../buckets.ts';
import { Objects } from '../objects.ts';

let practice: TestPractice;
let s3: S3;
const Bucket = 'listed';
const keys = ['a', 'b/1', 'b/2', 'b/c/3', 'b0', 'd/x', 'd//y', 'é', 'z z', '\u{ff5e}', '🚀'];
beforeAll(async () => {
	practice = await testPractice();
	s3 = new S3(practice.client);
	await s3.createBucket({ Bucket });
	await Promise.all(keys.map((Key) => s3.putObject({ Bucket, Key, Body: Key })));
});
afterAll(() => practice.close());

const list = async (rest: object = {}) => {
	const { Contents = [], CommonPrefixes = [], ...others } = await s3.listObjectsV2({ Bucket, ...rest });
	return { ...others, keys: Contents.map(({ Key }) => Key), prefixes: CommonPrefixes.map(({ Prefix }) => Prefix) };
};

test('keys are in the order of their UTF-8 bytes', async () => {
	const { keys: found, KeyCount, IsTruncated, MaxKeys, Name } = await list();
	const ordered = [...keys].sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
	expect(found).toEqual(ordered);
	expect({ KeyCount, IsTruncated, MaxKeys, Name }).toEqual({
		...{ KeyCount: keys.length, IsTruncated: false, MaxKeys: 1000, Name: Bucket },
	});
});

test('an object in a listing is shown whole', async () => {
	const { Contents } = await s3.listObjectsV2({ Bucket, Prefix: 'a', FetchOwner: true });
	expect(Contents).toEqual([
		{
			...{ Key: 'a', Size: 1, ETag: '"0cc175b9c0f1b6a831c399e269772661"', StorageClass: 'STANDARD' },
			...{ LastModified: expect.any(Date), ChecksumAlgorithm: ['CRC32'], ChecksumType: 'FULL_OBJECT' },
			Owner: { ID: expect.stringMatching(/^[0-9a-f]{64}$/) },
		},
	]);
});

test('prefix and delimiter make folders', async () => {
	expect(await list({ Delimiter: '/' })).toMatchObject({
		...{ keys: ['a', 'b0', 'z z', 'é', '\u{ff5e}', '🚀'], prefixes: ['b/', 'd/'], KeyCount: 8, Delimiter: '/' },
	});
	expect(await list({ Prefix: 'b/', Delimiter: '/' })).toMatchObject({ keys: ['b/1', 'b/2'], prefixes: ['b/c/'] });
	expect(await list({ Prefix: 'd/', Delimiter: '/' })).toMatchObject({ keys: ['d/x'], prefixes: ['d//'] });
	expect(await list({ Prefix: 'b', Delimiter: 'zz' })).toMatchObject({
		keys: ['b/1', 'b/2', 'b/c/3', 'b0'],
		prefixes: [],
	});
	expect(await list({ Prefix: 'nothing' })).toMatchObject({ keys: [], prefixes: [], KeyCount: 0 });
});

test('pages go on where the last one ended, whatever their size', async () => {
	for (const Delimiter of [undefined, '/']) {
		const whole = await list({ Delimiter });
		for (let size = 1; size <= 4; size++) {
			const found = { keys: [] as unknown[], prefixes: [] as unknown[] };
			let ContinuationToken: string | undefined;
			do {
				const page = await list({ Delimiter, MaxKeys: size, ContinuationToken });
				expect(page.KeyCount).toBeLessThanOrEqual(size);
				found.keys.push(...page.keys);
				found.prefixes.push(...page.prefixes);
				ContinuationToken = page.NextContinuationToken;
				expect(page.IsTruncated).toBe(ContinuationToken !== undefined);
			} while (ContinuationToken);
			expect(found).toEqual({ keys: whole.keys, prefixes: whole.prefixes });
		}
	}
});

test('a listing may start behind a key', async () => {
	expect(await list({ StartAfter: 'd/x' })).toMatchObject({ keys: ['z z', 'é', '\u{ff5e}', '🚀'], StartAfter: 'd/x' });
	expect((await list({ StartAfter: 'b/1', Prefix: 'b/' })).keys).toEqual(['b/2', 'b/c/3']);
	expect((await list({ StartAfter: 'a', Prefix: 'd/' })).keys).toEqual(['d//y', 'd/x']);
	expect((await list({ StartAfter: 'z', Prefix: 'd/' })).keys).toEqual([]);
});

test('the older listing pages by marker', async () => {
	const found: unknown[] = [];
	let Marker: string | undefined;
	do {
		const page = await s3.listObjects({ Bucket, Delimiter: '/', MaxKeys: 2, Marker });
		found.push(
			...(page.Contents ?? []).map(({ Key }) => Key),
			...(page.CommonPrefixes ?? []).map((each) => each.Prefix),
		);
		Marker = page.NextMarker;
	} while (Marker);
	expect(found).toEqual(['a', 'b/', 'b0', 'd/', 'z z', 'é', '\u{ff5e}', '🚀']);
	const plain = await s3.listObjects({ Bucket, MaxKeys: 2 });
	expect([plain.IsTruncated, plain.NextMarker]).toEqual([true, undefined]);
	expect((await s3.listObjects({ Bucket, Marker: 'b/c/3', MaxKeys: 1 })).Contents?.[0]?.Key).toBe('b0');
});

test('keys may be asked for in URL form', async () => {
	expect(await list({ EncodingType: 'url', Prefix: 'z ' })).toMatchObject({ keys: ['z+z'], Prefix: 'z+' });
	expect((await list({ EncodingType: 'url', Prefix: 'é' })).keys).toEqual(['%C3%A9']);
	expect((await list({ EncodingType: 'url', Prefix: 'b/c' })).keys).toEqual(['b/c/3']);
	await expect(list({ EncodingType: 'base64' })).rejects.toMatchObject({
		...{ name: 'InvalidArgument', message: 'Invalid Encoding Method specified in Request' },
	});
});

test('sizes of pages that make no sense are refused', async () => {
	expect(await list({ MaxKeys: 0 })).toMatchObject({ keys: [], KeyCount: 0, IsTruncated: false });
	expect((await list({ MaxKeys: 5000 })).MaxKeys).toBe(1000);
	await expect(list({ MaxKeys: -1 })).rejects.toMatchObject({
		...{ name: 'InvalidArgument', ArgumentName: 'maxKeys', ArgumentValue: '-1' },
		message: 'Argument maxKeys must be an integer between 0 and 2147483647',
	});
	await expect(list({ ContinuationToken: 'nonsense' })).rejects.toMatchObject({
		...{ name: 'InvalidArgument', message: 'The continuation token provided is incorrect' },
	});
});

test('a hundred thousand keys are listed in good time', async () => {
	await s3.createBucket({ Bucket: 'crowded' });
	const account = practice.account.in('us-east-1');
	const bucket = account.store(Buckets).get('crowded')!;
	const objects = account.store(Objects);
	account.db.transaction(() => {
		for (let index = 0; index < 100_000; index++) {
			objects.add(bucket, `${Math.floor(index / 10_000)}/${index % 7}/${index}`, {
				...{ marker: false, modified: Date.now(), size: 0, etag: 'e', storageClass: 'STANDARD', blobs: [] },
				about: { headers: {}, encryption: { ServerSideEncryption: 'AES256' } },
			});
		}
	});
	const began = performance.now();
	const folders = await s3.listObjectsV2({ Bucket: 'crowded', Delimiter: '/' });
	expect(folders.CommonPrefixes).toHaveLength(10);
	const deeper = await s3.listObjectsV2({ Bucket: 'crowded', Delimiter: '/', Prefix: '3/' });
	expect(deeper.CommonPrefixes).toHaveLength(7);
	expect(performance.now() - began).toBeLessThan(500);
	let count = 0;
	for await (const { KeyCount } of paginateListObjectsV2({ client: s3 }, { Bucket: 'crowded' })) count += KeyCount!;
	expect(count).toBe(100_000);
}, 60_000);

test('versions are listed by key, the newest first, in pages of any size', async () => {
	const versioned = 'versioned-list';
	await s3.createBucket({ Bucket: versioned });
	await s3.putObject({ Bucket: versioned, Key: 'a', Body: 'null' });
	await s3.putBucketVersioning({ Bucket: versioned, VersioningConfiguration: { Status: 'Enabled' } });
	for (const Key of ['a', 'b', 'a', 'c/d', 'c/d', 'b']) await s3.putObject({ Bucket: versioned, Key, Body: Key });
	await s3.deleteObject({ Bucket: versioned, Key: 'b' });

	const flat = ({ Versions = [], DeleteMarkers = [] }: ListObjectVersionsCommandOutput) =>
		[...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => `${Key} ${VersionId}`);
	const whole = await s3.listObjectVersions({ Bucket: versioned });
	expect(whole.Versions?.map(({ Key, IsLatest }) => [Key, IsLatest])).toEqual([
		...[
			['a', true],
			['a', false],
			['a', false],
			['b', false],
			['b', false],
			['c/d', true],
			['c/d', false],
		],
	]);
	expect(whole.Versions?.[2]?.VersionId).toBe('null');
	expect(whole.DeleteMarkers).toEqual([
		{
			...{ Key: 'b', IsLatest: true, VersionId: expect.stringMatching(/^[A-Za-z0-9._]{32}$/) },
			...{ LastModified: expect.any(Date), Owner: { ID: expect.any(String) } },
		},
	]);
	for (let MaxKeys = 1; MaxKeys < 8; MaxKeys++) {
		const found: string[] = [];
		let marker: { KeyMarker?: string; VersionIdMarker?: string } = {};
		for (;;) {
			const page = await s3.listObjectVersions({ Bucket: versioned, MaxKeys, ...marker });
			found.push(...flat(page));
			if (!page.IsTruncated) break;
			marker = { KeyMarker: page.NextKeyMarker!, VersionIdMarker: page.NextVersionIdMarker! };
		}
		expect(found.sort()).toEqual(flat(whole).sort());
	}
	const folders = await s3.listObjectVersions({ Bucket: versioned, Delimiter: '/', KeyMarker: 'b' });
	expect([folders.Versions, folders.CommonPrefixes]).toEqual([undefined, [{ Prefix: 'c/' }]]);
	await expect(s3.listObjectVersions({ Bucket: versioned, VersionIdMarker: 'null' })).rejects.toMatchObject({
		...{ name: 'InvalidArgument', message: 'A version-id marker cannot be specified without a key marker.' },
	});
});

test('whoever deletes the versions of each page misses none', async () => {
	const emptied = 'emptied';
	await s3.createBucket({ Bucket: emptied });
	await s3.putBucketVersioning({ Bucket: emptied, VersioningConfiguration: { Status: 'Enabled' } });
	for (let index = 0; index < 9; index++)
		await s3.putObject({ Bucket: emptied, Key: index < 6 ? 'a' : 'b', Body: 'x' });
	let marker: { KeyMarker?: string; VersionIdMarker?: string } = {};
	for (;;) {
		const page = await s3.listObjectVersions({ Bucket: emptied, MaxKeys: 2, ...marker });
		const Objects = page.Versions!.map(({ Key, VersionId }) => ({ Key, VersionId }));
		await s3.deleteObjects({ Bucket: emptied, Delete: { Objects } });
		if (!page.IsTruncated) break;
		marker = { KeyMarker: page.NextKeyMarker!, VersionIdMarker: page.NextVersionIdMarker! };
	}
	await s3.deleteBucket({ Bucket: emptied });
});
