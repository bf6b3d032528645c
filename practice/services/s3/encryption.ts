import type { AccountInRegion } from '../../account/account.ts';
import { Fault, notImplemented } from '../../fault.ts';
import type { Bucket } from './buckets.ts';
import type { Encryption } from './objects.ts';

interface Asked {
	ServerSideEncryption?: string | undefined;
	SSEKMSKeyId?: string | undefined;
	SSEKMSEncryptionContext?: string | undefined;
	BucketKeyEnabled?: boolean | undefined;
	SSECustomerAlgorithm?: string | undefined;
}

/** How an object is to be encrypted: as the request says, else as the bucket does. It is recorded; the disk is the learner's own. */
export function encryptionFor(account: AccountInRegion, bucket: Bucket, asked: Asked): Encryption {
	if (asked.SSECustomerAlgorithm !== undefined)
		throw notImplemented('S3 encryption with keys that the customer provides');
	const [rule] = bucket.encryption;
	const byDefault = rule?.ApplyServerSideEncryptionByDefault;
	const algorithm = asked.ServerSideEncryption ?? byDefault?.SSEAlgorithm ?? 'AES256';
	if (algorithm === 'AES256') {
		if (asked.SSEKMSKeyId !== undefined) {
			throw new Fault(
				'InvalidArgument',
				'Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms',
				{ members: { ArgumentName: 'x-amz-server-side-encryption', ArgumentValue: 'AES256' } },
			);
		}
		return { ServerSideEncryption: 'AES256' };
	}
	if (algorithm !== 'aws:kms' && algorithm !== 'aws:kms:dsse') {
		throw new Fault('InvalidArgument', 'The encryption method specified is not supported', {
			members: { ArgumentName: 'x-amz-server-side-encryption', ArgumentValue: algorithm },
		});
	}
	const key = asked.SSEKMSKeyId ?? (asked.ServerSideEncryption === undefined ? byDefault?.KMSMasterKeyID : undefined);
	const bucketKey = asked.BucketKeyEnabled ?? rule?.BucketKeyEnabled ?? false;
	return {
		ServerSideEncryption: algorithm,
		SSEKMSKeyId: keyArn(account, key ?? 'alias/aws/s3'),
		...(bucketKey && algorithm === 'aws:kms' && { BucketKeyEnabled: true }),
	};
}

const keyArn = (account: AccountInRegion, key: string) =>
	key.startsWith('arn:') ? key : account.arn('kms', key.startsWith('alias/') ? key : `key/${key}`);
