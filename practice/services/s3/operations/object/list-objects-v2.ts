import { ListObjectsV2$, type ListObjectsV2Output, type ListObjectsV2Request } from '@aws-sdk/client-s3';
import { operation } from '../../../../operation.ts';
import { onBucket } from '../../access.ts';
import { findBucket } from '../../buckets.ts';
import { encoder, listContext, summary } from '../../listing.ts';
import { Objects } from '../../objects.ts';
import { ownerOf } from '../../owner.ts';
import { page } from '../../page.ts';
import { pageSize } from '../../parameters.ts';
import { continuation, continued } from '../../token.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
export const listObjectsV2 = operation(
	ListObjectsV2$,
	(input: ListObjectsV2Request, { account }): ListObjectsV2Output => {
		const { Bucket, Prefix = '', Delimiter, StartAfter, ContinuationToken, EncodingType } = input;
		findBucket(account, Bucket!, input.ExpectedBucketOwner);
		const max = pageSize(input.MaxKeys, 'maxKeys');
		const encode = encoder(EncodingType);
		const after = ContinuationToken === undefined ? StartAfter || undefined : continued(ContinuationToken);
		const objects = account.store(Objects);
		const { rows, prefixes, truncated, last } = page(
			{ prefix: Prefix, delimiter: Delimiter, after, max },
			(position, limit) => objects.currentFrom(Bucket!, position, limit),
		);
		return {
			...{ Name: Bucket!, Prefix: encode(Prefix), MaxKeys: max, KeyCount: rows.length + prefixes.length },
			...{ IsTruncated: truncated, ...(Delimiter && { Delimiter: encode(Delimiter) }) },
			...(EncodingType && { EncodingType }),
			...(ContinuationToken !== undefined && { ContinuationToken }),
			...(StartAfter && { StartAfter: encode(StartAfter) }),
			...(truncated && { NextContinuationToken: continuation('prefix' in last! ? last.prefix : last!.row.key) }),
			Contents: rows.map((version) => ({
				...summary(version, encode),
				...(input.FetchOwner && { Owner: ownerOf(account) }),
			})),
			CommonPrefixes: prefixes.map((prefix) => ({ Prefix: encode(prefix) })),
		};
	},
	{ access: onBucket('ListBucket', listContext) },
);
