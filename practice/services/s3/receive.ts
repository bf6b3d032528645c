import { Readable } from 'node:stream';
import type { AccountInRegion } from '../../account/account.ts';
import { Fault } from '../../fault.ts';
import { Unwrapped } from '../../wire/chunked.ts';
import { type Algorithm, algorithmNamed, type Hash, hashOf } from './checksums/checksum.ts';

/** What operations that take bytes have in common. */
export interface Upload {
	Body?: unknown;
	ContentLength?: number | undefined;
	ContentMD5?: string | undefined;
	ChecksumAlgorithm?: string | undefined;
}

export interface Received {
	blob: string;
	size: number;
	/** Hex. */
	md5: string;
	checksum: { algorithm: Algorithm; value: string };
}

const largest = 5 * 1024 ** 3;
/** Bodies up to this size are collected first and written at once. */
const small = 64 * 1024;

/**
 * Writes a request's body to a blob that is not kept yet, and compares it with what the request said of it. Whatever
 * is wrong, nothing stays on disk. The checksum that it answers is `keep`'s, else the request's own, else CRC-64/NVME.
 */
export async function receive(account: AccountInRegion, input: Upload, keep?: Algorithm): Promise<Received> {
	const body = bodyOf(input);
	const expectedMd5 = input.ContentMD5 === undefined ? undefined : digestOf(input.ContentMD5);
	const given = givenChecksum(input, body);
	const algorithm = keep ?? given?.algorithm ?? 'CRC64NVME';
	const hash = hashOf(algorithm);
	const compared = !given || given.algorithm === algorithm ? hash : hashOf(given.algorithm);
	const bytes = watched(body, new Set([hash, compared]), input.ContentLength);
	const whole = (input.ContentLength ?? 0) <= small ? await collected(bytes) : bytes;
	const { id: blob, size, md5 } = await account.blobs.write(whole);
	try {
		if (input.ContentLength !== undefined && size !== input.ContentLength) throw incomplete();
		if (expectedMd5 !== undefined && expectedMd5 !== md5) throw otherMd5(input.ContentMD5!, md5);
		const value = hash.digest().toString('base64');
		const expected = given && (given.value ?? trailer(body, given.algorithm));
		const found = compared === hash ? value : compared.digest().toString('base64');
		if (expected !== undefined && expected !== found) throw otherChecksum(given!.algorithm);
		return { blob, size, md5, checksum: { algorithm, value } };
	} catch (error) {
		account.blobs.release(blob);
		throw error;
	}
}

/** The bytes on their way to the disk; more of them than was said end it. */
async function* watched(body: AsyncIterable<Uint8Array>, hashes: Set<Hash>, length = Number.POSITIVE_INFINITY) {
	let size = 0;
	for await (const chunk of body) {
		size += chunk.byteLength;
		if (size > length) throw incomplete();
		for (const hash of hashes) hash.update(chunk);
		yield chunk;
	}
}

async function collected(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
	const chunks: Uint8Array[] = [];
	for await (const chunk of bytes) chunks.push(chunk);
	return Buffer.concat(chunks);
}

function bodyOf({ Body, ContentLength }: Upload): AsyncIterable<Uint8Array> {
	if (Body === undefined) return Readable.from([]);
	if (typeof Body === 'string') return Readable.from([Buffer.from(Body)]);
	if (Body instanceof Uint8Array) return Readable.from([Body]);
	if (ContentLength === undefined) {
		throw new Fault('MissingContentLength', 'You must provide the Content-Length HTTP header.', { status: 411 });
	}
	if (ContentLength > largest) {
		throw new Fault('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', {
			members: { ProposedSize: ContentLength, MaxSizeAllowed: largest },
		});
	}
	return Body as AsyncIterable<Uint8Array>;
}

/** MD5 as hex. */
function digestOf(header: string): string {
	const bytes = Buffer.from(header, 'base64');
	if (bytes.length !== 16 || bytes.toString('base64') !== header) {
		throw new Fault('InvalidDigest', 'The Content-MD5 you specified was invalid.', {
			members: { 'Content-MD5': header },
		});
	}
	return bytes.toString('hex');
}

/** The checksum that the request brings, in a header, behind the body, or only by its algorithm's name. */
export function givenChecksum(
	input: object,
	body: unknown = (input as Upload).Body,
): { algorithm: Algorithm; value?: string } | undefined {
	const members = Object.entries(input).filter(
		([name, value]) => value !== undefined && /^Checksum(?!Algorithm|Type)/.test(name),
	);
	if (members.length > 1) {
		throw new Fault(
			'InvalidRequest',
			'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.',
		);
	}
	const [member] = members;
	if (member) {
		const algorithm = algorithmNamed(member[0].slice('Checksum'.length));
		checkForm(algorithm, member[1] as string);
		return { algorithm, value: member[1] as string };
	}
	const announced =
		body instanceof Unwrapped ? body.announced.find((name) => name.startsWith(headerPrefix)) : undefined;
	const name = announced?.slice(headerPrefix.length) ?? (input as Upload).ChecksumAlgorithm;
	return name === undefined ? undefined : { algorithm: algorithmNamed(name) };
}

const headerPrefix = 'x-amz-checksum-';

function trailer(body: unknown, algorithm: Algorithm): string | undefined {
	if (!(body instanceof Unwrapped)) return undefined;
	const name = headerPrefix + algorithm.toLowerCase();
	const value = body.trailers[name];
	if (value !== undefined) checkForm(algorithm, value);
	else if (body.announced.includes(name))
		throw new Fault(
			'MalformedTrailerError',
			'The request contained trailing data that was not well-formed or did not conform to our published schema.',
		);
	return value;
}

const lengths: Record<Algorithm, number> = {
	...{ CRC32: 4, CRC32C: 4, CRC64NVME: 8, SHA1: 20, SHA256: 32, SHA512: 64, MD5: 16 },
};

/** Refuses what is no base64 of the right length. */
export function checkForm(algorithm: Algorithm, value: string): void {
	if (Buffer.from(value, 'base64').length === lengths[algorithm]) return;
	throw new Fault('InvalidRequest', `Value for x-amz-checksum-${algorithm.toLowerCase()} header is invalid.`);
}

const incomplete = () =>
	new Fault('IncompleteBody', 'You did not provide the number of bytes specified by the Content-Length HTTP header');

const otherMd5 = (expected: string, found: string) =>
	new Fault('BadDigest', 'The Content-MD5 you specified did not match what we received.', {
		members: { ExpectedDigest: expected, CalculatedDigest: Buffer.from(found, 'hex').toString('base64') },
	});

export const otherChecksum = (algorithm: Algorithm) =>
	new Fault('BadDigest', `The ${algorithm} you specified did not match the calculated checksum.`);
