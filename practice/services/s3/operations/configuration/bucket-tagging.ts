import {
	DeleteBucketTagging$,
	type DeleteBucketTaggingRequest,
	GetBucketTagging$,
	type GetBucketTaggingOutput,
	type GetBucketTaggingRequest,
	PutBucketTagging$,
	type PutBucketTaggingRequest,
} from '@aws-sdk/client-s3';
import { Fault } from '../../../../fault.ts';
import { operation } from '../../../../operation.ts';
import { onBucket } from '../../access.ts';
import { Buckets, findBucket } from '../../buckets.ts';
import { readTags, tagSet } from '../../tags.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketTagging.html */
export const putBucketTagging = operation(
	PutBucketTagging$,
	({ Bucket, Tagging, ExpectedBucketOwner }: PutBucketTaggingRequest, { account }): void => {
		findBucket(account, Bucket!, ExpectedBucketOwner);
		account.store(Buckets).update(Bucket!, { tags: readTags(Tagging?.TagSet, { count: 50, of: 'Bucket' }) });
	},
	{ access: onBucket('PutBucketTagging'), touches: ({ Bucket }) => Bucket },
);

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketTagging.html */
export const getBucketTagging = operation(
	GetBucketTagging$,
	({ Bucket, ExpectedBucketOwner }: GetBucketTaggingRequest, { account }): GetBucketTaggingOutput => {
		const { tags } = findBucket(account, Bucket!, ExpectedBucketOwner);
		if (!tags) {
			throw new Fault('NoSuchTagSet', 'The TagSet does not exist', { status: 404, members: { BucketName: Bucket } });
		}
		return { TagSet: tagSet(tags) };
	},
	{ access: onBucket('GetBucketTagging') },
);

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketTagging.html */
export const deleteBucketTagging = operation(
	DeleteBucketTagging$,
	({ Bucket, ExpectedBucketOwner }: DeleteBucketTaggingRequest, { account }): void => {
		const { tags: _, ...bucket } = findBucket(account, Bucket!, ExpectedBucketOwner);
		account.store(Buckets).put(Bucket!, bucket);
	},
	{ access: onBucket('PutBucketTagging'), touches: ({ Bucket }) => Bucket },
);
