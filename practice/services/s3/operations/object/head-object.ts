import { HeadObject$, type HeadObjectOutput, type HeadObjectRequest } from '@aws-sdk/client-s3';
import { operation } from '../../../../operation.ts';
import { onObject } from '../../access.ts';
import { findBucket } from '../../buckets.ts';
import { checkRead } from '../../conditions.ts';
import { describe } from '../../describe.ts';
import { findObject } from '../../find.ts';
import { expirationOf } from '../../lifecycle/expiration.ts';
import { refuseObjectParameters } from '../../parameters.ts';
import { selection } from '../../selection.ts';
import { existingTags } from './get-object.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html */
export const headObject = operation(
	HeadObject$,
	(input: HeadObjectRequest, call): HeadObjectOutput => {
		refuseObjectParameters('HeadObject', input);
		const { account } = call;
		const bucket = findBucket(account, input.Bucket!, input.ExpectedBucketOwner);
		const version = findObject(call, bucket, input, 'HEAD');
		checkRead(input, version, account.clock);
		const { range, answer } = selection(input, version);
		return {
			...describe(bucket, version, { checksums: input.ChecksumMode === 'ENABLED' && !range }),
			...expirationOf(account, bucket, version),
			...answer,
		};
	},
	{ access: onObject('GetObject', 'GetObjectVersion', existingTags) },
);
