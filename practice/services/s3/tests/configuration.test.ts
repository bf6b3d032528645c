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
	Bucket = `settings-${++count}`;
	await s3.createBucket({ Bucket });
});
afterAll(() => practice.close());

const missing = (name: string, message: string) => ({
	...{ name, message, BucketName: Bucket },
	$metadata: expect.objectContaining({ httpStatusCode: 404 }),
});
const malformed = {
	name: 'MalformedXML',
	message: 'The XML you provided was not well-formed or did not validate against our published schema',
};
const policy = (statement: object) =>
	JSON.stringify({
		Version: '2012-10-17',
		Statement: [
			{
				...{ Effect: 'Allow', Principal: { AWS: practice.account.id }, Action: 's3:GetObject' },
				...{ Resource: `arn:aws:s3:::${Bucket}/*`, ...statement },
			},
		],
	});
const open = () => s3.deletePublicAccessBlock({ Bucket });

test('versioning is off, then on, then suspended, and never off again', async () => {
	expect((await s3.getBucketVersioning({ Bucket })).Status).toBeUndefined();
	for (const Status of ['Enabled', 'Suspended'] as const) {
		await s3.putBucketVersioning({ Bucket, VersioningConfiguration: { Status } });
		expect((await s3.getBucketVersioning({ Bucket })).Status).toBe(Status);
	}
	await expect(s3.putBucketVersioning({ Bucket, VersioningConfiguration: {} })).rejects.toMatchObject({
		name: 'IllegalVersioningConfigurationException',
		message: 'The Versioning element must be specified',
	});
	await expect(
		s3.putBucketVersioning({ Bucket, VersioningConfiguration: { Status: 'Off' as 'Enabled' } }),
	).rejects.toMatchObject(malformed);
	await expect(
		s3.putBucketVersioning({ Bucket, VersioningConfiguration: { Status: 'Enabled', MFADelete: 'Enabled' } }),
	).rejects.toMatchObject({ name: 'NotImplemented' });
});

test('tags are put, shown and taken away', async () => {
	await expect(s3.getBucketTagging({ Bucket })).rejects.toMatchObject(
		missing('NoSuchTagSet', 'The TagSet does not exist'),
	);
	const TagSet = [
		{ Key: 'team', Value: 'blue' },
		{ Key: 'cost center', Value: '' },
	];
	await s3.putBucketTagging({ Bucket, Tagging: { TagSet } });
	expect((await s3.getBucketTagging({ Bucket })).TagSet).toEqual(TagSet);
	await s3.deleteBucketTagging({ Bucket });
	await expect(s3.getBucketTagging({ Bucket })).rejects.toMatchObject({ name: 'NoSuchTagSet' });
});

test.each([
	[
		[
			{ Key: 'a', Value: '1' },
			{ Key: 'a', Value: '2' },
		],
		'InvalidTag',
		'Cannot provide multiple Tags with the same key',
	],
	[[{ Key: 'a'.repeat(129), Value: '1' }], 'InvalidTag', 'The TagKey you have provided is invalid'],
	[[{ Key: 'a', Value: 'v'.repeat(257) }], 'InvalidTag', 'The TagValue you have provided is invalid'],
	[[{ Key: 'aws:a', Value: '1' }], 'InvalidTag', 'System tags cannot be added/updated by requester'],
	[
		Array.from({ length: 51 }, (_, index) => ({ Key: `k${index}`, Value: '' })),
		'BadRequest',
		'Bucket tags cannot be greater than 50',
	],
])('tags that are not allowed are refused: %#', async (TagSet, name, message) => {
	await expect(s3.putBucketTagging({ Bucket, Tagging: { TagSet } })).rejects.toMatchObject({ name, message });
});

test('a bucket policy is put, shown, judged and taken away', async () => {
	const none = missing('NoSuchBucketPolicy', 'The bucket policy does not exist');
	await expect(s3.getBucketPolicy({ Bucket })).rejects.toMatchObject(none);
	await expect(s3.getBucketPolicyStatus({ Bucket })).rejects.toMatchObject(none);
	await s3.putBucketPolicy({ Bucket, Policy: policy({}) });
	expect((await s3.getBucketPolicy({ Bucket })).Policy).toBe(policy({}));
	expect((await s3.getBucketPolicyStatus({ Bucket })).PolicyStatus).toEqual({ IsPublic: false });
	await s3.deleteBucketPolicy({ Bucket });
	await expect(s3.getBucketPolicy({ Bucket })).rejects.toMatchObject(none);
});

