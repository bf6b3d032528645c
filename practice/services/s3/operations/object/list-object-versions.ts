import { ListObjectVersions$, type ListObjectVersionsOutput, type ListObjectVersionsRequest } from '@aws-sdk/client-s3';
import { Fault } from '../../../../fault.ts';
import { operation } from '../../../../operation.ts';
import { onBucket } from '../../access.ts';
import { findBucket } from '../../buckets.ts';
import { checkVersionId } from '../../find.ts';
import { encoder, listContext, summary } from '../../listing.ts';
import { Objects, rowOf, type Version } from '../../objects.ts';
import { ownerOf } from '../../owner.ts';
import { page } from '../../page.ts';
import { pageSize } from '../../parameters.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html */
export const listObjectVersions = operation(
	ListObjectVersions$,
	(input: ListObjectVersionsRequest, { account }): ListObjectVersionsOutput => {
		const { Bucket, Prefix = '', Delimiter, KeyMarker = '', VersionIdMarker, EncodingType } = input;
		findBucket(account, Bucket!, input.ExpectedBucketOwner);
		const max = pageSize(input.MaxKeys, 'maxKeys');
		const encode = encoder(EncodingType);
		const objects = account.store(Objects);
		const before = VersionIdMarker === undefined ? undefined : idOf(objects, Bucket!, KeyMarker, VersionIdMarker);
		const { rows, prefixes, truncated, last } = page(
			{ prefix: Prefix, delimiter: Delimiter, after: KeyMarker || undefined, before, max },
			(position, limit) => objects.versionsFrom(Bucket!, position, limit),
		);
		const next = last && ('prefix' in last ? { key: last.prefix } : last.row);
		const Owner = ownerOf(account);
		return {
			...{ Name: Bucket!, Prefix: encode(Prefix), KeyMarker: encode(KeyMarker), MaxKeys: max, IsTruncated: truncated },
			...{ VersionIdMarker: VersionIdMarker ?? '', ...(Delimiter && { Delimiter: encode(Delimiter) }) },
			...(EncodingType && { EncodingType }),
			...(truncated && {
				NextKeyMarker: encode(next!.key),
				...('version' in next! && { NextVersionIdMarker: (next as Version).version }),
			}),
			Versions: rows
				.filter(({ marker }) => !marker)
				.map((version) => ({
					...{ ...summary(version, encode), StorageClass: 'STANDARD' as const },
					...{ VersionId: version.version, IsLatest: version.latest, Owner },
				})),
			DeleteMarkers: rows
				.filter(({ marker }) => marker)
				.map(({ key, version, latest, modified }) => ({
					...{ Key: encode(key), VersionId: version, IsLatest: latest, LastModified: new Date(modified), Owner },
				})),
			CommonPrefixes: prefixes.map((prefix) => ({ Prefix: encode(prefix) })),
		};
	},
	{ access: onBucket('ListBucketVersions', listContext) },
);

/** Where a version stands in the order, also when it is gone by now. */
function idOf(objects: Objects, bucket: string, key: string, version: string): number {
	if (!key) {
		throw new Fault('InvalidArgument', 'A version-id marker cannot be specified without a key marker.', {
			members: { ArgumentName: 'version-id-marker', ArgumentValue: version },
		});
	}
	checkVersionId(version);
	// The version `null` that is gone may have stood anywhere: rather show some versions again than miss one.
	return rowOf(version) ?? objects.version(bucket, key, 'null')?.id ?? Number.MAX_SAFE_INTEGER;
}
