import { ListObjects$, type ListObjectsOutput, type ListObjectsRequest } from '@aws-sdk/client-s3';
import { operation } from '../../../../operation.ts';
import { onBucket } from '../../access.ts';
import { findBucket } from '../../buckets.ts';
import { encoder, listContext, summary } from '../../listing.ts';
import { Objects } from '../../objects.ts';
import { ownerOf } from '../../owner.ts';
import { page } from '../../page.ts';
import { pageSize } from '../../parameters.ts';

/** The older listing. https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjects.html */
export const listObjects = operation(
	ListObjects$,
	(input: ListObjectsRequest, { account }): ListObjectsOutput => {
		const { Bucket, Prefix = '', Delimiter, Marker = '', EncodingType } = input;
		findBucket(account, Bucket!, input.ExpectedBucketOwner);
		const max = pageSize(input.MaxKeys, 'maxKeys');
		const encode = encoder(EncodingType);
		const objects = account.store(Objects);
		const { rows, prefixes, truncated, last } = page(
			{ prefix: Prefix, delimiter: Delimiter, after: Marker || undefined, max },
			(position, limit) => objects.currentFrom(Bucket!, position, limit),
		);
		return {
			...{ Name: Bucket!, Prefix: encode(Prefix), Marker: encode(Marker), MaxKeys: max, IsTruncated: truncated },
			...(Delimiter && { Delimiter: encode(Delimiter) }),
			...(EncodingType && { EncodingType }),
			// Only with a delimiter does this listing say where to go on; else it is the last key.
			...(truncated && Delimiter && { NextMarker: encode('prefix' in last! ? last.prefix : last!.row.key) }),
			Contents: rows.map((version) => ({ ...summary(version, encode), Owner: ownerOf(account) })),
			CommonPrefixes: prefixes.map((prefix) => ({ Prefix: encode(prefix) })),
		};
	},
	{ access: onBucket('ListBucket', listContext) },
);
