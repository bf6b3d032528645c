import { HeadBucket$, type HeadBucketOutput, type HeadBucketRequest } from '@aws-sdk/client-s3';
import { operation } from '../../../../operation.ts';
import { onBucket } from '../../access.ts';
import { bucketArn, findBucket } from '../../buckets.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html */
export const headBucket = operation(
	HeadBucket$,
	({ Bucket, ExpectedBucketOwner }: HeadBucketRequest, { account }): HeadBucketOutput => ({
		BucketRegion: findBucket(account, Bucket!, ExpectedBucketOwner).region,
		BucketArn: bucketArn(Bucket!),
		AccessPointAlias: false,
	}),
	{ access: onBucket('ListBucket') },
);
