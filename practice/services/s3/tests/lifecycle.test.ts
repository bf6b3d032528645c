import { type LifecycleRule, S3 } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type TestPractice, testPractice } from '../../../testing.ts';

let practice: TestPractice;
let s3: S3;
const Bucket = 'aging';
beforeEach(async () => {
	practice = await testPractice();
	s3 = new S3(practice.client);
	await s3.createBucket({ Bucket });
});
afterEach(() => practice.close());

const day = 86_400_000;
const age = (days: number) => practice.account.work.advance(days * day);
const rules = (...Rules: Partial<LifecycleRule>[]) =>
	s3.putBucketLifecycleConfiguration({
		Bucket,
		LifecycleConfiguration: { Rules: Rules.map((rule) => ({ Status: 'Enabled', Filter: {}, ...rule })) },
	});
const put = (Key: string, rest: object = {}) => s3.putObject({ Bucket, Key, Body: Key, ...rest });
const keys = async () => (await s3.listObjectsV2({ Bucket })).Contents?.map(({ Key }) => Key) ?? [];
const versioned = () => s3.putBucketVersioning({ Bucket, VersioningConfiguration: { Status: 'Enabled' } });
const versions = async () => {
	const { Versions = [], DeleteMarkers = [] } = await s3.listObjectVersions({ Bucket });
	return { versions: Versions.length, markers: DeleteMarkers.length };
};

test('rules are put, shown with their names, and taken away', async () => {
	const none = {
		name: 'NoSuchLifecycleConfiguration',
		message: 'The lifecycle configuration does not exist',
		BucketName: Bucket,
		$metadata: expect.objectContaining({ httpStatusCode: 404 }),
	};
	await expect(s3.getBucketLifecycleConfiguration({ Bucket })).rejects.toMatchObject(none);
	await rules({ Expiration: { Days: 3 }, Filter: { Prefix: 'logs/' } }, { ID: 'x', Expiration: { Days: 9 } });
	expect(await s3.getBucketLifecycleConfiguration({ Bucket })).toMatchObject({
		TransitionDefaultMinimumObjectSize: 'all_storage_classes_128K',
		Rules: [
			{ ID: expect.stringMatching(/^.{48}$/), Status: 'Enabled', Filter: { Prefix: 'logs/' }, Expiration: { Days: 3 } },
			{ ID: 'x', Expiration: { Days: 9 } },
		],
	});
	await s3.deleteBucketLifecycle({ Bucket });
	await expect(s3.getBucketLifecycleConfiguration({ Bucket })).rejects.toMatchObject(none);
});

test('an object expires at the midnight after its days, and says so before', async () => {
	await rules({ ID: 'short lived', Expiration: { Days: 2 }, Filter: { Prefix: 'logs/' } });
	const { Expiration } = await put('logs/a');
	await put('kept');
	const midnight = new Date(Math.ceil((Date.now() + 2 * day - 1000) / day) * day);
	expect(Expiration).toBe(`expiry-date="${midnight.toUTCString()}", rule-id="short%20lived"`);
	expect((await s3.headObject({ Bucket, Key: 'logs/a' })).Expiration).toBe(Expiration);
	await age(1.9);
	expect(await keys()).toEqual(['kept', 'logs/a']);
	await age(1.1);
	expect(await keys()).toEqual(['kept']);
});

test('a rule is about tags and sizes as well', async () => {
	await rules(
		{ Expiration: { Days: 1 }, Filter: { Tag: { Key: 'kind', Value: 'scratch' } } },
		{ Expiration: { Days: 1 }, Filter: { And: { Prefix: 'big/', ObjectSizeGreaterThan: 100 } } },
		{ Expiration: { Days: 1 }, Filter: {}, Status: 'Disabled' },
	);
	await put('a', { Tagging: 'kind=scratch' });
	await put('b', { Tagging: 'kind=other' });
	await put('big/yes', { Body: Buffer.alloc(101) });
	await put('big/no', { Body: Buffer.alloc(100) });
	await age(2);
	expect(await keys()).toEqual(['b', 'big/no']);
});

test('in a bucket with versions, expiry leaves a marker, then old versions go, then the marker', async () => {
	await versioned();
	await rules(
		{ Expiration: { Days: 1 } },
		{ NoncurrentVersionExpiration: { NoncurrentDays: 3 }, Filter: { Prefix: '' } },
	);
	await put('a');
	await put('a');
	await age(2);
	expect(await versions()).toEqual({ versions: 2, markers: 1 });
	await age(5);
	expect(await versions()).toEqual({ versions: 0, markers: 0 });
});

test('the newest noncurrent versions may be kept', async () => {
	await versioned();
	await rules({ NoncurrentVersionExpiration: { NoncurrentDays: 1, NewerNoncurrentVersions: 2 } });
	for (let index = 0; index < 5; index++) await put('a');
	await age(3);
	expect(await versions()).toEqual({ versions: 3, markers: 0 });
});

