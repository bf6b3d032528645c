import {
	DeletePublicAccessBlock$,
	type DeletePublicAccessBlockRequest,
	GetPublicAccessBlock$,
	type GetPublicAccessBlockOutput,
	type GetPublicAccessBlockRequest,
	PutPublicAccessBlock$,
	type PutPublicAccessBlockRequest,
} from '@aws-sdk/client-s3';
import { Fault } from '../../../../fault.ts';
import { operation } from '../../../../operation.ts';
import { onBucket } from '../../access.ts';
import { Buckets, findBucket } from '../../buckets.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutPublicAccessBlock.html */
export const putPublicAccessBlock = operation(
	PutPublicAccessBlock$,
	({ Bucket, ...input }: PutPublicAccessBlockRequest, { account }): void => {
		findBucket(account, Bucket!, input.ExpectedBucketOwner);
		const asked = input.PublicAccessBlockConfiguration ?? {};
		account.store(Buckets).update(Bucket!, {
			publicAccessBlock: {
				BlockPublicAcls: asked.BlockPublicAcls ?? false,
				IgnorePublicAcls: asked.IgnorePublicAcls ?? false,
				BlockPublicPolicy: asked.BlockPublicPolicy ?? false,
				RestrictPublicBuckets: asked.RestrictPublicBuckets ?? false,
			},
		});
	},
	{ access: onBucket('PutBucketPublicAccessBlock'), touches: ({ Bucket }) => Bucket },
);

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetPublicAccessBlock.html */
export const getPublicAccessBlock = operation(
	GetPublicAccessBlock$,
	({ Bucket, ExpectedBucketOwner }: GetPublicAccessBlockRequest, { account }): GetPublicAccessBlockOutput => {
		const { publicAccessBlock } = findBucket(account, Bucket!, ExpectedBucketOwner);
		if (publicAccessBlock) return { PublicAccessBlockConfiguration: publicAccessBlock };
		throw new Fault('NoSuchPublicAccessBlockConfiguration', 'The public access block configuration was not found', {
			status: 404,
			members: { BucketName: Bucket },
		});
	},
	{ access: onBucket('GetBucketPublicAccessBlock') },
);

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeletePublicAccessBlock.html */
export const deletePublicAccessBlock = operation(
	DeletePublicAccessBlock$,
	({ Bucket, ExpectedBucketOwner }: DeletePublicAccessBlockRequest, { account }): void => {
		const { publicAccessBlock: _, ...bucket } = findBucket(account, Bucket!, ExpectedBucketOwner);
		account.store(Buckets).put(Bucket!, bucket);
	},
	{ access: onBucket('PutBucketPublicAccessBlock'), touches: ({ Bucket }) => Bucket },
);
