import type { HeadObjectOutput } from '@aws-sdk/client-s3';
import type { Bucket } from './buckets.ts';
import { checksumMember } from './checksums/checksum.ts';
import type { Version } from './objects.ts';

/** What GetObject and HeadObject say of an object. */
export const describe = (bucket: Bucket, version: Version, { checksums }: { checksums: boolean }): HeadObjectOutput => {
	const { about, storageClass } = version;
	const { Expires, ...headers } = about.headers;
	return {
		AcceptRanges: 'bytes',
		LastModified: new Date(version.modified),
		ETag: `"${version.etag}"`,
		...headers,
		...(Expires !== undefined && { Expires: new Date(Expires) }),
		ContentType: headers.ContentType ?? 'binary/octet-stream',
		...about.encryption,
		...(about.metadata && { Metadata: about.metadata }),
		...(about.tags && Object.keys(about.tags).length > 0 && { TagCount: Object.keys(about.tags).length }),
		...(storageClass !== 'STANDARD' && { StorageClass: storageClass }),
		...(checksums && about.checksum && { ...checksumMember(about.checksum), ChecksumType: about.checksum.type }),
		...versionMember(bucket, version),
	};
};

/** The version's id, where the bucket has ever had versioning. */
export const versionMember = ({ versioning }: Bucket, { version }: Version): { VersionId?: string } =>
	versioning ? { VersionId: version } : {};

/** The same for writes, which do not tell the version `null`. */
export const writtenVersion = ({ versioning }: Bucket, { version }: Version): { VersionId?: string } =>
	versioning === 'Enabled' ? { VersionId: version } : {};
