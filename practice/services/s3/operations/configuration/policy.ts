import {
	DeleteBucketPolicy$,
	type DeleteBucketPolicyRequest,
	GetBucketPolicy$,
	type GetBucketPolicyOutput,
	type GetBucketPolicyRequest,
	GetBucketPolicyStatus$,
	type GetBucketPolicyStatusOutput,
	type GetBucketPolicyStatusRequest,
	PutBucketPolicy$,
	type PutBucketPolicyRequest,
} from '@aws-sdk/client-s3';
import { Fault } from '../../../../fault.ts';
import { operation } from '../../../../operation.ts';
import { onBucket } from '../../access.ts';
import { type Bucket, Buckets, bucketArn, findBucket } from '../../buckets.ts';
import { checkPolicy } from '../../policy.ts';
import { isPublic } from '../../public.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html */
export const putBucketPolicy = operation(
	PutBucketPolicy$,
	({ Bucket, Policy, ExpectedBucketOwner }: PutBucketPolicyRequest, { account, principal }): void => {
		const { publicAccessBlock } = findBucket(account, Bucket!, ExpectedBucketOwner);
		checkPolicy(Bucket!, Policy!);
		if (publicAccessBlock?.BlockPublicPolicy && isPublic(Policy!)) {
			throw new Fault(
				'AccessDenied',
				`User: ${principal.arn} is not authorized to perform: s3:PutBucketPolicy on resource: "${bucketArn(Bucket!)}" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.`,
				{ status: 403 },
			);
		}
		account.store(Buckets).update(Bucket!, { policy: Policy! });
	},
	{ access: onBucket('PutBucketPolicy'), touches: ({ Bucket }) => Bucket },
);

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicy.html */
export const getBucketPolicy = operation(
	GetBucketPolicy$,
	({ Bucket, ExpectedBucketOwner }: GetBucketPolicyRequest, { account }): GetBucketPolicyOutput => ({
		Policy: policyOf(findBucket(account, Bucket!, ExpectedBucketOwner)),
	}),
	{ access: onBucket('GetBucketPolicy') },
);

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicyStatus.html */
export const getBucketPolicyStatus = operation(
	GetBucketPolicyStatus$,
	({ Bucket, ExpectedBucketOwner }: GetBucketPolicyStatusRequest, { account }): GetBucketPolicyStatusOutput => ({
		PolicyStatus: { IsPublic: isPublic(policyOf(findBucket(account, Bucket!, ExpectedBucketOwner))) },
	}),
	{ access: onBucket('GetBucketPolicyStatus') },
);

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketPolicy.html */
export const deleteBucketPolicy = operation(
	DeleteBucketPolicy$,
	({ Bucket, ExpectedBucketOwner }: DeleteBucketPolicyRequest, { account }): void => {
		const { policy: _, ...bucket } = findBucket(account, Bucket!, ExpectedBucketOwner);
		account.store(Buckets).put(Bucket!, bucket);
	},
	{ access: onBucket('DeleteBucketPolicy'), touches: ({ Bucket }) => Bucket },
);

function policyOf({ name, policy }: Bucket): string {
	if (policy !== undefined) return policy;
	throw new Fault('NoSuchBucketPolicy', 'The bucket policy does not exist', {
		status: 404,
		members: { BucketName: name },
	});
}
