import {
	ListMultipartUploads$,
	type ListMultipartUploadsOutput,
	type ListMultipartUploadsRequest,
} from '@aws-sdk/client-s3';
import { operation } from '../../../../operation.ts';
import { onBucket } from '../../access.ts';
import { findBucket } from '../../buckets.ts';
import { encoder, listContext } from '../../listing.ts';
import { ownerOf } from '../../owner.ts';
import { page } from '../../page.ts';
import { pageSize } from '../../parameters.ts';
import { Uploads } from '../../uploads.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html */
export const listMultipartUploads = operation(
	ListMultipartUploads$,
	(input: ListMultipartUploadsRequest, { account }): ListMultipartUploadsOutput => {
		const { Bucket, Prefix = '', Delimiter, KeyMarker = '', UploadIdMarker = '', EncodingType } = input;
		findBucket(account, Bucket!, input.ExpectedBucketOwner);
		const max = pageSize(input.MaxUploads, 'max-uploads');
		const encode = encoder(EncodingType);
		const uploads = account.store(Uploads);
		// Without a key marker S3 pays no heed to an upload's.
		const before = KeyMarker && UploadIdMarker ? uploads.idOf(UploadIdMarker) : undefined;
		const { rows, prefixes, truncated, last } = page(
			{ prefix: Prefix, delimiter: Delimiter, after: KeyMarker || undefined, before, max },
			(position, limit) => uploads.from(Bucket!, position, limit),
		);
		const Owner = ownerOf(account);
		return {
			...{ Bucket, KeyMarker: encode(KeyMarker), UploadIdMarker, MaxUploads: max, IsTruncated: truncated },
			...{ Prefix: encode(Prefix), ...(Delimiter && { Delimiter: encode(Delimiter) }) },
			...(EncodingType && { EncodingType }),
			...(truncated && {
				NextKeyMarker: encode('prefix' in last! ? last.prefix : last!.row.key),
				...('row' in last! && { NextUploadIdMarker: last.row.upload }),
			}),
			Uploads: rows.map(({ upload, key, initiated, storageClass, checksum }) => ({
				...{ UploadId: upload, Key: encode(key), Initiated: new Date(initiated), StorageClass: storageClass },
				...{ Owner, Initiator: Owner },
				...(checksum.asked && { ChecksumAlgorithm: checksum.algorithm as 'CRC32', ChecksumType: checksum.type }),
			})),
			CommonPrefixes: prefixes.map((prefix) => ({ Prefix: encode(prefix) })),
		};
	},
	{ access: onBucket('ListBucketMultipartUploads', listContext) },
);
