import type { Access, Call } from '../../operation.ts';
import { objectAccess } from './access.ts';
import { findBucket } from './buckets.ts';
import { readTagging, tagContext } from './tags.ts';

interface Writing {
	Bucket?: string | undefined;
	Key?: string | undefined;
	ExpectedBucketOwner?: string | undefined;
	Tagging?: string | undefined;
	ACL?: string | undefined;
	StorageClass?: string | undefined;
	ServerSideEncryption?: string | undefined;
	SSEKMSKeyId?: string | undefined;
}

/** The permissions to write an object with all that the request gives it. */
export function writeAccess(input: Writing, call: Call): Access[] {
	const bucket = findBucket(call.account, input.Bucket!, input.ExpectedBucketOwner);
	const context = {
		...tagContext('s3:RequestObjectTag', readTagging(input.Tagging)),
		...(input.ACL && { 's3:x-amz-acl': input.ACL }),
		...(input.StorageClass && { 's3:x-amz-storage-class': input.StorageClass }),
		...(input.ServerSideEncryption && { 's3:x-amz-server-side-encryption': input.ServerSideEncryption }),
		...(input.SSEKMSKeyId && { 's3:x-amz-server-side-encryption-aws-kms-key-id': input.SSEKMSKeyId }),
	};
	const actions = ['PutObject', ...(input.Tagging ? ['PutObjectTagging'] : []), ...(input.ACL ? ['PutObjectAcl'] : [])];
	return actions.map((action) => objectAccess(action, bucket, input.Key!, call, context));
}
