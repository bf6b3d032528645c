import {
	type BucketLocationConstraint,
	GetBucketLocation$,
	type GetBucketLocationOutput,
	type GetBucketLocationRequest,
} from '@aws-sdk/client-s3';
import { operation } from '../../../../operation.ts';
import { bucketAccess } from '../../access.ts';
import { anywhere } from '../../buckets.ts';

/** Answered from any region. https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html */
export const getBucketLocation = operation(
	GetBucketLocation$,
	({ Bucket, ExpectedBucketOwner }: GetBucketLocationRequest, { account }): GetBucketLocationOutput => {
		const { region } = anywhere(account, Bucket!, ExpectedBucketOwner);
		// The first region has no constraint to this day.
		return region === 'us-east-1' ? {} : { LocationConstraint: region as BucketLocationConstraint };
	},
	{
		access: ({ Bucket, ExpectedBucketOwner }, call) =>
			bucketAccess('GetBucketLocation', anywhere(call.account, Bucket!, ExpectedBucketOwner), call),
	},
);
