import { S3 } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestPractice, testPractice } from '../../testing.ts';

let practice: TestPractice;
let s3: S3;
beforeAll(async () => {
	practice = await testPractice();
	s3 = new S3(practice.client);
});
afterAll(() => practice.close());

test('an object that was put is there, whole and in part', async () => {
	await s3.createBucket({ Bucket: 'first' });
	const put = await s3.putObject({ Bucket: 'first', Key: 'a/b.txt', Body: 'hello', ContentType: 'text/plain' });
	expect(put).toMatchObject({ ETag: '"5d41402abc4b2a76b9719d911017c592"', ChecksumCRC32: 'NhCmhg==' });

	const whole = await s3.getObject({ Bucket: 'first', Key: 'a/b.txt' });
	expect(await whole.Body!.transformToString()).toBe('hello');
	expect(whole).toMatchObject({ ContentType: 'text/plain', ContentLength: 5, ServerSideEncryption: 'AES256' });

	const part = await s3.getObject({ Bucket: 'first', Key: 'a/b.txt', Range: 'bytes=1-2' });
	expect(await part.Body!.transformToString()).toBe('el');
	expect(part).toMatchObject({ ContentRange: 'bytes 1-2/5', $metadata: { httpStatusCode: 206 } });
});
