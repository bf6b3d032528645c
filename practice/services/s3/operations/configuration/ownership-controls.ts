import {
	DeleteBucketOwnershipControls$,
	type DeleteBucketOwnershipControlsRequest,
	GetBucketOwnershipControls$,
	type GetBucketOwnershipControlsOutput,
	type GetBucketOwnershipControlsRequest,
	PutBucketOwnershipControls$,
	type PutBucketOwnershipControlsRequest,
} from '@aws-sdk/client-s3';
import { Fault } from '../../../../fault.ts';
import { operation } from '../../../../operation.ts';
import { onBucket } from '../../access.ts';
import { Buckets, findBucket } from '../../buckets.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketOwnershipControls.html */
export const putBucketOwnershipControls = operation(
	PutBucketOwnershipControls$,
	({ Bucket, OwnershipControls, ExpectedBucketOwner }: PutBucketOwnershipControlsRequest, { account }): void => {
		findBucket(account, Bucket!, ExpectedBucketOwner);
		const [rule, ...more] = OwnershipControls?.Rules ?? [];
		const known = ['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter'];
		if (!rule || more.length > 0 || !known.includes(rule.ObjectOwnership!)) {
			throw new Fault(
				'MalformedXML',
				'The XML you provided was not well-formed or did not validate against our published schema',
			);
		}
		account.store(Buckets).update(Bucket!, { ownership: rule.ObjectOwnership });
	},
	{ access: onBucket('PutBucketOwnershipControls'), touches: ({ Bucket }) => Bucket },
);

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketOwnershipControls.html */
export const getBucketOwnershipControls = operation(
	GetBucketOwnershipControls$,
	(
		{ Bucket, ExpectedBucketOwner }: GetBucketOwnershipControlsRequest,
		{ account },
	): GetBucketOwnershipControlsOutput => {
		const { ownership } = findBucket(account, Bucket!, ExpectedBucketOwner);
		if (ownership) return { OwnershipControls: { Rules: [{ ObjectOwnership: ownership }] } };
		throw new Fault('OwnershipControlsNotFoundError', 'The bucket ownership controls were not found', {
			status: 404,
			members: { BucketName: Bucket },
		});
	},
	{ access: onBucket('GetBucketOwnershipControls') },
);

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketOwnershipControls.html */
export const deleteBucketOwnershipControls = operation(
	DeleteBucketOwnershipControls$,
	({ Bucket, ExpectedBucketOwner }: DeleteBucketOwnershipControlsRequest, { account }): void => {
		const { ownership: _, ...bucket } = findBucket(account, Bucket!, ExpectedBucketOwner);
		account.store(Buckets).put(Bucket!, bucket);
	},
	{ access: onBucket('PutBucketOwnershipControls'), touches: ({ Bucket }) => Bucket },
);
