import { createHmac, timingSafeEqual } from 'node:crypto';
import type { WireRequest } from '../wire/message.ts';
import type { Signature } from './signature.ts';

/**
 * The older signature in a URL of S3's, which `aws s3 presign` of the AWS CLI 1 still makes.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html
 */
export function readSignatureV2({ headers, search }: WireRequest): Signature | undefined {
	const query = new URLSearchParams(search);
	const accessKeyId = query.get('AWSAccessKeyId');
	const signature = query.get('Signature');
	const expires = query.get('Expires');
	if (!accessKeyId || !signature || !expires) return undefined;
	const token = query.get('x-amz-security-token');
	return {
		...{ accessKeyId, signature, date: '', region: '', service: 's3', presigned: true, version: 2 as const },
		// Here `Expires` is a moment, not a duration.
		...{ time: 0, expires: Number(expires) },
		signedHeaders: Object.keys(headers).filter((name) => name.startsWith('x-amz-')),
		...(token && { sessionToken: token }),
	};
}

/** Whether the request was signed with this secret. */
export function verifyV2({ method, path, search, headers }: WireRequest, signed: Signature, secret: string): boolean {
	const query = [...new URLSearchParams(search)];
	const amz = [
		...Object.entries(headers).filter(([name]) => name.startsWith('x-amz-')),
		...query.map(([name, value]) => [name.toLowerCase(), value] as const).filter(([name]) => name.startsWith('x-amz-')),
	].sort(([one], [other]) => (one < other ? -1 : 1));
	const resources = query
		.filter(([name]) => subresources.has(name))
		.sort(([one], [other]) => (one < other ? -1 : 1))
		.map(([name, value]) => (value ? `${name}=${value}` : name))
		.join('&');
	const text = [
		method,
		headers['content-md5'] ?? '',
		headers['content-type'] ?? '',
		String(signed.expires),
		...amz.map(([name, value]) => `${name}:${value}`),
		`${path}${resources && `?${resources}`}`,
	].join('\n');
	const expected = createHmac('sha1', secret).update(text).digest();
	const given = Buffer.from(signed.signature, 'base64');
	return given.length === expected.length && timingSafeEqual(given, expected);
}

/** Parameters that are part of what is signed. */
const subresources = new Set([
	...['accelerate', 'acl', 'analytics', 'cors', 'defaultObjectAcl', 'delete', 'inventory', 'lifecycle', 'location'],
	...['logging', 'metrics', 'notification', 'partNumber', 'policy', 'replication', 'requestPayment', 'restore'],
	...['tagging', 'torrent', 'uploadId', 'uploads', 'versionId', 'versioning', 'versions', 'website'],
	...['response-cache-control', 'response-content-disposition', 'response-content-encoding'],
	...['response-content-language', 'response-content-type', 'response-expires'],
]);
