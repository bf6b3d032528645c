import { PutObject$, type PutObjectOutput, type PutObjectRequest } from '@aws-sdk/client-s3';
import { announce, operation } from '../../../../operation.ts';
import { objectAccess } from '../../access.ts';
import { findBucket } from '../../buckets.ts';
import { checksumMember } from '../../checksums/checksum.ts';
import { checkWrite } from '../../conditions.ts';
import { writtenVersion } from '../../describe.ts';
import { encryptionFor } from '../../encryption.ts';
import { expirationOf } from '../../lifecycle/expiration.ts';
import { Objects } from '../../objects.ts';
import {
	checkKey,
	checkMetadata,
	checkObjectAcl,
	checkStorageClass,
	headersOf,
	refuseObjectParameters,
} from '../../parameters.ts';
import { receive, type Upload } from '../../receive.ts';
import { readTagging, tagContext } from '../../tags.ts';

/** Bytes in memory or as a stream; a stream comes with its ContentLength. */
export type PutObjectInput = Omit<PutObjectRequest, 'Body'> & Upload;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html */
export const putObject = operation(
	PutObject$,
	async (input: PutObjectInput, call): Promise<PutObjectOutput> => {
		refuseObjectParameters('PutObject', input);
		const { account } = call;
		const { Bucket, Key } = input as { Bucket: string; Key: string };
		const before = findBucket(account, Bucket, input.ExpectedBucketOwner);
		checkKey(Key);
		checkMetadata(input.Metadata);
		checkStorageClass(input.StorageClass);
		checkObjectAcl(before, input.ACL);
		const tags = readTagging(input.Tagging);
		const encryption = encryptionFor(account, before, input);
		const objects = account.store(Objects);
		checkWrite(input, Key, objects.current(Bucket, Key));
		const { blob, size, md5, checksum: received } = await receive(account, input);
		const checksum = { ...received, type: 'FULL_OBJECT' as const };
		try {
			return account.db.transaction(() => {
				// While the bytes came in, others may have changed what is there.
				const bucket = findBucket(account, Bucket);
				checkWrite(input, Key, objects.current(Bucket, Key));
				account.blobs.keep(blob);
				const version = objects.add(bucket, Key, {
					...{ marker: false, modified: account.clock.now(), size, etag: md5, blobs: [[blob, size]] },
					storageClass: input.StorageClass ?? 'STANDARD',
					about: { headers: headersOf(input), metadata: input.Metadata, tags, encryption, checksum },
				});
				announce(putObject, input, call);
				return {
					ETag: `"${md5}"`,
					...checksumMember(checksum),
					ChecksumType: checksum.type,
					...encryption,
					...expirationOf(account, bucket, version),
					...writtenVersion(bucket, version),
				};
			});
		} catch (error) {
			account.blobs.release(blob);
			throw error;
		}
	},
	{
		access(input, call) {
			const bucket = findBucket(call.account, input.Bucket!, input.ExpectedBucketOwner);
			const context = {
				...tagContext('s3:RequestObjectTag', readTagging(input.Tagging)),
				...(input.ACL && { 's3:x-amz-acl': input.ACL }),
				...(input.StorageClass && { 's3:x-amz-storage-class': input.StorageClass }),
				...(input.ServerSideEncryption && { 's3:x-amz-server-side-encryption': input.ServerSideEncryption }),
				...(input.SSEKMSKeyId && { 's3:x-amz-server-side-encryption-aws-kms-key-id': input.SSEKMSKeyId }),
			};
			const actions = [
				'PutObject',
				...(input.Tagging ? ['PutObjectTagging'] : []),
				...(input.ACL ? ['PutObjectAcl'] : []),
			];
			return actions.map((action) => objectAccess(action, bucket, input.Key!, call, context));
		},
		touches: ({ Bucket, Key }) => `${Bucket}/${Key}`,
	},
);
