import { Fault } from '../../fault.ts';
import type { Call } from '../../operation.ts';
import { bucketAccess, demand } from './access.ts';
import type { Bucket } from './buckets.ts';
import { Objects, type Version } from './objects.ts';

interface Wanted {
	Key?: string | undefined;
	VersionId?: string | undefined;
}

/** The object that a read is about. Delete markers are answered as S3 does. */
export function findObject(
	call: Call,
	bucket: Bucket,
	{ Key, VersionId }: Wanted,
	method: 'GET' | 'HEAD' = 'GET',
): Version {
	const objects = call.account.store(Objects);
	if (VersionId !== undefined) {
		checkVersionId(VersionId);
		const version = objects.version(bucket.name, Key!, VersionId);
		if (!version) throw noSuchVersion(Key!, VersionId);
		if (version.marker) throw markerAsked(call, version, method);
		return version;
	}
	const current = objects.current(bucket.name, Key!);
	if (current && !current.marker) return current;
	// Who may not list the bucket is not told whether the object is there.
	demand(call, bucketAccess('ListBucket', bucket, call));
	throw new Fault('NoSuchKey', 'The specified key does not exist.', {
		members: { Key: Key! },
		...(current && { headers: { 'x-amz-delete-marker': 'true', 'x-amz-version-id': current.version } }),
	});
}

/** Refuses what cannot be a version's id. */
export function checkVersionId(id: string): void {
	if (id === 'null' || /^[A-Za-z0-9._]{32}$/.test(id)) return;
	throw new Fault(
		'InvalidArgument',
		id === '' ? 'Version id cannot be the empty string' : 'Invalid version id specified',
		{
			members: { ArgumentName: 'versionId', ArgumentValue: id },
		},
	);
}

export const noSuchVersion = (key: string, id: string) =>
	new Fault('NoSuchVersion', 'The specified version does not exist.', {
		status: 404,
		members: { Key: key, VersionId: id },
	});

const markerAsked = ({ account }: Call, version: Version, method: string) =>
	new Fault('MethodNotAllowed', 'The specified method is not allowed against this resource.', {
		status: 405,
		members: { Method: method, ResourceType: 'DeleteMarker' },
		headers: {
			allow: 'DELETE',
			'x-amz-delete-marker': 'true',
			'x-amz-version-id': version.version,
			'last-modified': new Date(account.clock.toWire(version.modified)).toUTCString(),
		},
	});
