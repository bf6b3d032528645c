import { IAM } from '@aws-sdk/client-iam';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3 } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestPractice, testPractice } from '../../../testing.ts';

let practice: TestPractice;
let s3: S3;
let iam: IAM;
let Bucket: string;
let count = 0;
beforeAll(async () => {
	practice = await testPractice();
	s3 = new S3(practice.client);
	iam = new IAM(practice.client);
});
beforeEach(async () => {
	Bucket = `guarded-${++count}`;
	await s3.createBucket({ Bucket });
	await s3.putObject({ Bucket, Key: 'open/a', Body: 'hello' });
	await s3.putObject({ Bucket, Key: 'closed/a', Body: 'secret', Tagging: 'level=top' });
});
afterAll(() => practice.close());

const arn = (path = '') => `arn:aws:s3:::${Bucket}${path}`;
const document = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const allow = (Action: string | string[], Resource: string | string[], rest: object = {}) => ({
	...{ Effect: 'Allow', Action, Resource, ...rest },
});
/** A client of a user who may do just this. */
async function userWho(...statements: object[]): Promise<{ client: S3; arn: string }> {
	const UserName = `user-${count}`;
	const { User } = await iam.createUser({ UserName });
	if (statements.length > 0) {
		await iam.putUserPolicy({ UserName, PolicyName: 'p', PolicyDocument: document(...statements) });
	}
	const { AccessKey } = await iam.createAccessKey({ UserName });
	const credentials = { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
	return { client: new S3({ ...practice.client, credentials }), arn: User!.Arn! };
}
const denied = (who: string, action: string, resource: string, why = 'no identity-based policy allows') => ({
	name: 'AccessDenied',
	message: `User: ${who} is not authorized to perform: s3:${action} on resource: "${resource}" because ${why} the s3:${action} action`,
	$metadata: { httpStatusCode: 403 },
});
const policy = (...statements: object[]) => s3.putBucketPolicy({ Bucket, Policy: document(...statements) });

test('a user may what the user’s policy says, by the names that IAM has', async () => {
	const { client, arn: who } = await userWho(
		allow('s3:ListBucket', arn(), { Condition: { StringLike: { 's3:prefix': 'open/*' } } }),
		allow(['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], arn('/open/*')),
	);
	await client.listObjectsV2({ Bucket, Prefix: 'open/' });
	await expect(client.listObjectsV2({ Bucket })).rejects.toMatchObject(denied(who, 'ListBucket', arn()));
	await client.getObject({ Bucket, Key: 'open/a' });
	await client.headObject({ Bucket, Key: 'open/a' });
	await client.putObject({ Bucket, Key: 'open/b', Body: '' });
	await client.deleteObject({ Bucket, Key: 'open/b' });
	const key = arn('/closed/a');
	await expect(client.getObject({ Bucket, Key: 'closed/a' })).rejects.toMatchObject(denied(who, 'GetObject', key));
	await expect(client.headObject({ Bucket, Key: 'closed/a' })).rejects.toMatchObject({
		$metadata: { httpStatusCode: 403 },
	});
	await expect(client.putObject({ Bucket, Key: 'open/c', Body: '', Tagging: 'a=b' })).rejects.toMatchObject(
		denied(who, 'PutObjectTagging', arn('/open/c')),
	);
	await expect(client.getObject({ Bucket, Key: 'open/a', VersionId: 'null' })).rejects.toMatchObject(
		denied(who, 'GetObjectVersion', arn('/open/a')),
	);
	await expect(client.listObjectVersions({ Bucket })).rejects.toMatchObject(denied(who, 'ListBucketVersions', arn()));
	await expect(client.getBucketEncryption({ Bucket })).rejects.toMatchObject(
		denied(who, 'GetEncryptionConfiguration', arn()),
	);
	await expect(client.headBucket({ Bucket })).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
	await expect(client.listBuckets({})).rejects.toMatchObject({ name: 'AccessDenied' });
	await expect(client.createBucket({ Bucket: 'mine-too' })).rejects.toMatchObject(
		denied(who, 'CreateBucket', 'arn:aws:s3:::mine-too'),
	);
	await expect(client.listParts({ Bucket, Key: 'open/a', UploadId: 'x' })).rejects.toMatchObject(
		denied(who, 'ListMultipartUploadParts', arn('/open/a')),
	);
});

test('a copy needs to read there and to write here', async () => {
	const { client, arn: who } = await userWho(
		allow('s3:GetObject', arn('/open/*')),
		allow('s3:PutObject', arn('/to/*')),
	);
	await client.copyObject({ Bucket, Key: 'to/a', CopySource: `${Bucket}/open/a` });
	await expect(client.copyObject({ Bucket, Key: 'to/b', CopySource: `${Bucket}/closed/a` })).rejects.toMatchObject(
		denied(who, 'GetObject', arn('/closed/a')),
	);
	await expect(client.copyObject({ Bucket, Key: 'open/b', CopySource: `${Bucket}/open/a` })).rejects.toMatchObject(
		denied(who, 'PutObject', arn('/open/b')),
	);
});

test('of many deletions, those that are denied are told one by one', async () => {
	const { client, arn: who } = await userWho(allow('s3:DeleteObject', arn('/open/*')));
	const { Deleted, Errors } = await client.deleteObjects({
		...{ Bucket, Delete: { Objects: [{ Key: 'open/a' }, { Key: 'closed/a' }] } },
	});
	expect(Deleted).toEqual([{ Key: 'open/a' }]);
	expect(Errors).toEqual([
		{ Key: 'closed/a', Code: 'AccessDenied', Message: denied(who, 'DeleteObject', arn('/closed/a')).message },
	]);
});

test('whoever may not list is not told what is missing', async () => {
	const { client, arn: who } = await userWho(allow('s3:GetObject', arn('/*')));
	await client.getObject({ Bucket, Key: 'open/a' });
	await expect(client.getObject({ Bucket, Key: 'none' })).rejects.toMatchObject(denied(who, 'ListBucket', arn()));
});

test('conditions look at tags and at how the object is to be encrypted', async () => {
	const { client } = await userWho(
		allow('s3:GetObject', arn('/*'), { Condition: { StringEquals: { 's3:ExistingObjectTag/level': 'top' } } }),
		allow('s3:PutObject', arn('/*'), { Condition: { StringEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } } }),
	);
	await client.getObject({ Bucket, Key: 'closed/a' });
	await expect(client.getObject({ Bucket, Key: 'open/a' })).rejects.toMatchObject({ name: 'AccessDenied' });
	await client.putObject({ Bucket, Key: 'x', Body: '', ServerSideEncryption: 'aws:kms' });
	await expect(client.putObject({ Bucket, Key: 'x', Body: '' })).rejects.toMatchObject({ name: 'AccessDenied' });
});

test('a bucket policy gives and takes', async () => {
	const { client, arn: who } = await userWho();
	await expect(client.getObject({ Bucket, Key: 'open/a' })).rejects.toMatchObject(
		denied(who, 'GetObject', arn('/open/a')),
	);
	await policy(allow('s3:GetObject', arn('/*'), { Principal: { AWS: who } }), {
		Effect: 'Deny',
		Principal: '*',
		Action: 's3:GetObject',
		Resource: arn('/closed/*'),
	});
	await client.getObject({ Bucket, Key: 'open/a' });
	await expect(client.getObject({ Bucket, Key: 'closed/a' })).rejects.toMatchObject({
		message: `User: ${who} is not authorized to perform: s3:GetObject on resource: "${arn('/closed/a')}" with an explicit deny in a resource-based policy`,
	});
});

test('strangers read what a public policy lets them, and nothing else', async () => {
	const get = (path: string, init: RequestInit = {}) => fetch(`${practice.endpoint}/${Bucket}${path}`, init);
	expect((await get('/open/a')).status).toBe(403);
	await s3.deletePublicAccessBlock({ Bucket });
	await policy(allow('s3:GetObject', arn('/open/*'), { Principal: '*' }));
	const response = await get('/open/a', { headers: { range: 'bytes=1-2' } });
	expect([response.status, await response.text(), response.headers.get('content-range')]).toEqual([
		...[206, 'el', 'bytes 1-2/5'],
	]);
	expect((await get('/open/a', { method: 'HEAD' })).headers.get('content-length')).toBe('5');
	expect((await get('/closed/a')).status).toBe(403);
	expect((await get('?list-type=2')).status).toBe(403);
	expect((await get('/open/a', { method: 'PUT', body: 'mine' })).status).toBe(403);
	const renamed = await get('/open/a?response-content-type=text/html');
	expect([renamed.status, await renamed.text()]).toEqual([
		400,
		expect.stringContaining('Request specific response headers cannot be used for anonymous GET requests.'),
	]);
	expect((await fetch(`${practice.endpoint}/no-such-bucket-here/a`)).status).toBe(403);

	await s3.putPublicAccessBlock({ Bucket, PublicAccessBlockConfiguration: { RestrictPublicBuckets: true } });
	expect((await get('/open/a')).status).toBe(403);
	const { client } = await userWho();
	await client.getObject({ Bucket, Key: 'open/a' });
});

test('a presigned URL reads and writes for whoever has it', async () => {
	const url = await getSignedUrl(s3, new GetObjectCommand({ Bucket, Key: 'open/a', ResponseContentType: 'text/x' }));
	const got = await fetch(url);
	expect([got.status, await got.text(), got.headers.get('content-type')]).toEqual([200, 'hello', 'text/x']);
	const part = await fetch(url, { headers: { range: 'bytes=-2' } });
	expect([part.status, await part.text()]).toEqual([206, 'lo']);
	expect((await fetch(url, { method: 'HEAD' })).status).toBe(403);
	const head = await getSignedUrl(s3, new HeadObjectCommand({ Bucket, Key: 'open/a' }));
	expect((await fetch(head, { method: 'HEAD' })).headers.get('content-length')).toBe('5');

	const Key = 'a b+ü/ñ.txt';
	const put = await getSignedUrl(
		s3,
		new PutObjectCommand({
			Bucket,
			Key,
			ContentType: 'text/plain',
			Metadata: { by: 'url' },
			StorageClass: 'STANDARD_IA',
		}),
	);
	const answer = await fetch(put, { method: 'PUT', body: 'sent', headers: { 'content-type': 'text/plain' } });
	expect([answer.status, await answer.text()]).toEqual([200, '']);
	const sent = await s3.getObject({ Bucket, Key });
	expect(await sent.Body!.transformToString()).toBe('sent');
	expect(sent).toMatchObject({ ContentType: 'text/plain', Metadata: { by: 'url' }, StorageClass: 'STANDARD_IA' });
});

test('a presigned URL is good for its time, its key and its rights', async () => {
	const command = new GetObjectCommand({ Bucket, Key: 'open/a' });
	const old = await getSignedUrl(s3, command, { expiresIn: 60, signingDate: new Date(Date.now() - 120_000) });
	const expired = await fetch(old);
	expect([expired.status, await expired.text()]).toEqual([
		403,
		expect.stringContaining('<Code>AccessDenied</Code><Message>Request has expired</Message>'),
	]);
	const url = await getSignedUrl(s3, command);
	const other = await fetch(url.replace('open/a', 'closed/a'));
	expect([other.status, await other.text()]).toEqual([
		403,
		expect.stringContaining('<Code>SignatureDoesNotMatch</Code>'),
	]);
	const added = await fetch(url, { headers: { 'x-amz-expected-bucket-owner': practice.account.id } });
	expect([added.status, await added.text()]).toEqual([
		403,
		expect.stringContaining(
			'<Message>There were headers present in the request which were not signed</Message><HeadersNotSigned>x-amz-expected-bucket-owner</HeadersNotSigned>',
		),
	]);
	const { client } = await userWho();
	expect((await fetch(await getSignedUrl(client, command))).status).toBe(403);
});

test('another account of this installation has buckets of its own', async () => {
	const { card } = practice.practice.accounts.ensure('other');
	const { accessKeyId, secretAccessKey } = card.administrator;
	const theirs = new S3({ ...practice.client, credentials: { accessKeyId, secretAccessKey } });
	await expect(theirs.headBucket({ Bucket })).rejects.toMatchObject({ name: 'NotFound' });
	await theirs.createBucket({ Bucket });
	expect((await theirs.listObjectsV2({ Bucket })).KeyCount).toBe(0);
});
