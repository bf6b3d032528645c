import {
	GetBucketVersioning$,
	type GetBucketVersioningOutput,
	type GetBucketVersioningRequest,
	PutBucketVersioning$,
	type PutBucketVersioningRequest,
} from '@aws-sdk/client-s3';
import { Fault, notImplemented } from '../../../../fault.ts';
import { operation } from '../../../../operation.ts';
import { onBucket } from '../../access.ts';
import { Buckets, findBucket } from '../../buckets.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketVersioning.html */
export const putBucketVersioning = operation(
	PutBucketVersioning$,
	({ Bucket, VersioningConfiguration, ...input }: PutBucketVersioningRequest, { account }): void => {
		findBucket(account, Bucket!, input.ExpectedBucketOwner);
		const { Status, MFADelete } = VersioningConfiguration ?? {};
		if (MFADelete === 'Enabled') throw notImplemented("s3:PutBucketVersioning's MFADelete");
		if (Status === undefined) {
			throw new Fault('IllegalVersioningConfigurationException', 'The Versioning element must be specified');
		}
		if (Status !== 'Enabled' && Status !== 'Suspended') {
			throw new Fault(
				'MalformedXML',
				'The XML you provided was not well-formed or did not validate against our published schema',
			);
		}
		account.store(Buckets).update(Bucket!, { versioning: Status });
	},
	{ access: onBucket('PutBucketVersioning'), touches: ({ Bucket }) => Bucket },
);

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketVersioning.html */
export const getBucketVersioning = operation(
	GetBucketVersioning$,
	({ Bucket, ExpectedBucketOwner }: GetBucketVersioningRequest, { account }): GetBucketVersioningOutput => {
		const { versioning } = findBucket(account, Bucket!, ExpectedBucketOwner);
		return versioning ? { Status: versioning } : {};
	},
	{ access: onBucket('GetBucketVersioning') },
);
