import { UploadPartCopy$, type UploadPartCopyOutput, type UploadPartCopyRequest } from '@aws-sdk/client-s3';
import { Fault } from '../../../../fault.ts';
import { announce, operation } from '../../../../operation.ts';
import { onObject } from '../../access.ts';
import { findBucket } from '../../buckets.ts';
import { checksumMember } from '../../checksums/checksum.ts';
import { content } from '../../content.ts';
import { sourceAccess, sourceOf } from '../../copy-source.ts';
import { versionMember } from '../../describe.ts';
import { refuseObjectParameters } from '../../parameters.ts';
import { checkPartNumber, type PartPlace } from '../../parts.ts';
import { receive } from '../../receive.ts';
import { Uploads } from '../../uploads.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPartCopy.html */
export const uploadPartCopy = operation(
	UploadPartCopy$,
	async (input: UploadPartCopyRequest, call): Promise<UploadPartCopyOutput> => {
		refuseObjectParameters('UploadPartCopy', input);
		const { account } = call;
		const { Bucket, Key, UploadId, PartNumber } = input as PartPlace;
		findBucket(account, Bucket, input.ExpectedBucketOwner);
		checkPartNumber(PartNumber);
		const uploads = account.store(Uploads);
		const { checksum } = uploads.find(Bucket, Key, UploadId);
		const { bucket, version } = sourceOf(call, input);
		const range = copyRange(input.CopySourceRange, version.size);
		const Body = content(account.blobs, version, range);
		const {
			blob,
			size,
			md5,
			checksum: received,
		} = await receive(account, { Body, ContentLength: range.end - range.start + 1 }, checksum.algorithm);
		try {
			return account.db.transaction(() => {
				const upload = uploads.find(Bucket, Key, UploadId);
				account.blobs.keep(blob);
				const modified = account.clock.now();
				uploads.putPart(upload, {
					...{ number: PartNumber, blobs: [[blob, size]], size, etag: md5, checksum: received.value, modified },
				});
				announce(uploadPartCopy, input, call);
				return {
					CopyPartResult: {
						...{ ETag: `"${md5}"`, LastModified: new Date(modified) },
						...(upload.checksum.asked && checksumMember({ ...received, type: upload.checksum.type })),
					},
					...(bucket.versioning && { CopySourceVersionId: versionMember(bucket, version).VersionId }),
					...upload.about.encryption,
				};
			});
		} catch (error) {
			account.blobs.release(blob);
			throw error;
		}
	},
	{
		access: (input, call) => [sourceAccess(call, input), onObject('PutObject')(input, call)],
		touches: ({ Bucket, Key }) => `${Bucket}/${Key}`,
	},
);

function copyRange(header: string | undefined, size: number): { start: number; end: number } {
	if (header === undefined) return { start: 0, end: size - 1 };
	const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(header) ?? [];
	if (first === undefined || Number(first) > Number(last)) {
		throw new Fault(
			'InvalidArgument',
			'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy',
			{ members: { ArgumentName: 'x-amz-copy-source-range', ArgumentValue: header } },
		);
	}
	if (Number(last) >= size) {
		throw new Fault('InvalidArgument', `Range specified is not valid for source object of size: ${size}`, {
			members: { ArgumentName: 'x-amz-copy-source-range', ArgumentValue: header },
		});
	}
	return { start: Number(first), end: Number(last) };
}
