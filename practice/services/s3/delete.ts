import type { AccountInRegion } from '../../account/account.ts';
import type { Bucket } from './buckets.ts';
import { checkWrite } from './conditions.ts';
import { checkVersionId } from './find.ts';
import { Objects } from './objects.ts';

interface Wanted {
	Key?: string | undefined;
	VersionId?: string | undefined;
	IfMatch?: string | undefined;
}

/** What a deletion left or took away, as S3 says it. */
export interface Deleted {
	VersionId?: string;
	DeleteMarker?: boolean;
}

/** Deletes an object, or one version of it. What is not there is no error. */
export function deleteOne(account: AccountInRegion, bucket: Bucket, { Key, VersionId, IfMatch }: Wanted): Deleted {
	const objects = account.store(Objects);
	if (VersionId === undefined) {
		if (IfMatch !== undefined) checkWrite({ IfMatch }, Key!, objects.current(bucket.name, Key!));
		const marker = objects.hide(bucket, Key!);
		return marker ? { DeleteMarker: true, VersionId: marker.version } : {};
	}
	checkVersionId(VersionId);
	const version = objects.version(bucket.name, Key!, VersionId);
	if (IfMatch !== undefined) checkWrite({ IfMatch }, Key!, version);
	if (version) objects.remove(version);
	return { VersionId, ...(version?.marker && { DeleteMarker: true }) };
}
