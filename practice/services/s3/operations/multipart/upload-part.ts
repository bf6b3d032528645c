import { UploadPart$, type UploadPartOutput, type UploadPartRequest } from '@aws-sdk/client-s3';
import { announce, operation } from '../../../../operation.ts';
import { onObject } from '../../access.ts';
import { findBucket } from '../../buckets.ts';
import { checksumMember } from '../../checksums/checksum.ts';
import { refuseObjectParameters } from '../../parameters.ts';
import { checkPartAlgorithm, checkPartNumber, type PartPlace } from '../../parts.ts';
import { receive, type Upload } from '../../receive.ts';
import { Uploads } from '../../uploads.ts';

export type UploadPartInput = Omit<UploadPartRequest, 'Body'> & Upload;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPart.html */
export const uploadPart = operation(
	UploadPart$,
	async (input: UploadPartInput, call): Promise<UploadPartOutput> => {
		refuseObjectParameters('UploadPart', input);
		const { account } = call;
		const { Bucket, Key, UploadId, PartNumber } = input as PartPlace;
		findBucket(account, Bucket, input.ExpectedBucketOwner);
		checkPartNumber(PartNumber);
		const uploads = account.store(Uploads);
		const { checksum } = uploads.find(Bucket, Key, UploadId);
		checkPartAlgorithm(input, checksum);
		const { blob, size, md5, checksum: received } = await receive(account, input, checksum.algorithm);
		try {
			return account.db.transaction(() => {
				// It may have been completed or aborted while the bytes came in.
				const upload = uploads.find(Bucket, Key, UploadId);
				account.blobs.keep(blob);
				uploads.putPart(upload, {
					...{ number: PartNumber, blobs: [[blob, size]], size, etag: md5, checksum: received.value },
					modified: account.clock.now(),
				});
				announce(uploadPart, input, call);
				return {
					ETag: `"${md5}"`,
					...checksumMember({ ...received, type: upload.checksum.type }),
					...upload.about.encryption,
				};
			});
		} catch (error) {
			account.blobs.release(blob);
			throw error;
		}
	},
	{ access: onObject('PutObject'), touches: ({ Bucket, Key }) => `${Bucket}/${Key}` },
);
