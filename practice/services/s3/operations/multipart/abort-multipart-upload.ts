import {
	AbortMultipartUpload$,
	type AbortMultipartUploadOutput,
	type AbortMultipartUploadRequest,
} from '@aws-sdk/client-s3';
import { refuseParameters } from '../../../../fault.ts';
import { operation } from '../../../../operation.ts';
import { onObject } from '../../access.ts';
import { findBucket } from '../../buckets.ts';
import { Uploads } from '../../uploads.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_AbortMultipartUpload.html */
export const abortMultipartUpload = operation(
	AbortMultipartUpload$,
	(input: AbortMultipartUploadRequest, { account }): AbortMultipartUploadOutput => {
		refuseParameters('s3:AbortMultipartUpload', input, ['IfMatchInitiatedTime']);
		findBucket(account, input.Bucket!, input.ExpectedBucketOwner);
		const uploads = account.store(Uploads);
		uploads.close(uploads.find(input.Bucket!, input.Key!, input.UploadId!));
		return {};
	},
	{ access: onObject('AbortMultipartUpload'), touches: ({ Bucket, Key }) => `${Bucket}/${Key}` },
);
