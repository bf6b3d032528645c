import { S3 } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestPractice, testPractice } from '../../../testing.ts';

let practice: TestPractice;
let s3: S3;
let Bucket: string;
let count = 0;
beforeAll(async () => {
	practice = await testPractice();
	s3 = new S3(practice.client);
});
beforeEach(async () => {
	Bucket = `versions-${++count}`;
	await s3.createBucket({ Bucket });
});
afterAll(() => practice.close());

const Key = 'k';
const versioning = (Status: 'Enabled' | 'Suspended') =>
	s3.putBucketVersioning({ Bucket, VersioningConfiguration: { Status } });
const put = (Body: string) => s3.putObject({ Bucket, Key, Body });
const read = async (VersionId?: string) => (await s3.getObject({ Bucket, Key, VersionId })).Body!.transformToString();
const id = expect.stringMatching(/^[A-Za-z0-9._]{32}$/);
const header = (name: string, value: string) => ({
	$response: { headers: expect.objectContaining({ [name]: value }) },
});
const versions = async () => {
	const { Versions = [], DeleteMarkers = [] } = await s3.listObjectVersions({ Bucket });
	return [...Versions, ...DeleteMarkers].map(({ VersionId }) => VersionId);
};

test('each write makes a version, and each can be read', async () => {
	await versioning('Enabled');
	const one = await put('one');
	const two = await put('two');
	expect([one.VersionId, two.VersionId]).toEqual([id, id]);
	expect(await read()).toBe('two');
	expect(await read(one.VersionId)).toBe('one');
	expect((await s3.headObject({ Bucket, Key })).VersionId).toBe(two.VersionId);
});

test('what was there before versioning is the version null', async () => {
	await put('before');
	expect((await s3.headObject({ Bucket, Key })).VersionId).toBeUndefined();
	await versioning('Enabled');
	expect((await s3.headObject({ Bucket, Key })).VersionId).toBe('null');
	await put('after');
	expect(await read('null')).toBe('before');
	await s3.deleteObject({ Bucket, Key, VersionId: 'null' });
	expect(await versions()).toEqual([id]);
});

test('while versioning is suspended, the version null is written over and the others stay', async () => {
	await versioning('Enabled');
	const { VersionId } = await put('kept');
	await versioning('Suspended');
	expect((await put('null 1')).VersionId).toBeUndefined();
	await put('null 2');
	expect(await versions()).toEqual(['null', VersionId]);
	expect(await read()).toBe('null 2');
	expect(await s3.deleteObject({ Bucket, Key })).toMatchObject({ DeleteMarker: true, VersionId: 'null' });
	expect(await versions()).toEqual([VersionId, 'null']);
	expect(await read(VersionId)).toBe('kept');
	await s3.deleteObject({ Bucket, Key, VersionId: 'null' });
	expect(await read()).toBe('kept');
});

test('deleting leaves a marker, and deleting the marker brings the object back', async () => {
	await versioning('Enabled');
	const { VersionId } = await put('one');
	const deleted = await s3.deleteObject({ Bucket, Key });
	expect(deleted).toMatchObject({ DeleteMarker: true, VersionId: id });
	await expect(s3.getObject({ Bucket, Key })).rejects.toMatchObject({
		...{ name: 'NoSuchKey', Key },
		...header('x-amz-delete-marker', 'true'),
	});
	await expect(s3.headObject({ Bucket, Key })).rejects.toMatchObject({
		...{ name: 'NotFound', ...header('x-amz-version-id', deleted.VersionId!) },
	});
	expect((await s3.listObjectsV2({ Bucket })).KeyCount).toBe(0);
	await expect(s3.getObject({ Bucket, Key, VersionId: deleted.VersionId })).rejects.toMatchObject({
		...{ name: 'MethodNotAllowed', message: 'The specified method is not allowed against this resource.' },
		...{ Method: 'GET', ResourceType: 'DeleteMarker', $metadata: { httpStatusCode: 405 } },
		...header('allow', 'DELETE'),
	});
	expect(await read(VersionId)).toBe('one');
	expect(await s3.deleteObject({ Bucket, Key, VersionId: deleted.VersionId })).toMatchObject({
		...{ DeleteMarker: true, VersionId: deleted.VersionId },
	});
	expect(await read()).toBe('one');
});

