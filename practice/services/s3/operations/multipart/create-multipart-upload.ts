import {
	CreateMultipartUpload$,
	type CreateMultipartUploadOutput,
	type CreateMultipartUploadRequest,
} from '@aws-sdk/client-s3';
import { Fault } from '../../../../fault.ts';
import { operation } from '../../../../operation.ts';
import { findBucket } from '../../buckets.ts';
import { type Algorithm, algorithmNamed } from '../../checksums/checksum.ts';
import { combinable } from '../../checksums/combine.ts';
import { encryptionFor } from '../../encryption.ts';
import { abortionOf } from '../../lifecycle/expiration.ts';
import {
	checkKey,
	checkMetadata,
	checkObjectAcl,
	checkStorageClass,
	headersOf,
	refuseObjectParameters,
} from '../../parameters.ts';
import { readTagging } from '../../tags.ts';
import { type Upload, Uploads } from '../../uploads.ts';
import { writeAccess } from '../../write-access.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html */
export const createMultipartUpload = operation(
	CreateMultipartUpload$,
	(input: CreateMultipartUploadRequest, { account }): CreateMultipartUploadOutput => {
		refuseObjectParameters('CreateMultipartUpload', input);
		const bucket = findBucket(account, input.Bucket!, input.ExpectedBucketOwner);
		checkKey(input.Key!);
		checkMetadata(input.Metadata);
		checkStorageClass(input.StorageClass);
		checkObjectAcl(bucket, input.ACL);
		const checksum = checksumFor(input);
		const encryption = encryptionFor(account, bucket, input);
		const tags = readTagging(input.Tagging);
		const upload = account.store(Uploads).create({
			...{ bucket: bucket.name, key: input.Key!, initiated: account.clock.now(), checksum },
			storageClass: input.StorageClass ?? 'STANDARD',
			about: { headers: headersOf(input), metadata: input.Metadata, tags, encryption },
		});
		return {
			...{ Bucket: bucket.name, Key: input.Key!, UploadId: upload.upload },
			...(checksum.asked && { ChecksumAlgorithm: checksum.algorithm, ChecksumType: checksum.type }),
			...encryption,
			...abortionOf(bucket, upload),
		} as CreateMultipartUploadOutput;
	},
	{ access: writeAccess, touches: ({ Bucket, Key }) => `${Bucket}/${Key}` },
);

/** Without a wish, S3 itself sees to a CRC-64/NVME of the whole. */
function checksumFor({ ChecksumAlgorithm, ChecksumType }: CreateMultipartUploadRequest): Upload['checksum'] {
	if (ChecksumAlgorithm === undefined) {
		if (ChecksumType !== undefined) {
			throw new Fault(
				'InvalidRequest',
				'The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.',
			);
		}
		return { algorithm: 'CRC64NVME', type: 'FULL_OBJECT', asked: false };
	}
	const algorithm = algorithmNamed(ChecksumAlgorithm);
	const type = ChecksumType ?? (algorithm === 'CRC64NVME' ? 'FULL_OBJECT' : 'COMPOSITE');
	if (!fits(algorithm, type)) {
		throw new Fault(
			'InvalidRequest',
			`The ${type} checksum type cannot be used with the ${algorithm.toLowerCase()} checksum algorithm.`,
		);
	}
	return { algorithm, type, asked: true };
}

const fits = (algorithm: Algorithm, type: string) =>
	type === 'FULL_OBJECT' ? combinable(algorithm) : type === 'COMPOSITE' && algorithm !== 'CRC64NVME';
