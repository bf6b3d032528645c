import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { notImplemented } from '../../../fault.ts';
import { crc32c } from './crc32c.ts';
import { crc64nvme } from './crc64nvme.ts';

export type Algorithm = 'CRC32' | 'CRC32C' | 'CRC64NVME' | 'SHA1' | 'SHA256' | 'SHA512' | 'MD5';

/** A checksum as S3 keeps it. https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html */
export interface Checksum {
	algorithm: Algorithm;
	/** Base64; with `-<parts>` where it is a checksum of the parts' checksums. */
	value: string;
	type: 'FULL_OBJECT' | 'COMPOSITE';
}

export const algorithms: readonly Algorithm[] = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256', 'SHA512', 'MD5'];

/** The algorithm by its name in a request. */
export function algorithmNamed(name: string): Algorithm {
	const found = algorithms.find((each) => each === name.toUpperCase());
	if (!found) throw notImplemented(`the S3 checksum algorithm ${name}`);
	return found;
}

export interface Hash {
	update(bytes: Uint8Array): void;
	digest(): Buffer;
}

export function hashOf(algorithm: Algorithm): Hash {
	switch (algorithm) {
		case 'CRC32':
			return crc(crc32);
		case 'CRC32C':
			return crc(crc32c);
		case 'CRC64NVME':
			return crc64();
		default:
			return createHash(algorithm.toLowerCase());
	}
}

function crc(step: (bytes: Uint8Array, before?: number) => number): Hash {
	let value = 0;
	return {
		update(bytes) {
			value = step(bytes, value);
		},
		digest() {
			const digest = Buffer.alloc(4);
			digest.writeUInt32BE(value >>> 0);
			return digest;
		},
	};
}

function crc64(): Hash {
	let value: [number, number] = [0, 0];
	return {
		update(bytes) {
			value = crc64nvme(bytes, value);
		},
		digest() {
			const digest = Buffer.alloc(8);
			digest.writeUInt32BE(value[0], 0);
			digest.writeUInt32BE(value[1], 4);
			return digest;
		},
	};
}

/** The checksum of bytes that are at hand. */
export function checksumOf(algorithm: Algorithm, bytes: Uint8Array): string {
	const hash = hashOf(algorithm);
	hash.update(bytes);
	return hash.digest().toString('base64');
}

/** The one member `Checksum…` of an answer, with `ChecksumType` where the answer has it. */
export const checksumMember = (checksum: Checksum | undefined): Record<string, string> =>
	checksum ? { [`Checksum${checksum.algorithm}`]: checksum.value } : {};
