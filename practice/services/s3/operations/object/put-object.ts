import { PutObject$, type PutObjectOutput, type PutObjectRequest } from '@aws-sdk/client-s3';
import { announce, operation } from '../../../../operation.ts';
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
import { readTagging } from '../../tags.ts';
import { writeAccess } from '../../write-access.ts';

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
		access: writeAccess,
		touches: ({ Bucket, Key }) => `${Bucket}/${Key}`,
	},
);
