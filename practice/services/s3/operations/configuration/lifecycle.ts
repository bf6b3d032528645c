import {
	DeleteBucketLifecycle$,
	type DeleteBucketLifecycleRequest,
	GetBucketLifecycleConfiguration$,
	type GetBucketLifecycleConfigurationOutput,
	type GetBucketLifecycleConfigurationRequest,
	PutBucketLifecycleConfiguration$,
	type PutBucketLifecycleConfigurationOutput,
	type PutBucketLifecycleConfigurationRequest,
} from '@aws-sdk/client-s3';
import { Fault } from '../../../../fault.ts';
import { operation } from '../../../../operation.ts';
import { onBucket } from '../../access.ts';
import { Buckets, findBucket } from '../../buckets.ts';
import { planNext } from '../../lifecycle/apply.ts';
import { checkedRules } from '../../lifecycle/check.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html */
export const putBucketLifecycleConfiguration = operation(
	PutBucketLifecycleConfiguration$,
	(input: PutBucketLifecycleConfigurationRequest, { account }): PutBucketLifecycleConfigurationOutput => {
		const { lifecycle } = findBucket(account, input.Bucket!, input.ExpectedBucketOwner);
		const rules = checkedRules(input.LifecycleConfiguration?.Rules, account.clock);
		const smallest = input.TransitionDefaultMinimumObjectSize ?? 'all_storage_classes_128K';
		const job = lifecycle?.job ?? planNext(account, input.Bucket!);
		account.store(Buckets).update(input.Bucket!, { lifecycle: { rules, smallest, job } });
		return { TransitionDefaultMinimumObjectSize: smallest };
	},
	{ access: onBucket('PutLifecycleConfiguration'), touches: ({ Bucket }) => Bucket },
);

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLifecycleConfiguration.html */
export const getBucketLifecycleConfiguration = operation(
	GetBucketLifecycleConfiguration$,
	(
		{ Bucket, ExpectedBucketOwner }: GetBucketLifecycleConfigurationRequest,
		{ account },
	): GetBucketLifecycleConfigurationOutput => {
		const { lifecycle } = findBucket(account, Bucket!, ExpectedBucketOwner);
		if (lifecycle) return { Rules: lifecycle.rules, TransitionDefaultMinimumObjectSize: lifecycle.smallest };
		throw new Fault('NoSuchLifecycleConfiguration', 'The lifecycle configuration does not exist', {
			status: 404,
			members: { BucketName: Bucket },
		});
	},
	{ access: onBucket('GetLifecycleConfiguration') },
);

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketLifecycle.html */
export const deleteBucketLifecycle = operation(
	DeleteBucketLifecycle$,
	({ Bucket, ExpectedBucketOwner }: DeleteBucketLifecycleRequest, { account }): void => {
		const { lifecycle, ...bucket } = findBucket(account, Bucket!, ExpectedBucketOwner);
		if (lifecycle) account.account.work.cancel(lifecycle.job);
		account.store(Buckets).put(Bucket!, bucket);
	},
	{ access: onBucket('PutLifecycleConfiguration'), touches: ({ Bucket }) => Bucket },
);
