import {
	CompleteMultipartUpload$,
	type CompleteMultipartUploadOutput,
	type CompleteMultipartUploadRequest,
} from '@aws-sdk/client-s3';
import { Fault } from '../../../../fault.ts';
import { operation } from '../../../../operation.ts';
import { onObject } from '../../access.ts';
import { findBucket } from '../../buckets.ts';
import { checksumMember } from '../../checksums/checksum.ts';
import { chosenParts, compositeTag, wholeChecksum } from '../../complete.ts';
import { checkWrite } from '../../conditions.ts';
import { writtenVersion } from '../../describe.ts';
import { expirationOf } from '../../lifecycle/expiration.ts';
import { Objects } from '../../objects.ts';
import { refuseObjectParameters } from '../../parameters.ts';
import { Uploads } from '../../uploads.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html */
export const completeMultipartUpload = operation(
	CompleteMultipartUpload$,
	(input: CompleteMultipartUploadRequest, { account, endpoint }): CompleteMultipartUploadOutput => {
		refuseObjectParameters('CompleteMultipartUpload', input);
		const { Bucket, Key } = input as { Bucket: string; Key: string };
		const bucket = findBucket(account, Bucket, input.ExpectedBucketOwner);
		const uploads = account.store(Uploads);
		const objects = account.store(Objects);
		const upload = uploads.find(Bucket, Key, input.UploadId!);
		const parts = chosenParts(upload, uploads.parts(upload), input.MultipartUpload?.Parts);
		checkWrite(input, Key, objects.current(Bucket, Key));
		const size = parts.reduce((sum, part) => sum + part.size, 0);
		checkSize(input.MpuObjectSize, size);
		const checksum = wholeChecksum(upload, parts, input);
		const etag = compositeTag(parts);
		const version = objects.add(bucket, Key, {
			...{ marker: false, modified: account.clock.now(), size, etag, storageClass: upload.storageClass },
			blobs: parts.flatMap(({ blobs }) => blobs),
			about: {
				...upload.about,
				checksum,
				parts: parts.map((part, index) => ({
					...{ number: index + 1, size: part.size },
					...(upload.checksum.asked && {
						checksum: { algorithm: upload.checksum.algorithm, value: part.checksum, type: upload.checksum.type },
					}),
				})),
			},
		});
		uploads.close(upload, parts);
		return {
			...{ Location: `${endpoint}/${Bucket}/${encodeURIComponent(Key)}`, Bucket, Key, ETag: `"${etag}"` },
			...{ ...checksumMember(checksum), ChecksumType: checksum.type },
			...upload.about.encryption,
			...expirationOf(account, bucket, version),
			...writtenVersion(bucket, version),
		};
	},
	{ access: onObject('PutObject'), touches: ({ Bucket, Key }) => `${Bucket}/${Key}` },
);

function checkSize(said: number | undefined, size: number): void {
	if (said === undefined || Number(said) === size) return;
	throw new Fault(
		'InvalidRequest',
		`The provided 'x-amz-mp-object-size' header value ${said} does not match what was computed: ${size}`,
	);
}
