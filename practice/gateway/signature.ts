import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import type { WireRequest } from '../wire/message.ts';

/** What a request says about who signed it, and how. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
export interface Signature {
	accessKeyId: string;
	/** `20261122` */
	date: string;
	region: string;
	service: string;
	signedHeaders: string[];
	signature: string;
	/** When it was signed, host time, ms. */
	time: number;
	/** For a presigned URL: how long it is good for, seconds. */
	expires?: number;
	presigned: boolean;
	/** 4 unless it says otherwise. */
	version?: 2;
	sessionToken?: string;
}

const parts = {
	Credential: /Credential=([^,\s]+)/,
	SignedHeaders: /SignedHeaders=([^,\s]+)/,
	Signature: /Signature=([^,\s]+)/,
};

/** Reads the signature from the Authorization header or the query string; undefined when the request is not signed. */
export function readSignature({ headers, search }: WireRequest): Signature | undefined {
	const authorization = headers['authorization'];
	if (authorization?.startsWith('AWS4-HMAC-SHA256')) {
		const part = (name: keyof typeof parts) => parts[name].exec(authorization)?.[1] ?? '';
		const token = headers['x-amz-security-token'];
		return {
			...scope(part('Credential')),
			signedHeaders: part('SignedHeaders').split(';'),
			signature: part('Signature'),
			time: signingTime(headers['x-amz-date'] ?? headers['date'] ?? ''),
			presigned: false,
			...(token && { sessionToken: token }),
		};
	}
	const query = new URLSearchParams(search);
	const credential = query.get('X-Amz-Credential');
	if (!credential) return undefined;
	const token = query.get('X-Amz-Security-Token');
	return {
		...scope(credential),
		signedHeaders: (query.get('X-Amz-SignedHeaders') ?? '').split(';'),
		signature: query.get('X-Amz-Signature') ?? '',
		time: signingTime(query.get('X-Amz-Date') ?? ''),
		expires: Number(query.get('X-Amz-Expires') ?? 0),
		presigned: true,
		...(token && { sessionToken: token }),
	};
}

function scope(credential: string) {
	const [accessKeyId = '', date = '', region = '', service = ''] = credential.split('/');
	return { accessKeyId, date, region, service };
}

/** `20261122T224500Z`, or whatever a date header may hold, in ms. */
function signingTime(stamp: string): number {
	const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(stamp);
	if (!parts) return Date.parse(stamp);
	return Date.UTC(+parts[1]!, +parts[2]! - 1, +parts[3]!, +parts[4]!, +parts[5]!, +parts[6]!);
}

let second = { time: Number.NaN, stamp: '' };

/** A time as signatures write it. Requests come many to a second, so the last one is kept. */
function stampOf(time: number): string {
	if (time !== second.time) second = { time, stamp: new Date(time).toISOString().replace(/[-:]|\.\d{3}/g, '') };
	return second.stamp;
}

/** The hash of the body that the signature covers, or undefined when it has to be computed from the body itself. */
export function claimedHash(request: WireRequest, { presigned, service }: Signature): string | undefined {
	const claimed = request.headers['x-amz-content-sha256'];
	if (claimed) return claimed;
	return presigned && service === 's3' ? 'UNSIGNED-PAYLOAD' : undefined;
}

/** Whether the request was signed with this secret. */
export function verify(request: WireRequest, signed: Signature, secret: string, bodyHash: string): boolean {
	const canonical = [
		request.method,
		canonicalPath(request.path, signed.service),
		canonicalQuery(request.search),
		...signed.signedHeaders.map((name) => `${name}:${trimmed(request.headers[name] ?? '')}`),
		'',
		signed.signedHeaders.join(';'),
		bodyHash,
	].join('\n');
	const credentialScope = `${signed.date}/${signed.region}/${signed.service}/aws4_request`;
	const text = `AWS4-HMAC-SHA256\n${stampOf(signed.time)}\n${credentialScope}\n${sha256(canonical)}`;
	const expected = hmac(signingKey(secret, signed), text);
	const given = Buffer.from(signed.signature, 'hex');
	return given.length === expected.length && timingSafeEqual(given, expected);
}

export const sha256 = (bytes: string | Uint8Array) => hash('sha256', bytes, 'hex');

const signingKeys = new Map<string, HmacKey>();

function signingKey(secret: string, { date, region, service }: Signature): HmacKey {
	const id = `${secret}/${date}/${region}/${service}`;
	let key = signingKeys.get(id);
	if (!key) {
		const bytes = [date, region, service, 'aws4_request'].reduce<Buffer>(
			(previous, part) => createHmac('sha256', previous).update(part).digest(),
			Buffer.from(`AWS4${secret}`),
		);
		key = hmacKey(bytes);
		if (signingKeys.size > 1000) signingKeys.clear();
		signingKeys.set(id, key);
	}
	return key;
}

/** A key made ready: every request is verified, and two hashes at one stroke cost half of what an `Hmac` object costs. */
interface HmacKey {
	inner: Buffer;
	outer: Buffer;
}

/** https://www.rfc-editor.org/rfc/rfc2104. `bytes` are at most 64, as a digest is. */
function hmacKey(bytes: Buffer): HmacKey {
	const padded = Buffer.alloc(64);
	bytes.copy(padded);
	return { inner: padded.map((byte) => byte ^ 0x36) as Buffer, outer: padded.map((byte) => byte ^ 0x5c) as Buffer };
}

function hmac({ inner, outer }: HmacKey, text: string): Buffer {
	return hash(
		'sha256',
		Buffer.concat([outer, hash('sha256', Buffer.concat([inner, Buffer.from(text)]), 'buffer')]),
		'buffer',
	);
}

const trimmed = (value: string) => (value.includes('  ') ? value.replace(/ +/g, ' ') : value).trim();

const encode = (text: string) =>
	encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

/** S3 signs the path encoded once; everybody else signs the sent path encoded again. */
function canonicalPath(path: string, service: string): string {
	if (path === '/') return path;
	if (service === 's3')
		return (
			path
				.split('/')
				.map((part) => encode(decode(part)))
				.join('/') || '/'
		);
	return path.split('/').map(encode).join('/') || '/';
}

function decode(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		return part;
	}
}

function canonicalQuery(search: string): string {
	if (search === '') return '';
	return search
		.split('&')
		.filter((pair) => pair && !pair.startsWith('X-Amz-Signature='))
		.map((pair) => {
			const [key = '', value = ''] = pair.split(/=(.*)/s);
			return [encode(decode(key)), encode(decode(value))] as const;
		})
		.sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : x > y ? 1 : 0))
		.map(([key, value]) => `${key}=${value}`)
		.join('&');
}