test('a delete marker with nothing behind it goes where the rule says so', async () => {
	await versioned();
	const { VersionId } = await put('a');
	await s3.deleteObject({ Bucket, Key: 'a' });
	await rules({ Expiration: { ExpiredObjectDeleteMarker: true } });
	await age(1);
	expect(await versions()).toEqual({ versions: 1, markers: 1 });
	await s3.deleteObject({ Bucket, Key: 'a', VersionId: VersionId! });
	await age(1);
	expect(await versions()).toEqual({ versions: 0, markers: 0 });
});

test('uploads that are never completed are aborted', async () => {
	await rules({ ID: 'abort', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 }, Filter: { Prefix: 'big/' } });
	const { UploadId, AbortDate, AbortRuleId } = await s3.createMultipartUpload({ Bucket, Key: 'big/a' });
	expect(AbortRuleId).toBe('abort');
	expect(AbortDate!.getTime()).toBeGreaterThan(Date.now() + day - 2000);
	await s3.uploadPart({ Bucket, Key: 'big/a', UploadId: UploadId!, PartNumber: 1, Body: 'x' });
	await s3.createMultipartUpload({ Bucket, Key: 'other' });
	await age(3);
	expect((await s3.listMultipartUploads({ Bucket })).Uploads?.map(({ Key }) => Key)).toEqual(['other']);
	expect(practice.account.db.all('SELECT * FROM blobs')).toEqual([]);
});

test('objects move to colder classes, small ones only where the rule is about sizes', async () => {
	await rules({
		Transitions: [
			{ Days: 30, StorageClass: 'STANDARD_IA' },
			{ Days: 60, StorageClass: 'GLACIER' },
		],
	});
	await put('big', { Body: Buffer.alloc(200_000) });
	await put('small');
	await age(32);
	const classes = async () => (await s3.listObjectsV2({ Bucket })).Contents?.map((each) => each.StorageClass);
	expect(await classes()).toEqual(['STANDARD_IA', 'STANDARD']);
	await age(30);
	expect(await classes()).toEqual(['GLACIER', 'STANDARD']);
	await expect(s3.getObject({ Bucket, Key: 'big' })).rejects.toMatchObject({
		name: 'InvalidObjectState',
		message: "The operation is not valid for the object's storage class",
		StorageClass: 'GLACIER',
	});
	await expect(s3.copyObject({ Bucket, Key: 'copy', CopySource: `${Bucket}/big` })).rejects.toMatchObject({
		name: 'ObjectNotInActiveTierError',
	});
});

test('rules go on from day to day, and end with the bucket or the rules', async () => {
	await rules({ Expiration: { Days: 1 } });
	await rules({ Expiration: { Days: 2 } });
	const jobs = () => practice.account.db.all("SELECT * FROM work WHERE kind = 's3.lifecycle'").length;
	expect(jobs()).toBe(1);
	await age(10);
	expect(jobs()).toBe(1);
	expect(practice.account.work.busy()).toBe(false);
	await put('a');
	await age(4);
	expect(await keys()).toEqual([]);
	await s3.deleteBucketLifecycle({ Bucket });
	expect(jobs()).toBe(0);
	await rules({ Expiration: { Days: 1 } });
	await s3.deleteBucket({ Bucket });
	expect(jobs()).toBe(0);
});

const malformed = {
	name: 'MalformedXML',
	message: 'The XML you provided was not well-formed or did not validate against our published schema',
};
test.each([
	[[], malformed],
	[[{ Status: 'On' as 'Enabled', Expiration: { Days: 1 } }], malformed],
	[[{ Filter: undefined, Expiration: { Days: 1 } }], malformed],
	[[{ Expiration: { Days: 1, ExpiredObjectDeleteMarker: true } }], malformed],
	[[{}], { name: 'InvalidRequest', message: 'At least one action needs to be specified in a rule' }],
	[
		[{ Expiration: { Days: 0 } }],
		{ name: 'InvalidArgument', message: "'Days' for Expiration action must be a positive integer" },
	],
	[
		[{ Expiration: { Date: new Date('2030-01-01T12:00:00Z') } }],
		{ name: 'InvalidArgument', message: "'Date' must be at midnight GMT" },
	],
	[
		[
			{ ID: 'a', Expiration: { Days: 1 } },
			{ ID: 'a', Expiration: { Days: 2 } },
		],
		{ message: 'Rule ID must be unique. Found same ID for more than one rule' },
	],
	[[{ ID: 'a'.repeat(256), Expiration: { Days: 1 } }], { message: 'ID length should not exceed allowed limit of 255' }],
	[
		[{ AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 }, Filter: { Tag: { Key: 'a', Value: 'b' } } }],
		{ name: 'InvalidRequest', message: 'AbortIncompleteMultipartUpload cannot be specified with Tags.' },
	],
	[
		[{ Transitions: [{ Days: 10, StorageClass: 'STANDARD_IA' as const }] }],
		{ message: "'Days' in Transition action must be greater than or equal to 30 for storageClass 'STANDARD_IA'" },
	],
])('rules that S3 refuses: %#', async (some, error) => {
	await expect(rules(...(some as Partial<LifecycleRule>[]))).rejects.toMatchObject(error);
});
