import {
	GetBucketAccelerateConfiguration$,
	type GetBucketAccelerateConfigurationOutput,
	type GetBucketAccelerateConfigurationRequest,
	GetBucketLogging$,
	type GetBucketLoggingOutput,
	type GetBucketLoggingRequest,
	GetBucketNotificationConfiguration$,
	type GetBucketNotificationConfigurationRequest,
	GetBucketReplication$,
	type GetBucketReplicationOutput,
	type GetBucketReplicationRequest,
	GetBucketRequestPayment$,
	type GetBucketRequestPaymentOutput,
	type GetBucketRequestPaymentRequest,
	GetBucketWebsite$,
	type GetBucketWebsiteOutput,
	type GetBucketWebsiteRequest,
	GetObjectLockConfiguration$,
	type GetObjectLockConfigurationOutput,
	type GetObjectLockConfigurationRequest,
	type NotificationConfiguration,
	PutBucketNotificationConfiguration$,
	type PutBucketNotificationConfigurationRequest,
} from '@aws-sdk/client-s3';
import { Fault, refuseParameters } from '../../../../fault.ts';
import { operation } from '../../../../operation.ts';
import { onBucket } from '../../access.ts';
import { findBucket } from '../../buckets.ts';

// Settings that no bucket here can have: to make them is refused, so what S3 says of a bucket without them is the truth.

const nothing = (code: string, message: string, bucket: string) =>
	new Fault(code, message, { status: 404, members: { BucketName: bucket } });

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketWebsite.html */
export const getBucketWebsite = operation(
	GetBucketWebsite$,
	({ Bucket, ExpectedBucketOwner }: GetBucketWebsiteRequest, { account }): GetBucketWebsiteOutput => {
		findBucket(account, Bucket!, ExpectedBucketOwner);
		throw nothing('NoSuchWebsiteConfiguration', 'The specified bucket does not have a website configuration', Bucket!);
	},
	{ access: onBucket('GetBucketWebsite') },
);

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketReplication.html */
export const getBucketReplication = operation(
	GetBucketReplication$,
	({ Bucket, ExpectedBucketOwner }: GetBucketReplicationRequest, { account }): GetBucketReplicationOutput => {
		findBucket(account, Bucket!, ExpectedBucketOwner);
		throw nothing('ReplicationConfigurationNotFoundError', 'The replication configuration was not found', Bucket!);
	},
	{ access: onBucket('GetReplicationConfiguration') },
);

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectLockConfiguration.html */
export const getObjectLockConfiguration = operation(
	GetObjectLockConfiguration$,
	(
		{ Bucket, ExpectedBucketOwner }: GetObjectLockConfigurationRequest,
		{ account },
	): GetObjectLockConfigurationOutput => {
		findBucket(account, Bucket!, ExpectedBucketOwner);
		throw nothing(
			'ObjectLockConfigurationNotFoundError',
			'Object Lock configuration does not exist for this bucket',
			Bucket!,
		);
	},
	{ access: onBucket('GetBucketObjectLockConfiguration') },
);

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLogging.html */
export const getBucketLogging = operation(
	GetBucketLogging$,
	({ Bucket, ExpectedBucketOwner }: GetBucketLoggingRequest, { account }): GetBucketLoggingOutput => {
		findBucket(account, Bucket!, ExpectedBucketOwner);
		return {};
	},
	{ access: onBucket('GetBucketLogging') },
);

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketAccelerateConfiguration.html */
export const getBucketAccelerateConfiguration = operation(
	GetBucketAccelerateConfiguration$,
	(
		{ Bucket, ExpectedBucketOwner }: GetBucketAccelerateConfigurationRequest,
		{ account },
	): GetBucketAccelerateConfigurationOutput => {
		findBucket(account, Bucket!, ExpectedBucketOwner);
		return {};
	},
	{ access: onBucket('GetAccelerateConfiguration') },
);

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketRequestPayment.html */
export const getBucketRequestPayment = operation(
	GetBucketRequestPayment$,
	({ Bucket, ExpectedBucketOwner }: GetBucketRequestPaymentRequest, { account }): GetBucketRequestPaymentOutput => {
		findBucket(account, Bucket!, ExpectedBucketOwner);
		return { Payer: 'BucketOwner' };
	},
	{ access: onBucket('GetBucketRequestPayment') },
);

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketNotificationConfiguration.html */
export const getBucketNotificationConfiguration = operation(
	GetBucketNotificationConfiguration$,
	(
		{ Bucket, ExpectedBucketOwner }: GetBucketNotificationConfigurationRequest,
		{ account },
	): NotificationConfiguration => {
		findBucket(account, Bucket!, ExpectedBucketOwner);
		return {};
	},
	{ access: onBucket('GetBucketNotification') },
);

/** Takes the one that clears; events are refused. https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketNotificationConfiguration.html */
export const putBucketNotificationConfiguration = operation(
	PutBucketNotificationConfiguration$,
	({ Bucket, ...input }: PutBucketNotificationConfigurationRequest, { account }): void => {
		findBucket(account, Bucket!, input.ExpectedBucketOwner);
		refuseParameters('s3:PutBucketNotificationConfiguration', input.NotificationConfiguration ?? {}, [
			...['TopicConfigurations', 'QueueConfigurations', 'LambdaFunctionConfigurations', 'EventBridgeConfiguration'],
		]);
	},
	{ access: onBucket('PutBucketNotification'), touches: ({ Bucket }) => Bucket },
);