test('a public policy is refused until the bucket allows such', async () => {
	const Policy = policy({ Principal: '*' });
	await expect(s3.putBucketPolicy({ Bucket, Policy })).rejects.toMatchObject({
		name: 'AccessDenied',
		message: `User: arn:aws:iam::${practice.account.id}:user/administrator is not authorized to perform: s3:PutBucketPolicy on resource: "arn:aws:s3:::${Bucket}" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.`,
	});
	await open();
	await s3.putBucketPolicy({ Bucket, Policy });
	expect((await s3.getBucketPolicyStatus({ Bucket })).PolicyStatus).toEqual({ IsPublic: true });
});

test.each([
	['a fixed network', { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, false],
	['the whole internet', { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } }, true],
	['a source account', { StringEquals: { 'aws:SourceAccount': '111122223333' } }, false],
	['an agent anyone can claim to be', { StringEquals: { 'aws:UserAgent': 'me' } }, true],
	['all but one network', { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, true],
])('a policy for everybody from %s is judged', async (_, Condition, IsPublic) => {
	await open();
	await s3.putBucketPolicy({ Bucket, Policy: policy({ Principal: '*', Condition }) });
	expect((await s3.getBucketPolicyStatus({ Bucket })).PolicyStatus).toEqual({ IsPublic });
});

test.each([
	['{', 'This policy contains invalid Json'],
	['nonsense', "Policies must be valid JSON and the first byte must be '{'"],
	['{"Version":"2012-10-17","Statement":[]}', 'Could not parse the policy: Statement is empty!'],
])('%s is no policy', async (Policy, message) => {
	await expect(s3.putBucketPolicy({ Bucket, Policy })).rejects.toMatchObject({ name: 'MalformedPolicy', message });
});

test.each([
	[{ Resource: 'arn:aws:s3:::another/*' }, 'Policy has invalid resource'],
	[{ Resource: undefined }, 'Missing required field Resource'],
	[{ Principal: { AWS: 'somebody' } }, 'Invalid principal in policy'],
	[{ Action: 's3:ListBucket' }, 'Action does not apply to any resource(s) in statement'],
	[{ Principal: undefined }, 'Missing required field Principal'],
])('a policy has to be about its bucket: %o', async (statement, message) => {
	await expect(s3.putBucketPolicy({ Bucket, Policy: policy(statement) })).rejects.toMatchObject({
		...{ name: 'MalformedPolicy', message },
		$metadata: { httpStatusCode: 400 },
	});
});

test('a bucket is encrypted by S3, by a key of KMS where it says so, and by S3 again', async () => {
	const rules = async () => (await s3.getBucketEncryption({ Bucket })).ServerSideEncryptionConfiguration?.Rules;
	const byS3 = [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false }];
	expect(await rules()).toEqual(byS3);
	const Rules = [
		{
			ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' as const, KMSMasterKeyID: 'alias/mine' },
			BucketKeyEnabled: true,
		},
	];
	await s3.putBucketEncryption({ Bucket, ServerSideEncryptionConfiguration: { Rules } });
	expect(await rules()).toEqual(Rules);
	expect(await s3.putObject({ Bucket, Key: 'a', Body: 'b' })).toMatchObject({
		ServerSideEncryption: 'aws:kms',
		SSEKMSKeyId: `arn:aws:kms:us-east-1:${practice.account.id}:alias/mine`,
		BucketKeyEnabled: true,
	});
	await s3.deleteBucketEncryption({ Bucket });
	expect(await rules()).toEqual(byS3);

	await expect(
		s3.putBucketEncryption({ Bucket, ServerSideEncryptionConfiguration: { Rules: [] } }),
	).rejects.toMatchObject(malformed);
	const key = { SSEAlgorithm: 'AES256' as const, KMSMasterKeyID: 'mine' };
	await expect(
		s3.putBucketEncryption({
			...{ Bucket, ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault: key }] } },
		}),
	).rejects.toMatchObject({
		name: 'InvalidArgument',
		message: 'a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse',
	});
});

test('public access is blocked from the beginning', async () => {
	const block = async () => (await s3.getPublicAccessBlock({ Bucket })).PublicAccessBlockConfiguration;
	expect(await block()).toEqual({
		...{ BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true },
	});
	await s3.putPublicAccessBlock({ Bucket, PublicAccessBlockConfiguration: { BlockPublicAcls: true } });
	expect(await block()).toEqual({
		...{ BlockPublicAcls: true, IgnorePublicAcls: false, BlockPublicPolicy: false, RestrictPublicBuckets: false },
	});
	await s3.deletePublicAccessBlock({ Bucket });
	await expect(s3.getPublicAccessBlock({ Bucket })).rejects.toMatchObject(
		missing('NoSuchPublicAccessBlockConfiguration', 'The public access block configuration was not found'),
	);
});

