import {
	DeleteBucketEncryption$,
	type DeleteBucketEncryptionRequest,
	GetBucketEncryption$,
	type GetBucketEncryptionOutput,
	type GetBucketEncryptionRequest,
	PutBucketEncryption$,
	type PutBucketEncryptionRequest,
} from '@aws-sdk/client-s3';
import { Fault } from '../../../../fault.ts';
import { operation } from '../../../../operation.ts';
import { onBucket } from '../../access.ts';
import { Buckets, findBucket } from '../../buckets.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketEncryption.html */
export const putBucketEncryption = operation(
	PutBucketEncryption$,
	(input: PutBucketEncryptionRequest, { account }): void => {
		findBucket(account, input.Bucket!, input.ExpectedBucketOwner);
		const rules = input.ServerSideEncryptionConfiguration?.Rules;
		if (rules?.length !== 1) {
			throw new Fault(
				'MalformedXML',
				'The XML you provided was not well-formed or did not validate against our published schema',
			);
		}
		const [{ ApplyServerSideEncryptionByDefault: byDefault, ...rule }] = rules as [(typeof rules)[0]];
		const algorithm = byDefault?.SSEAlgorithm ?? 'AES256';
		if (!['AES256', 'aws:kms', 'aws:kms:dsse'].includes(algorithm)) {
			throw new Fault(
				'MalformedXML',
				'The XML you provided was not well-formed or did not validate against our published schema',
			);
		}
		if (algorithm === 'AES256' && byDefault?.KMSMasterKeyID !== undefined) {
			throw new Fault(
				'InvalidArgument',
				'a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse',
			);
		}
		account.store(Buckets).update(input.Bucket!, {
			encryption: [
				{
					...rule,
					ApplyServerSideEncryptionByDefault: { ...byDefault, SSEAlgorithm: algorithm as 'AES256' },
					BucketKeyEnabled: rule.BucketKeyEnabled ?? false,
				},
			],
		});
	},
	{ access: onBucket('PutEncryptionConfiguration'), touches: ({ Bucket }) => Bucket },
);

/** Every bucket has one since 2023. https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketEncryption.html */
export const getBucketEncryption = operation(
	GetBucketEncryption$,
	({ Bucket, ExpectedBucketOwner }: GetBucketEncryptionRequest, { account }): GetBucketEncryptionOutput => ({
		ServerSideEncryptionConfiguration: { Rules: findBucket(account, Bucket!, ExpectedBucketOwner).encryption },
	}),
	{ access: onBucket('GetEncryptionConfiguration') },
);

/** Puts S3's own encryption back. https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketEncryption.html */
export const deleteBucketEncryption = operation(
	DeleteBucketEncryption$,
	({ Bucket, ExpectedBucketOwner }: DeleteBucketEncryptionRequest, { account }): void => {
		findBucket(account, Bucket!, ExpectedBucketOwner);
		account.store(Buckets).update(Bucket!, {
			encryption: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false }],
		});
	},
	{ access: onBucket('PutEncryptionConfiguration'), touches: ({ Bucket }) => Bucket },
);
