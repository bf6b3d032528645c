import { S3 } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { testPractice } from '../../testing.ts';
import { tryOut } from './parts/testing.ts';
import { bucket } from './s3-bucket.ts';
import { bucketPolicy } from './s3-bucket-policy.ts';

const byDefault = {
	OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
	PublicAccessBlockConfiguration: {
		BlockPublicAcls: true,
		IgnorePublicAcls: true,
		BlockPublicPolicy: true,
		RestrictPublicBuckets: true,
	},
	BucketEncryption: {
		ServerSideEncryptionConfiguration: [
			{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false },
		],
	},
};

test('a bucket of few words has a name made up and what S3 gives to all', async () => {
	await using practice = await testPractice();
	const { create, read } = tryOut(practice, bucket);
	const { id, attributes } = create({});
	expect(id).toMatch(/^stack-logical-[a-z0-9]{12}$/);
	expect(attributes).toEqual({
		Arn: `arn:aws:s3:::${id}`,
		DomainName: `${id}.s3.amazonaws.com`,
		DualStackDomainName: `${id}.s3.dualstack.us-east-1.amazonaws.com`,
		RegionalDomainName: `${id}.s3.us-east-1.amazonaws.com`,
		WebsiteURL: `http://${id}.s3-website-us-east-1.amazonaws.com`,
	});
	expect(read(id, {})).toEqual({ BucketName: id, ...byDefault, Tags: [] });
});