test('the owner owns all objects, unless the controls say otherwise', async () => {
	const rules = async () => (await s3.getBucketOwnershipControls({ Bucket })).OwnershipControls?.Rules;
	expect(await rules()).toEqual([{ ObjectOwnership: 'BucketOwnerEnforced' }]);
	const Rules = [{ ObjectOwnership: 'BucketOwnerPreferred' as const }];
	await s3.putBucketOwnershipControls({ Bucket, OwnershipControls: { Rules } });
	expect(await rules()).toEqual(Rules);
	await s3.deleteBucketOwnershipControls({ Bucket });
	await expect(s3.getBucketOwnershipControls({ Bucket })).rejects.toMatchObject(
		missing('OwnershipControlsNotFoundError', 'The bucket ownership controls were not found'),
	);
	await expect(s3.putBucketOwnershipControls({ Bucket, OwnershipControls: { Rules: [] } })).rejects.toMatchObject(
		malformed,
	);
});

test('CORS rules are put, shown and taken away', async () => {
	await expect(s3.getBucketCors({ Bucket })).rejects.toMatchObject(
		missing('NoSuchCORSConfiguration', 'The CORS configuration does not exist'),
	);
	const CORSRules = [{ AllowedMethods: ['GET', 'PUT'], AllowedOrigins: ['https://*.example.com'], MaxAgeSeconds: 60 }];
	await s3.putBucketCors({ Bucket, CORSConfiguration: { CORSRules } });
	expect((await s3.getBucketCors({ Bucket })).CORSRules).toEqual(CORSRules);
	await s3.deleteBucketCors({ Bucket });
	await expect(s3.getBucketCors({ Bucket })).rejects.toMatchObject({ name: 'NoSuchCORSConfiguration' });
	const put = (rule: object) =>
		s3.putBucketCors({
			...{ Bucket, CORSConfiguration: { CORSRules: [{ AllowedMethods: ['GET'], AllowedOrigins: ['*'], ...rule }] } },
		});
	await expect(put({ AllowedMethods: ['PATCH'] })).rejects.toMatchObject({
		name: 'InvalidRequest',
		message: 'Found unsupported HTTP method in CORS config. Unsupported method is PATCH',
	});
	await expect(put({ AllowedOrigins: ['*.*'] })).rejects.toMatchObject({
		message: 'AllowedOrigin "*.*" can not have more than one wildcard.',
	});
	await expect(s3.putBucketCors({ Bucket, CORSConfiguration: { CORSRules: [] } })).rejects.toMatchObject(malformed);
});

test('the access list gives everything to the owner and cannot be another', async () => {
	const { Owner, Grants } = await s3.getBucketAcl({ Bucket });
	expect(Owner).toEqual({ ID: expect.stringMatching(/^[0-9a-f]{64}$/) });
	expect(Grants).toEqual([{ Grantee: { ID: Owner!.ID, Type: 'CanonicalUser' }, Permission: 'FULL_CONTROL' }]);
	await s3.putObject({ Bucket, Key: 'a', Body: 'b' });
	expect(await s3.getObjectAcl({ Bucket, Key: 'a' })).toMatchObject({ Owner, Grants });
	await s3.putBucketAcl({ Bucket, ACL: 'private' });
	await s3.putObjectAcl({ Bucket, Key: 'a', ACL: 'bucket-owner-full-control' });

	const unsupported = { name: 'AccessControlListNotSupported', message: 'The bucket does not allow ACLs' };
	await expect(s3.putBucketAcl({ Bucket, ACL: 'public-read' })).rejects.toMatchObject(unsupported);
	await expect(s3.putObjectAcl({ Bucket, Key: 'a', ACL: 'public-read' })).rejects.toMatchObject(unsupported);
	await expect(s3.putObject({ Bucket, Key: 'a', ACL: 'public-read' })).rejects.toMatchObject(unsupported);
	await s3.putBucketOwnershipControls({
		...{ Bucket, OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] } },
	});
	const refused = {
		name: 'NotImplemented',
		message:
			'The practice account does not have S3 access lists such as public-read. No lab needs it; a real account does.',
	};
	await expect(s3.putBucketAcl({ Bucket, ACL: 'public-read' })).rejects.toMatchObject(refused);
	await expect(s3.putObject({ Bucket, Key: 'a', ACL: 'public-read' })).rejects.toMatchObject(refused);
	await expect(s3.putBucketAcl({ Bucket, GrantRead: 'id="a"' })).rejects.toMatchObject({ name: 'NotImplemented' });
});
