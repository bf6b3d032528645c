import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestPractice, testPractice } from '../../../testing.ts';

const run = promisify(execFile);
let practice: TestPractice;
let folder: string;
let env: Record<string, string>;
beforeAll(async () => {
	practice = await testPractice();
	folder = mkdtempSync(join(tmpdir(), 'practice-s3-'));
	env = { ...practice.env, PATH: process.env['PATH']!, HOME: folder };
});
afterAll(async () => {
	rmSync(folder, { recursive: true, force: true });
	await practice.close();
});

/** What the AWS CLI prints; with `fails` what it complains of. */
async function aws(...args: string[]): Promise<string> {
	const { stdout } = await run('aws', args, { env, cwd: folder });
	return stdout;
}
const complaint = (...args: string[]) =>
	aws(...args).then(
		() => expect.unreachable('it should have failed'),
		(error: { stderr: string }) => error.stderr.trim(),
	);
const json = async (...args: string[]) => JSON.parse(await aws('s3api', ...args, '--output', 'json'));

test('the AWS CLI makes a bucket, fills it, looks, reads, and takes it all away', { timeout: 120_000 }, async () => {
	const large = randomBytes(20 * 1024 * 1024);
	writeFileSync(join(folder, 'large.bin'), large);
	expect(await aws('s3', 'mb', 's3://cli')).toBe('make_bucket: cli\n');
	expect(await aws('s3', 'cp', '--no-progress', 'large.bin', 's3://cli/deep/')).toBe(
		'upload: ./large.bin to s3://cli/deep/large.bin\n',
	);
	const { ETag, ContentLength } = await json('head-object', '--bucket', 'cli', '--key', 'deep/large.bin');
	expect([ETag, ContentLength]).toEqual([expect.stringMatching(/^"[0-9a-f]{32}-3"$/), large.length]);
	await aws('s3', 'cp', '--no-progress', 's3://cli/deep/large.bin', 'back.bin');
	const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
	expect(sha(readFileSync(join(folder, 'back.bin')))).toBe(sha(large));
	expect(await aws('s3', 'ls', 's3://cli')).toMatch(/^ +PRE deep\/\n$/);
	expect(await aws('s3', 'ls', 's3://cli', '--recursive')).toMatch(/^[\d-]+ [\d:]+ +20971520 deep\/large.bin\n$/);
	await aws('s3', 'cp', '--no-progress', 's3://cli/deep/large.bin', 's3://cli/copy.bin');
	expect(await complaint('s3', 'rb', 's3://cli')).toContain(
		'An error occurred (BucketNotEmpty) when calling the DeleteBucket operation: The bucket you tried to delete is not empty',
	);
	expect(await aws('s3', 'rb', '--force', 's3://cli')).toContain('remove_bucket: cli');
	expect(practice.account.db.all('SELECT * FROM blobs')).toEqual([]);
});

test('the AWS CLI keeps a folder and a bucket alike, whatever the names', { timeout: 120_000 }, async () => {
	const source = join(folder, 'tree');
	const names = ['a.txt', 'b c/d+e.txt', 'Grüße/日本.txt', "it's 100%&more;.txt"];
	for (const name of names) {
		mkdirSync(join(source, name, '..'), { recursive: true });
		writeFileSync(join(source, name), name);
	}
	await aws('s3', 'mb', 's3://mirror');
	await aws('s3', 'sync', 'tree', 's3://mirror/here');
	expect(await aws('s3', 'sync', 'tree', 's3://mirror/here')).toBe('');
	await aws('s3', 'sync', 's3://mirror/here', 'again');
	for (const name of names) expect(readFileSync(join(folder, 'again', name), 'utf8')).toBe(name);
	rmSync(join(source, 'a.txt'));
	expect(await aws('s3', 'sync', '--delete', 'tree', 's3://mirror/here')).toBe('delete: s3://mirror/here/a.txt\n');
	const { Contents } = await json('list-objects-v2', '--bucket', 'mirror');
	expect(Contents.map(({ Key }: { Key: string }) => Key)).toEqual(
		names
			.slice(1)
			.map((name) => `here/${name}`)
			.sort(),
	);
	const url = (await aws('s3', 'presign', 's3://mirror/here/b c/d+e.txt')).trim();
	const { stdout } = await run('curl', ['-s', '-r', '0-2', '-D', '-', url]);
	expect(stdout).toMatch(
		/^HTTP\/1.1 206 Partial Content\r\n[\s\S]*content-range: bytes 0-2\/11\r\n[\s\S]*\r\n\r\nb c$/i,
	);
	await aws('s3', 'rm', '--recursive', 's3://mirror');
	await aws('s3', 'rb', 's3://mirror');
});

