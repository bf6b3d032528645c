import { S3 } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestPractice, testPractice } from '../../../testing.ts';
import { signed } from './sign.ts';

let practice: TestPractice;
let s3: S3;
let ireland: S3;
beforeAll(async () => {
	practice = await testPractice();
	s3 = new S3(practice.client);
	ireland = new S3({ ...practice.client, region: 'eu-west-1' });
});
afterAll(() => practice.close());

const status = (httpStatusCode: number) => ({ $metadata: expect.objectContaining({ httpStatusCode }) });

test('a bucket that was made is listed with its region, and found', async () => {
	expect(await s3.createBucket({ Bucket: 'made-here' })).toMatchObject({
		Location: '/made-here',
		BucketArn: 'arn:aws:s3:::made-here',
	});
	expect(await s3.headBucket({ Bucket: 'made-here' })).toMatchObject({
		BucketRegion: 'us-east-1',
		AccessPointAlias: false,
	});
	const { Buckets, Owner } = await s3.listBuckets({ Prefix: 'made-' });
	expect(Buckets).toEqual([
		{
			Name: 'made-here',
			BucketRegion: 'us-east-1',
			BucketArn: 'arn:aws:s3:::made-here',
			CreationDate: expect.any(Date),
		},
	]);
	expect(Owner?.ID).toMatch(/^[0-9a-f]{64}$/);
	expect((await s3.getBucketLocation({ Bucket: 'made-here' })).LocationConstraint).toBeUndefined();
});

test('buckets are listed in pages', async () => {
	for (const Bucket of ['paged-1', 'paged-2', 'paged-3']) await s3.createBucket({ Bucket });
	const first = await s3.listBuckets({ Prefix: 'paged-', MaxBuckets: 2 });
	expect(first.Buckets?.map(({ Name }) => Name)).toEqual(['paged-1', 'paged-2']);
	const second = await s3.listBuckets({ Prefix: 'paged-', MaxBuckets: 2, ContinuationToken: first.ContinuationToken! });
	expect(second.Buckets?.map(({ Name }) => Name)).toEqual(['paged-3']);
	expect(second.ContinuationToken).toBeUndefined();
	expect((await s3.listBuckets({ Prefix: 'paged-', BucketRegion: 'eu-west-1' })).Buckets ?? []).toEqual([]);
	await expect(s3.listBuckets({ ContinuationToken: 'nonsense' })).rejects.toMatchObject({
		name: 'InvalidArgument',
		message: 'The continuation token provided is incorrect',
	});
	await expect(s3.listBuckets({ MaxBuckets: 10_001 })).rejects.toMatchObject({ name: 'InvalidArgument' });
});

test('making the same bucket again does nothing in us-east-1 and is refused elsewhere', async () => {
	await s3.createBucket({ Bucket: 'twice' });
	expect(await s3.createBucket({ Bucket: 'twice' })).toMatchObject({ Location: '/twice' });
	const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' } as const;
	await ireland.createBucket({ Bucket: 'twice-in-ireland', CreateBucketConfiguration });
	await expect(ireland.createBucket({ Bucket: 'twice-in-ireland', CreateBucketConfiguration })).rejects.toMatchObject({
		name: 'BucketAlreadyOwnedByYou',
		message: 'Your previous request to create the named bucket succeeded and you already own it.',
		BucketName: 'twice-in-ireland',
		...status(409),
	});
	await expect(ireland.createBucket({ Bucket: 'twice', CreateBucketConfiguration })).rejects.toMatchObject({
		name: 'BucketAlreadyOwnedByYou',
	});
});

