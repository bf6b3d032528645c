import { CopyObject$, type CopyObjectOutput, type CopyObjectRequest } from '@aws-sdk/client-s3';
import { Fault, notImplemented } from '../../../../fault.ts';
import { announce, operation } from '../../../../operation.ts';
import { findBucket } from '../../buckets.ts';
import { algorithmNamed, checksumMember } from '../../checksums/checksum.ts';
import { checkWrite } from '../../conditions.ts';
import { content } from '../../content.ts';
import { type Source, sourceAccess, sourceOf } from '../../copy-source.ts';
import { versionMember, writtenVersion } from '../../describe.ts';
import { encryptionFor } from '../../encryption.ts';
import { type About, Objects } from '../../objects.ts';
import {
	checkKey,
	checkMetadata,
	checkObjectAcl,
	checkStorageClass,
	headersOf,
	refuseObjectParameters,
} from '../../parameters.ts';
import { receive } from '../../receive.ts';
import { readTagging } from '../../tags.ts';
import { writeAccess } from '../../write-access.ts';

const largest = 5 * 1024 ** 3;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html */
export const copyObject = operation(
	CopyObject$,
	async (input: CopyObjectRequest, call): Promise<CopyObjectOutput> => {
		refuseObjectParameters('CopyObject', input);
		const { account } = call;
		const { Bucket, Key } = input as { Bucket: string; Key: string };
		const target = findBucket(account, Bucket, input.ExpectedBucketOwner);
		checkKey(Key);
		checkMetadata(input.Metadata);
		checkStorageClass(input.StorageClass);
		checkObjectAcl(target, input.ACL);
		checkDirectives(input);
		const source = sourceOf(call, input);
		refuseSame(input, source);
		if (source.version.size > largest) {
			throw new Fault(
				'InvalidRequest',
				`The specified copy source is larger than the maximum allowable size for a copy source: ${largest}`,
			);
		}
		const objects = account.store(Objects);
		checkWrite(input, Key, objects.current(Bucket, Key));
		const { blobs, size, about } = source.version;
		const algorithm = input.ChecksumAlgorithm ? algorithmNamed(input.ChecksumAlgorithm) : about.checksum?.algorithm;
		const copy = await receive(
			account,
			{ Body: content(account.blobs, { blobs, size }), ContentLength: size },
			algorithm,
		);
		const checksum = { ...copy.checksum, type: 'FULL_OBJECT' as const };
		try {
			return account.db.transaction(() => {
				const bucket = findBucket(account, Bucket);
				checkWrite(input, Key, objects.current(Bucket, Key));
				account.blobs.keep(copy.blob);
				const encryption = encryptionFor(account, bucket, input);
				const version = objects.add(bucket, Key, {
					...{ marker: false, modified: account.clock.now(), size, etag: copy.md5, blobs: [[copy.blob, size]] },
					storageClass: input.StorageClass ?? 'STANDARD',
					about: { ...copied(input, about), encryption, checksum },
				});
				announce(copyObject, input, call);
				return {
					CopyObjectResult: {
						...{ ETag: `"${copy.md5}"`, LastModified: new Date(version.modified) },
						...{ ...checksumMember(checksum), ChecksumType: checksum.type },
					},
					...(source.bucket.versioning && {
						CopySourceVersionId: versionMember(source.bucket, source.version).VersionId,
					}),
					...encryption,
					...writtenVersion(bucket, version),
				};
			});
		} catch (error) {
			account.blobs.release(copy.blob);
			throw error;
		}
	},
	{
		access: (input, call) => [sourceAccess(call, input), ...writeAccess(input, call)],
		touches: ({ Bucket, Key }) => `${Bucket}/${Key}`,
	},
);

/** What of the source's headers, metadata and tags the copy has. */
function copied(input: CopyObjectRequest, source: About): Pick<About, 'headers' | 'metadata' | 'tags'> {
	const replaced = input.MetadataDirective === 'REPLACE';
	return {
		headers: replaced ? headersOf(input) : source.headers,
		metadata: replaced ? input.Metadata : source.metadata,
		tags: input.TaggingDirective === 'REPLACE' ? readTagging(input.Tagging) : source.tags,
	};
}

function checkDirectives({ MetadataDirective, TaggingDirective, ...input }: CopyObjectRequest): void {
	for (const [name, value] of [
		['metadata', MetadataDirective],
		['tagging', TaggingDirective],
	] as const) {
		if (value === undefined || value === 'COPY' || value === 'REPLACE') continue;
		throw new Fault('InvalidArgument', `Unknown ${name} directive.`, {
			members: { ArgumentName: `x-amz-${name}-directive`, ArgumentValue: value },
		});
	}
	const annotations = (input as { AnnotationDirective?: string }).AnnotationDirective;
	if (annotations !== undefined && annotations !== 'COPY') throw notImplemented("s3:CopyObject's AnnotationDirective");
}

/** A copy onto itself has to change something. */
function refuseSame(input: CopyObjectRequest, { bucket, version }: Source): void {
	if (bucket.name !== input.Bucket || version.key !== input.Key || !version.latest) return;
	const changes = [input.StorageClass, input.ServerSideEncryption, input.SSEKMSKeyId, input.ChecksumAlgorithm];
	if (input.MetadataDirective === 'REPLACE' || changes.some((each) => each !== undefined)) return;
	throw new Fault(
		'InvalidRequest',
		"This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
	);
}
