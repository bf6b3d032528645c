import { Fault, notImplemented } from '../../fault.ts';
import type { Access, Call } from '../../operation.ts';
import { objectAccess } from './access.ts';
import { anywhere, type Bucket } from './buckets.ts';
import { checkSource } from './conditions.ts';
import { findObject } from './find.ts';
import { Objects, type Version } from './objects.ts';
import { tagContext } from './tags.ts';

interface Copying {
	CopySource?: string | undefined;
	ExpectedSourceBucketOwner?: string | undefined;
	CopySourceIfMatch?: string | undefined;
	CopySourceIfNoneMatch?: string | undefined;
	CopySourceIfModifiedSince?: Date | undefined;
	CopySourceIfUnmodifiedSince?: Date | undefined;
}

export interface Source {
	bucket: Bucket;
	version: Version;
}

/** What a copy is made of: it is there, may be copied, and the conditions on it hold. The source may be in any region. */
export function sourceOf(call: Call, input: Copying): Source {
	const { Bucket, Key, VersionId } = parse(input.CopySource!);
	const bucket = anywhere(call.account, Bucket, input.ExpectedSourceBucketOwner);
	if (VersionId !== undefined && call.account.store(Objects).version(Bucket, Key, VersionId)?.marker) {
		throw new Fault(
			'InvalidRequest',
			'The source of a copy request may not specifically refer to a delete marker by version id.',
		);
	}
	const version = findObject(call, bucket, { Key, VersionId });
	checkSource(input, version);
	if (version.storageClass === 'GLACIER' || version.storageClass === 'DEEP_ARCHIVE') {
		throw new Fault('ObjectNotInActiveTierError', 'The source object of the COPY action is not in the active tier', {
			status: 403,
		});
	}
	return { bucket, version };
}

/** The permissions to read what is copied. */
export function sourceAccess(call: Call, input: Copying): Access {
	const { Bucket, Key, VersionId } = parse(input.CopySource!);
	const bucket = anywhere(call.account, Bucket, input.ExpectedSourceBucketOwner);
	const objects = call.account.store(Objects);
	const version = VersionId === undefined ? objects.current(Bucket, Key) : objects.version(Bucket, Key, VersionId);
	return objectAccess(VersionId === undefined ? 'GetObject' : 'GetObjectVersion', bucket, Key, call, {
		...tagContext('s3:ExistingObjectTag', version?.about.tags),
	});
}

/** `bucket/key?versionId=…`, percent-encoded; a slash may stand before. */
function parse(source: string): { Bucket: string; Key: string; VersionId: string | undefined } {
	const [path = '', VersionId] = source.replace(/^\//, '').split('?versionId=');
	if (path.startsWith('arn:')) throw notImplemented('S3 access points');
	const [, bucket, key] = /^([^/]+)\/(.+)$/s.exec(decoded(path)) ?? [];
	if (bucket && key) return { Bucket: bucket, Key: key, VersionId };
	throw new Fault('InvalidArgument', 'Copy Source must mention the source bucket and key: sourcebucket/sourcekey', {
		members: { ArgumentName: 'x-amz-copy-source', ArgumentValue: source },
	});
}

function decoded(path: string): string {
	try {
		return decodeURIComponent(path);
	} catch {
		throw new Fault('InvalidArgument', 'Invalid copy source encoding.', {
			members: { ArgumentName: 'x-amz-copy-source', ArgumentValue: path },
		});
	}
}
