import type { Readable } from 'node:stream';
import { GetObject$, type GetObjectOutput, type GetObjectRequest } from '@aws-sdk/client-s3';
import { Fault } from '../../../../fault.ts';
import { type Call, operation } from '../../../../operation.ts';
import { onObject } from '../../access.ts';
import { findBucket } from '../../buckets.ts';
import { checkRead } from '../../conditions.ts';
import { content } from '../../content.ts';
import { describe } from '../../describe.ts';
import { findObject } from '../../find.ts';
import { expirationOf } from '../../lifecycle/expiration.ts';
import { Objects, type Version } from '../../objects.ts';
import { refuseObjectParameters } from '../../parameters.ts';
import { selection } from '../../selection.ts';
import { tagContext } from '../../tags.ts';

/** As S3 answers it; the bytes are at hand, or a stream where there are many. */
export type GotObject = Omit<GetObjectOutput, 'Body'> & { Body: Buffer | Readable };

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html */
export const getObject = operation(
	GetObject$,
	(input: GetObjectRequest, call): GotObject => {
		refuseObjectParameters('GetObject', input);
		const { account } = call;
		const bucket = findBucket(account, input.Bucket!, input.ExpectedBucketOwner);
		const version = findObject(call, bucket, input);
		checkRead(input, version, account.clock);
		refuseArchived(version);
		const { range, answer } = selection(input, version);
		return {
			...describe(bucket, version, { checksums: input.ChecksumMode === 'ENABLED' && !range }),
			...expirationOf(account, bucket, version),
			...overrides(input, call),
			...answer,
			Body: content(account.blobs, version, range),
		};
	},
	{ access: onObject('GetObject', 'GetObjectVersion', existingTags) },
);

/** Condition keys for the tags of the object that is asked for. */
export function existingTags({ Bucket, Key, VersionId }: GetObjectRequest, { account }: Call): Record<string, string> {
	const objects = account.store(Objects);
	const version = VersionId ? objects.version(Bucket!, Key!, VersionId) : objects.current(Bucket!, Key!);
	return tagContext('s3:ExistingObjectTag', version?.about.tags);
}

/** Headers that the request wants to have answered in the place of the object's own. */
function overrides(input: GetObjectRequest, { principal }: Call): Partial<GetObjectOutput> {
	const found = {
		...(input.ResponseContentType !== undefined && { ContentType: input.ResponseContentType }),
		...(input.ResponseCacheControl !== undefined && { CacheControl: input.ResponseCacheControl }),
		...(input.ResponseContentDisposition !== undefined && { ContentDisposition: input.ResponseContentDisposition }),
		...(input.ResponseContentEncoding !== undefined && { ContentEncoding: input.ResponseContentEncoding }),
		...(input.ResponseContentLanguage !== undefined && { ContentLanguage: input.ResponseContentLanguage }),
		...(input.ResponseExpires !== undefined && { Expires: input.ResponseExpires }),
	};
	if (principal.kind === 'anonymous' && Object.keys(found).length > 0) {
		throw new Fault('InvalidRequest', 'Request specific response headers cannot be used for anonymous GET requests.');
	}
	return found;
}

function refuseArchived({ storageClass }: Version): void {
	if (storageClass !== 'GLACIER' && storageClass !== 'DEEP_ARCHIVE') return;
	throw new Fault('InvalidObjectState', "The operation is not valid for the object's storage class", {
		members: { StorageClass: storageClass },
	});
}
