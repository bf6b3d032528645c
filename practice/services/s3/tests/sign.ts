import { createHash, createHmac } from 'node:crypto';
import type { TestPractice } from '../../../testing.ts';

interface Signing {
	method: string;
	/** Encoded, as it is sent; with the query behind it. */
	target: string;
	headers?: Record<string, string>;
	/** What `x-amz-content-sha256` says. */
	hash?: string;
}

/** Headers for a request by hand, signed as the administrator: for what no client would send. */
export function signed(
	{ endpoint, credentials }: TestPractice,
	{ method, target, headers = {}, hash = 'UNSIGNED-PAYLOAD' }: Signing,
): Record<string, string> {
	const stamp = new Date().toISOString().replace(/[-:]|\.\d{3}/g, '');
	const scope = `${stamp.slice(0, 8)}/us-east-1/s3/aws4_request`;
	const all: Record<string, string> = {
		...{ host: new URL(endpoint).host, ...headers, 'x-amz-content-sha256': hash, 'x-amz-date': stamp },
	};
	const names = Object.keys(all).sort();
	const [path = '', query = ''] = target.split('?');
	const canonical = [
		method,
		path,
		query
			.split('&')
			.filter(Boolean)
			.map((pair) => (pair.includes('=') ? pair : `${pair}=`))
			.sort()
			.join('&'),
		...names.map((name) => `${name}:${all[name]}`),
		'',
		names.join(';'),
		hash,
	].join('\n');
	const text = `AWS4-HMAC-SHA256\n${stamp}\n${scope}\n${createHash('sha256').update(canonical).digest('hex')}`;
	const key = scope
		.split('/')
		.reduce<string | Buffer>(
			(previous, part) => createHmac('sha256', previous).update(part).digest(),
			`AWS4${credentials.secretAccessKey}`,
		);
	const signature = createHmac('sha256', key).update(text).digest('hex');
	return {
		...all,
		authorization: `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`,
	};
}
