import { DeleteBucket$, type DeleteBucketRequest } from '@aws-sdk/client-s3';
import { Fault } from '../../../../fault.ts';
import { operation } from '../../../../operation.ts';
import { onBucket } from '../../access.ts';
import { Buckets, findBucket } from '../../buckets.ts';
import { Objects } from '../../objects.ts';
import { Uploads } from '../../uploads.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucket.html */
export const deleteBucket = operation(
	DeleteBucket$,
	({ Bucket, ExpectedBucketOwner }: DeleteBucketRequest, { account }): void => {
		const bucket = findBucket(account, Bucket!, ExpectedBucketOwner);
		if (!account.store(Objects).isEmpty(Bucket!)) {
			throw new Fault(
				'BucketNotEmpty',
				bucket.versioning
					? 'The bucket you tried to delete is not empty. You must delete all versions in the bucket.'
					: 'The bucket you tried to delete is not empty',
				{ status: 409, members: { BucketName: Bucket } },
			);
		}
		if (bucket.lifecycle) account.account.work.cancel(bucket.lifecycle.job);
		account.store(Uploads).abortAll(Bucket!);
		account.store(Buckets).delete(Bucket!);
	},
	{ access: onBucket('DeleteBucket'), touches: ({ Bucket }) => Bucket },
);