test('what a bucket is told comes back as the template has it, and goes with the property', async () => {
	await using practice = await testPractice();
	const { create, read, update, exists, delete: remove } = tryOut(practice, bucket);
	const tags = [
		{ Key: 'team', Value: 'shop' },
		{ Key: 'app', Value: 'orders' },
	];
	const declared = {
		BucketName: 'receipts-of-the-shop',
		AccessControl: 'Private',
		OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' as const }] },
		PublicAccessBlockConfiguration: {
			BlockPublicAcls: true,
			IgnorePublicAcls: true,
			BlockPublicPolicy: false,
			RestrictPublicBuckets: false,
		},
		BucketEncryption: {
			ServerSideEncryptionConfiguration: [
				{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' as const }, BucketKeyEnabled: true },
			],
		},
		VersioningConfiguration: { Status: 'Enabled' as const },
		LifecycleConfiguration: {
			Rules: [
				{ Id: 'old', Status: 'Enabled' as const, NoncurrentVersionExpiration: { NoncurrentDays: 30 } },
				{ Status: 'Enabled' as const, Prefix: 'logs/', ExpirationInDays: 7 },
				{
					Id: 'parts',
					Status: 'Disabled' as const,
					AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
				},
				{
					Id: 'all',
					Status: 'Enabled' as const,
					Prefix: 'a/',
					TagFilters: [{ Key: 'keep', Value: 'no' }],
					ObjectSizeGreaterThan: '1024',
					ExpirationDate: '2031-01-01T00:00:00.000Z',
					Transitions: [{ StorageClass: 'GLACIER', TransitionDate: '2030-01-01' }],
					NoncurrentVersionTransitions: [{ StorageClass: 'GLACIER', TransitionInDays: 10 }],
				},
				{ Id: 'one tag', Status: 'Enabled' as const, TagFilters: [{ Key: 'b', Value: 'c' }], ExpirationInDays: 1 },
			],
		},
		CorsConfiguration: {
			CorsRules: [{ Id: 'site', AllowedMethods: ['GET'], AllowedOrigins: ['*'], ExposedHeaders: ['ETag'], MaxAge: 60 }],
		},
		Tags: tags,
	};
	expect(exists(declared)).toBeUndefined();
	const { id } = create(declared, tags);
	expect(id).toBe('receipts-of-the-shop');
	expect(exists(declared)).toBe(id);
	expect(read(id, declared)).toEqual(declared);
	expect(() => create({ BucketName: id })).toThrow(
		"Resource of type 'AWS::S3::Bucket' with identifier 'receipts-of-the-shop' already exists.",
	);

	const s3 = new S3({ ...practice.client, forcePathStyle: true });
	await s3.putBucketTagging({ Bucket: id, Tagging: { TagSet: [...tags, { Key: 'by-hand', Value: 'yes' }] } });
	update(id, declared, { BucketName: id }, tags, [{ Key: 'team', Value: 'till' }]);
	expect(read(id, { BucketName: id })).toEqual({
		BucketName: id,
		...byDefault,
		VersioningConfiguration: { Status: 'Suspended' },
		Tags: [
			{ Key: 'team', Value: 'till' },
			{ Key: 'by-hand', Value: 'yes' },
		],
	});
	remove(id, declared);
	expect(read(id, declared)).toBeUndefined();
	remove(id, declared);
});

test('the older words of lifecycle rules come back as they were said', async () => {
	await using practice = await testPractice();
	const { create, read } = tryOut(practice, bucket);
	const declared = {
		LifecycleConfiguration: {
			TransitionDefaultMinimumObjectSize: 'varies_by_storage_class' as const,
			Rules: [
				{
					Status: 'Enabled' as const,
					Prefix: '',
					NoncurrentVersionExpirationInDays: 1,
					Transition: { StorageClass: 'Glacier', TransitionInDays: 30 },
					NoncurrentVersionTransition: { StorageClass: 'GLACIER', TransitionInDays: 10, NewerNoncurrentVersions: 2 },
				},
			],
		},
	};
	const { id } = create(declared);
	expect(read(id, declared)).toMatchObject(declared);
});

test('dates of lifecycle rules are those of the calendar, however far the clock has moved', async () => {
	await using practice = await testPractice();
	await practice.account.work.advance(600_000);
	const { create, read } = tryOut(practice, bucket);
	const declared = {
		LifecycleConfiguration: {
			Rules: [{ Id: 'a', Status: 'Enabled' as const, ExpirationDate: '2031-01-01T00:00:00Z' }],
		},
	};
	const { id } = create(declared);
	expect(read(id, declared)).toMatchObject(declared);
	const s3 = new S3({ ...practice.client, forcePathStyle: true });
	const { Rules } = await s3.getBucketLifecycleConfiguration({ Bucket: id });
	expect(Rules![0]!.Expiration!.Date!.toISOString()).toBe('2031-01-01T00:00:00.000Z');
});

test('a bucket that holds something stays', async () => {
	await using practice = await testPractice();
	const { create, delete: remove } = tryOut(practice, bucket);
	create({ BucketName: 'filled-bucket' });
	await new S3({ ...practice.client, forcePathStyle: true }).putObject({
		Bucket: 'filled-bucket',
		Key: 'a',
		Body: 'b',
	});
	expect(() => remove('filled-bucket', {})).toThrow('The bucket you tried to delete is not empty');
});

test('a bucket has a policy while a stack says so', async () => {
	await using practice = await testPractice();
	tryOut(practice, bucket).create({ BucketName: 'with-policy' });
	const { create, read, update, exists, delete: remove } = tryOut(practice, bucketPolicy);
	const policy = (Effect: string) => ({
		Bucket: 'with-policy',
		PolicyDocument: {
			Version: '2012-10-17',
			Statement: [
				{
					Effect,
					Principal: '*',
					Action: 's3:*',
					Resource: 'arn:aws:s3:::with-policy/*',
					Condition: { Bool: { 'aws:SecureTransport': 'false' } },
				},
			],
		},
	});
	const declared = policy('Deny');
	expect(exists(declared)).toBeUndefined();
	expect(create(declared)).toEqual({ id: 'with-policy' });
	expect(exists(declared)).toBe('with-policy');
	expect(read('with-policy', declared)).toEqual(declared);
	const after = { ...declared, PolicyDocument: { ...declared.PolicyDocument, Id: 'later' } };
	update('with-policy', declared, after);
	expect(read('with-policy', after)).toEqual(after);
	remove('with-policy', after);
	expect(read('with-policy', after)).toBeUndefined();
	remove('with-policy', after);
	remove('never-made', after);
	create(declared);
	expect(() => create(declared)).toThrow(
		"Resource of type 'AWS::S3::BucketPolicy' with identifier 'with-policy' already exists.",
	);
});
