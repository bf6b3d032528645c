import type { _Object, ObjectStorageClass } from '@aws-sdk/client-s3';
import { Fault } from '../../fault.ts';
import type { Version } from './objects.ts';

/** How keys are written in a listing: as they are, or percent-encoded for what XML cannot carry. */
export function encoder(encodingType: string | undefined): (text: string) => string {
	if (encodingType === undefined) return (text) => text;
	if (encodingType === 'url') return encodeKey;
	throw new Fault('InvalidArgument', 'Invalid Encoding Method specified in Request', {
		members: { ArgumentName: 'encoding-type', ArgumentValue: encodingType },
	});
}

/** As S3 does it: a slash stays, a space becomes a plus. */
const encodeKey = (key: string) =>
	encodeURIComponent(key)
		.replace(/%2F/g, '/')
		.replace(/%20/g, '+')
		.replace(/[!'()]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

/** An object as listings show it. */
export const summary = (
	{ key, modified, etag, size, storageClass, about }: Version,
	encode: (text: string) => string,
): _Object => ({
	...{ Key: encode(key), LastModified: new Date(modified), ETag: `"${etag}"`, Size: size },
	...(about.checksum && { ChecksumAlgorithm: [about.checksum.algorithm], ChecksumType: about.checksum.type }),
	StorageClass: storageClass as ObjectStorageClass,
});

/** Condition keys of listings. */
export const listContext = (input: {
	Prefix?: string | undefined;
	Delimiter?: string | undefined;
	MaxKeys?: number | undefined;
}): Record<string, string> => ({
	...(input.Prefix !== undefined && { 's3:prefix': input.Prefix }),
	...(input.Delimiter !== undefined && { 's3:delimiter': input.Delimiter }),
	...(input.MaxKeys !== undefined && { 's3:max-keys': String(input.MaxKeys) }),
});