test('a bucket in another region has to be named by its region, and addressed there', async () => {
	await expect(
		ireland.createBucket({ Bucket: 'nowhere', CreateBucketConfiguration: { LocationConstraint: 'eu-west-2' } }),
	).rejects.toMatchObject({
		name: 'IllegalLocationConstraintException',
		message:
			'The eu-west-2 location constraint is incompatible for the region specific endpoint this request was sent to.',
	});
	await expect(
		s3.createBucket({ Bucket: 'nowhere', CreateBucketConfiguration: { LocationConstraint: 'us-east-1' as 'EU' } }),
	).rejects.toMatchObject({
		name: 'InvalidLocationConstraint',
		message: 'The specified location-constraint is not valid',
		LocationConstraint: 'us-east-1',
	});
	await s3.createBucket({ Bucket: 'in-ireland', CreateBucketConfiguration: { LocationConstraint: 'EU' } });
	expect((await s3.getBucketLocation({ Bucket: 'in-ireland' })).LocationConstraint).toBe('eu-west-1');
	expect(await ireland.headBucket({ Bucket: 'in-ireland' })).toMatchObject({ BucketRegion: 'eu-west-1' });
	await expect(s3.listObjectsV2({ Bucket: 'in-ireland' })).rejects.toMatchObject({
		name: 'PermanentRedirect',
		message:
			'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.',
		Endpoint: 'in-ireland.s3.eu-west-1.amazonaws.com',
		Bucket: 'in-ireland',
		$response: { headers: expect.objectContaining({ 'x-amz-bucket-region': 'eu-west-1' }) },
		...status(301),
	});
});

test.each([
	'Capital',
	'no_underscore',
	'ab',
	'-first',
	'two..dots',
	'10.0.0.1',
	'xn--name',
	'a-s3alias',
	'a'.repeat(64),
])('%s is no name for a bucket', async (Bucket) => {
	const plain = new S3({ ...practice.client, forcePathStyle: true });
	await expect(plain.createBucket({ Bucket })).rejects.toMatchObject({
		name: 'InvalidBucketName',
		message: 'The specified bucket is not valid.',
		BucketName: Bucket,
		...status(400),
	});
});

test('other kinds of buckets are refused by name', async () => {
	for (const [name, what] of [
		['name--usw2-az1--x-s3', 'S3 directory buckets'],
		['name--table-s3', 'S3 table buckets'],
		['arn%3Aaws%3As3%3Aus-east-1%3A111122223333%3Aaccesspoint%2Fa', 'S3 access points'],
	]) {
		const target = `/${name}/key`;
		const headers = signed(practice, { method: 'GET', target });
		const response = await fetch(practice.endpoint + target, { headers });
		expect(response.status).toBe(501);
		expect(await response.text()).toContain(
			`<Code>NotImplemented</Code><Message>The practice account does not have ${what}. No lab needs it; a real account does.</Message>`,
		);
	}
	await expect(s3.createBucket({ Bucket: 'locked', ObjectLockEnabledForBucket: true })).rejects.toMatchObject({
		name: 'NotImplemented',
		message:
			"The practice account does not have s3:CreateBucket's ObjectLockEnabledForBucket. No lab needs it; a real account does.",
	});
	await expect(s3.createBucket({ Bucket: 'public', ACL: 'public-read' })).rejects.toMatchObject({
		name: 'InvalidBucketAclWithObjectOwnership',
		message: "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
	});
	await expect(
		s3.createBucket({ Bucket: 'public', ACL: 'public-read', ObjectOwnership: 'ObjectWriter' }),
	).rejects.toMatchObject({ name: 'NotImplemented' });
});

test('a bucket that is not there is NoSuchBucket, by its name', async () => {
	for (const ask of [
		() => s3.listObjectsV2({ Bucket: 'not-there' }),
		() => s3.getBucketLocation({ Bucket: 'not-there' }),
		() => s3.deleteBucket({ Bucket: 'not-there' }),
		() => s3.putObject({ Bucket: 'not-there', Key: 'a', Body: 'b' }),
		() => s3.getBucketPolicy({ Bucket: 'not-there' }),
	]) {
		await expect(ask()).rejects.toMatchObject({
			name: 'NoSuchBucket',
			message: 'The specified bucket does not exist',
			BucketName: 'not-there',
			...status(404),
		});
	}
	await expect(s3.headBucket({ Bucket: 'not-there' })).rejects.toMatchObject({ name: 'NotFound', ...status(404) });
});

test('a bucket is not deleted while there is something in it', async () => {
	await s3.createBucket({ Bucket: 'full' });
	await s3.putObject({ Bucket: 'full', Key: 'a', Body: 'b' });
	await expect(s3.deleteBucket({ Bucket: 'full' })).rejects.toMatchObject({
		name: 'BucketNotEmpty',
		message: 'The bucket you tried to delete is not empty',
		BucketName: 'full',
		...status(409),
	});
	await s3.deleteObject({ Bucket: 'full', Key: 'a' });
	await s3.createMultipartUpload({ Bucket: 'full', Key: 'begun' });
	expect(await s3.deleteBucket({ Bucket: 'full' })).toMatchObject(status(204));
	await expect(s3.headBucket({ Bucket: 'full' })).rejects.toMatchObject({ name: 'NotFound' });
});

