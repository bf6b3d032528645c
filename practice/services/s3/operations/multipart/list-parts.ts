import { ListParts$, type ListPartsOutput, type ListPartsRequest } from '@aws-sdk/client-s3';
import { operation } from '../../../../operation.ts';
import { onObject } from '../../access.ts';
import { findBucket } from '../../buckets.ts';
import { checksumMember } from '../../checksums/checksum.ts';
import { ownerOf } from '../../owner.ts';
import { pageSize, refuseObjectParameters } from '../../parameters.ts';
import { Uploads } from '../../uploads.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListParts.html */
export const listParts = operation(
	ListParts$,
	(input: ListPartsRequest, { account }): ListPartsOutput => {
		refuseObjectParameters('ListParts', input);
		const { Bucket, Key, UploadId, PartNumberMarker = '0' } = input;
		findBucket(account, Bucket!, input.ExpectedBucketOwner);
		const uploads = account.store(Uploads);
		const upload = uploads.find(Bucket!, Key!, UploadId!);
		const { algorithm, type, asked } = upload.checksum;
		const max = pageSize(input.MaxParts, 'max-parts');
		const found = uploads.parts(upload, Number(PartNumberMarker), max + 1);
		const shown = found.slice(0, max);
		const owner = ownerOf(account);
		return {
			...{ Bucket, Key, UploadId, PartNumberMarker, MaxParts: max, IsTruncated: found.length > max && max > 0 },
			NextPartNumberMarker: String(shown.at(-1)?.number ?? 0),
			...{ Owner: owner, Initiator: owner, StorageClass: upload.storageClass },
			...(asked && { ChecksumAlgorithm: algorithm as 'CRC32', ChecksumType: type }),
			Parts: shown.map(({ number, modified, etag, size, checksum }) => ({
				...{ PartNumber: number, LastModified: new Date(modified), ETag: `"${etag}"`, Size: size },
				...(asked && checksumMember({ algorithm, type, value: checksum })),
			})),
		};
	},
	{ access: onObject('ListMultipartUploadParts') },
);
