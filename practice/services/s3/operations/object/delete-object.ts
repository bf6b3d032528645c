import { DeleteObject$, type DeleteObjectOutput, type DeleteObjectRequest } from '@aws-sdk/client-s3';
import { operation } from '../../../../operation.ts';
import { onObject } from '../../access.ts';
import { findBucket } from '../../buckets.ts';
import { deleteOne } from '../../delete.ts';
import { refuseObjectParameters } from '../../parameters.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html */
export const deleteObject = operation(
	DeleteObject$,
	(input: DeleteObjectRequest, { account }): DeleteObjectOutput => {
		refuseObjectParameters('DeleteObject', input);
		return deleteOne(account, findBucket(account, input.Bucket!, input.ExpectedBucketOwner), input);
	},
	{
		access: onObject('DeleteObject', 'DeleteObjectVersion'),
		touches: ({ Bucket, Key }) => `${Bucket}/${Key}`,
	},
);