test('the AWS CLI finds a bucket of another region, and hears why it cannot make one there', {
	timeout: 120_000,
}, async () => {
	expect(await complaint('s3api', 'create-bucket', '--bucket', 'far', '--region', 'eu-west-1')).toContain(
		'An error occurred (IllegalLocationConstraintException) when calling the CreateBucket operation: The unspecified location constraint is incompatible for the region specific endpoint this request was sent to.',
	);
	await aws('s3', 'mb', 's3://far', '--region', 'eu-west-1');
	expect(await json('get-bucket-location', '--bucket', 'far')).toEqual({ LocationConstraint: 'eu-west-1' });
	writeFileSync(join(folder, 'note'), 'far away');
	await aws('s3', 'cp', '--no-progress', 'note', 's3://far/note');
	const url = (await aws('s3', 'presign', 's3://far/note')).trim();
	expect(await (await fetch(url)).text()).toBe('far away');
	expect((await fetch(url.replace('far/note', 'far/other'))).status).toBe(403);
	expect((await fetch(url.replace(/Expires=\d+/, 'Expires=1'))).status).toBe(403);
	const late = (await aws('s3', 'presign', 's3://far/note', '--expires-in', '-5')).trim();
	expect(await (await fetch(late)).text()).toContain('<Message>Request has expired</Message>');
	expect(await aws('s3', 'cp', 's3://far/note', '-')).toBe('far away');
	expect(await complaint('s3api', 'head-object', '--bucket', 'far', '--key', 'none')).toContain(
		'An error occurred (404) when calling the HeadObject operation: Not Found',
	);
});

test('the AWS CLI reads settings and checksums', { timeout: 120_000 }, async () => {
	await aws('s3', 'mb', 's3://settings');
	await aws('s3api', 'put-bucket-versioning', '--bucket', 'settings', '--versioning-configuration', 'Status=Enabled');
	writeFileSync(join(folder, 'body'), 'hello');
	const put = await json(
		...['put-object', '--bucket', 'settings', '--key', 'k', '--body', 'body', '--checksum-algorithm', 'SHA256'],
	);
	expect(put).toMatchObject({
		ChecksumSHA256: 'LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=',
		ServerSideEncryption: 'AES256',
	});
	const { Grants } = await json('get-bucket-acl', '--bucket', 'settings');
	expect(Grants).toEqual([{ Grantee: { ID: expect.any(String), Type: 'CanonicalUser' }, Permission: 'FULL_CONTROL' }]);
	const head = await json('head-object', '--bucket', 'settings', '--key', 'k', '--checksum-mode', 'ENABLED');
	expect(head).toMatchObject({ VersionId: put.VersionId, ChecksumSHA256: put.ChecksumSHA256, ContentLength: 5 });
	const { Versions } = await json('list-object-versions', '--bucket', 'settings');
	expect(Versions).toMatchObject([{ Key: 'k', VersionId: put.VersionId, IsLatest: true }]);
	expect(await complaint('s3api', 'get-bucket-lifecycle-configuration', '--bucket', 'settings')).toContain(
		'(NoSuchLifecycleConfiguration) when calling the GetBucketLifecycleConfiguration operation: The lifecycle configuration does not exist',
	);
});
