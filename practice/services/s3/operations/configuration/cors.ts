import {
	DeleteBucketCors$,
	type DeleteBucketCorsRequest,
	GetBucketCors$,
	type GetBucketCorsOutput,
	type GetBucketCorsRequest,
	PutBucketCors$,
	type PutBucketCorsRequest,
} from '@aws-sdk/client-s3';
import { Fault } from '../../../../fault.ts';
import { operation } from '../../../../operation.ts';
import { onBucket } from '../../access.ts';
import { Buckets, findBucket } from '../../buckets.ts';

const methods = ['GET', 'PUT', 'POST', 'DELETE', 'HEAD'];

/** Kept and answered; no browser page of another origin reaches the account. https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketCors.html */
export const putBucketCors = operation(
	PutBucketCors$,
	({ Bucket, CORSConfiguration, ExpectedBucketOwner }: PutBucketCorsRequest, { account }): void => {
		findBucket(account, Bucket!, ExpectedBucketOwner);
		const rules = CORSConfiguration?.CORSRules ?? [];
		if (
			rules.length === 0 ||
			rules.length > 100 ||
			rules.some((rule) => !rule.AllowedMethods || !rule.AllowedOrigins)
		) {
			throw new Fault(
				'MalformedXML',
				'The XML you provided was not well-formed or did not validate against our published schema',
			);
		}
		for (const method of rules.flatMap((rule) => rule.AllowedMethods!)) {
			if (!methods.includes(method)) {
				throw new Fault(
					'InvalidRequest',
					`Found unsupported HTTP method in CORS config. Unsupported method is ${method}`,
				);
			}
		}
		for (const origin of rules.flatMap((rule) => rule.AllowedOrigins!)) {
			if (origin.split('*').length > 2) {
				throw new Fault('InvalidRequest', `AllowedOrigin "${origin}" can not have more than one wildcard.`);
			}
		}
		account.store(Buckets).update(Bucket!, { cors: rules });
	},
	{ access: onBucket('PutBucketCORS'), touches: ({ Bucket }) => Bucket },
);

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketCors.html */
export const getBucketCors = operation(
	GetBucketCors$,
	({ Bucket, ExpectedBucketOwner }: GetBucketCorsRequest, { account }): GetBucketCorsOutput => {
		const { cors } = findBucket(account, Bucket!, ExpectedBucketOwner);
		if (cors) return { CORSRules: cors };
		throw new Fault('NoSuchCORSConfiguration', 'The CORS configuration does not exist', {
			status: 404,
			members: { BucketName: Bucket },
		});
	},
	{ access: onBucket('GetBucketCORS') },
);

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketCors.html */
export const deleteBucketCors = operation(
	DeleteBucketCors$,
	({ Bucket, ExpectedBucketOwner }: DeleteBucketCorsRequest, { account }): void => {
		const { cors: _, ...bucket } = findBucket(account, Bucket!, ExpectedBucketOwner);
		account.store(Buckets).put(Bucket!, bucket);
	},
	{ access: onBucket('PutBucketCORS'), touches: ({ Bucket }) => Bucket },
);