test('deleting the newest version makes the one before it current', async () => {
	await versioning('Enabled');
	await put('one');
	const two = await put('two');
	await put('three').then(({ VersionId }) => s3.deleteObject({ Bucket, Key, VersionId }));
	expect(await read()).toBe('two');
	expect((await s3.listObjectsV2({ Bucket })).Contents).toHaveLength(1);
	const gone = await s3.deleteObject({ Bucket, Key, VersionId: two.VersionId });
	expect([gone.DeleteMarker, gone.VersionId]).toEqual([undefined, two.VersionId]);
	expect(await s3.deleteObject({ Bucket, Key, VersionId: two.VersionId })).toMatchObject({ VersionId: two.VersionId });
});

test('even what was never there can be deleted', async () => {
	await versioning('Enabled');
	expect(await s3.deleteObject({ Bucket, Key: 'never' })).toMatchObject({ DeleteMarker: true, VersionId: id });
});

test('several at once: markers are made and told, versions go', async () => {
	await versioning('Enabled');
	const { VersionId } = await put('one');
	const first = await s3.deleteObjects({ Bucket, Delete: { Objects: [{ Key }] } });
	expect(first.Deleted).toEqual([{ Key, DeleteMarker: true, DeleteMarkerVersionId: id }]);
	const DeleteMarkerVersionId = first.Deleted![0]!.DeleteMarkerVersionId!;
	const second = await s3.deleteObjects({
		...{
			Bucket,
			Delete: {
				Objects: [
					{ Key, VersionId },
					{ Key, VersionId: DeleteMarkerVersionId },
				],
			},
		},
	});
	expect(second.Deleted).toEqual([
		{ Key, VersionId },
		{ Key, VersionId: DeleteMarkerVersionId, DeleteMarker: true, DeleteMarkerVersionId },
	]);
	expect(await versions()).toEqual([]);
});

test('a version that is not there, and what cannot be one', async () => {
	await versioning('Enabled');
	await put('one');
	const unknown = 'x'.repeat(32);
	await expect(read(unknown)).rejects.toMatchObject({
		...{ name: 'NoSuchVersion', message: 'The specified version does not exist.', Key, VersionId: unknown },
		$metadata: { httpStatusCode: 404 },
	});
	await expect(read('short')).rejects.toMatchObject({
		...{ name: 'InvalidArgument', message: 'Invalid version id specified', ArgumentName: 'versionId' },
	});
	await expect(s3.deleteObject({ Bucket, Key, VersionId: 'short' })).rejects.toMatchObject({ name: 'InvalidArgument' });
});

test('an old version can be copied over the newest, a marker not', async () => {
	await versioning('Enabled');
	const one = await put('one');
	await put('two');
	const copy = await s3.copyObject({ Bucket, Key, CopySource: `${Bucket}/${Key}?versionId=${one.VersionId}` });
	expect(copy).toMatchObject({ CopySourceVersionId: one.VersionId, VersionId: id });
	expect(await read()).toBe('one');
	const marker = await s3.deleteObject({ Bucket, Key });
	await expect(
		s3.copyObject({ Bucket, Key: 'copy', CopySource: `${Bucket}/${Key}?versionId=${marker.VersionId}` }),
	).rejects.toMatchObject({
		...{ name: 'InvalidRequest' },
		message: 'The source of a copy request may not specifically refer to a delete marker by version id.',
	});
	await expect(s3.copyObject({ Bucket, Key: 'copy', CopySource: `${Bucket}/${Key}` })).rejects.toMatchObject({
		name: 'NoSuchKey',
	});
});

test('tags belong to a version', async () => {
	await versioning('Enabled');
	const one = await put('one');
	const two = await put('two');
	const Tagging = { TagSet: [{ Key: 'old', Value: 'yes' }] };
	expect(await s3.putObjectTagging({ Bucket, Key, VersionId: one.VersionId, Tagging })).toMatchObject({
		VersionId: one.VersionId,
	});
	expect((await s3.getObjectTagging({ Bucket, Key })).TagSet).toEqual([]);
	expect(await s3.getObjectTagging({ Bucket, Key, VersionId: one.VersionId })).toMatchObject(Tagging);
	expect((await s3.getObjectAttributes({ Bucket, Key, ObjectAttributes: ['ETag'] })).VersionId).toBe(two.VersionId);
});