test('a bucket with versions says that they are in the way', async () => {
	await s3.createBucket({ Bucket: 'versions-left' });
	await s3.putBucketVersioning({ Bucket: 'versions-left', VersioningConfiguration: { Status: 'Enabled' } });
	await s3.putObject({ Bucket: 'versions-left', Key: 'a', Body: 'b' });
	await s3.deleteObject({ Bucket: 'versions-left', Key: 'a' });
	await expect(s3.deleteBucket({ Bucket: 'versions-left' })).rejects.toMatchObject({
		name: 'BucketNotEmpty',
		message: 'The bucket you tried to delete is not empty. You must delete all versions in the bucket.',
	});
});

test('whoever expects another owner is refused', async () => {
	await s3.createBucket({ Bucket: 'mine' });
	await s3.headBucket({ Bucket: 'mine', ExpectedBucketOwner: practice.account.id });
	await expect(s3.listObjectsV2({ Bucket: 'mine', ExpectedBucketOwner: '999999999999' })).rejects.toMatchObject({
		name: 'AccessDenied',
		message: 'Access Denied',
		...status(403),
	});
});

test('tags may come with the bucket', async () => {
	await s3.createBucket({ Bucket: 'tagged', CreateBucketConfiguration: { Tags: [{ Key: 'team', Value: 'blue' }] } });
	expect((await s3.getBucketTagging({ Bucket: 'tagged' })).TagSet).toEqual([{ Key: 'team', Value: 'blue' }]);
});

test('what S3 has and no lab needs is refused by name', async () => {
	await s3.createBucket({ Bucket: 'plain' });
	const refused = (operation: string) => ({
		name: 'NotImplemented',
		message: `The practice account does not have s3:${operation}. No lab needs it; a real account does.`,
		...status(501),
	});
	await expect(
		s3.putBucketWebsite({ Bucket: 'plain', WebsiteConfiguration: { IndexDocument: { Suffix: 'index.html' } } }),
	).rejects.toMatchObject(refused('PutBucketWebsite'));
	await expect(s3.putBucketLogging({ Bucket: 'plain', BucketLoggingStatus: {} })).rejects.toMatchObject(
		refused('PutBucketLogging'),
	);
	await expect(s3.listBucketInventoryConfigurations({ Bucket: 'plain' })).rejects.toMatchObject(
		refused('ListBucketInventoryConfigurations'),
	);
	await expect(s3.restoreObject({ Bucket: 'plain', Key: 'a' })).rejects.toMatchObject(refused('RestoreObject'));
	await expect(
		s3.putBucketNotificationConfiguration({
			Bucket: 'plain',
			NotificationConfiguration: { EventBridgeConfiguration: {} },
		}),
	).rejects.toMatchObject(refused("PutBucketNotificationConfiguration's EventBridgeConfiguration"));
	await s3.putBucketNotificationConfiguration({ Bucket: 'plain', NotificationConfiguration: {} });
});

test('what no bucket has is not there', async () => {
	await s3.createBucket({ Bucket: 'bare' });
	const Bucket = 'bare';
	const { $metadata: _, ...notifications } = await s3.getBucketNotificationConfiguration({ Bucket });
	expect(notifications).toEqual({});
	expect((await s3.getBucketLogging({ Bucket })).LoggingEnabled).toBeUndefined();
	expect((await s3.getBucketAccelerateConfiguration({ Bucket })).Status).toBeUndefined();
	expect((await s3.getBucketRequestPayment({ Bucket })).Payer).toBe('BucketOwner');
	for (const [ask, name, message] of [
		[
			s3.getBucketWebsite({ Bucket }),
			'NoSuchWebsiteConfiguration',
			'The specified bucket does not have a website configuration',
		],
		[
			s3.getBucketReplication({ Bucket }),
			'ReplicationConfigurationNotFoundError',
			'The replication configuration was not found',
		],
		[
			s3.getObjectLockConfiguration({ Bucket }),
			'ObjectLockConfigurationNotFoundError',
			'Object Lock configuration does not exist for this bucket',
		],
	] as const) {
		await expect(ask).rejects.toMatchObject({ name, message, BucketName: Bucket, ...status(404) });
	}
});
