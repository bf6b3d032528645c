import {
	GetObjectAttributes$,
	type GetObjectAttributesOutput,
	type GetObjectAttributesParts,
	type GetObjectAttributesRequest,
} from '@aws-sdk/client-s3';
import { Fault } from '../../../../fault.ts';
import { operation } from '../../../../operation.ts';
import { onObject } from '../../access.ts';
import { findBucket } from '../../buckets.ts';
import { checksumMember } from '../../checksums/checksum.ts';
import { versionMember } from '../../describe.ts';
import { findObject } from '../../find.ts';
import type { About } from '../../objects.ts';
import { pageSize, refuseObjectParameters } from '../../parameters.ts';
import { existingTags } from './get-object.ts';

const known = ['ETag', 'Checksum', 'ObjectParts', 'StorageClass', 'ObjectSize'];

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAttributes.html */
export const getObjectAttributes = operation(
	GetObjectAttributes$,
	(input: GetObjectAttributesRequest, call): GetObjectAttributesOutput => {
		refuseObjectParameters('GetObjectAttributes', input);
		const unknown = input.ObjectAttributes!.find((name) => !known.includes(name));
		if (unknown !== undefined || input.ObjectAttributes!.length === 0) {
			throw new Fault('InvalidArgument', 'Invalid attribute name specified.', {
				members: { ArgumentName: 'x-amz-object-attributes', ArgumentValue: unknown ?? '' },
			});
		}
		const bucket = findBucket(call.account, input.Bucket!, input.ExpectedBucketOwner);
		const version = findObject(call, bucket, input);
		const { checksum, parts } = version.about;
		const asked = new Set<string>(input.ObjectAttributes);
		return {
			...{ LastModified: new Date(version.modified), ...versionMember(bucket, version) },
			...(asked.has('ETag') && { ETag: version.etag }),
			...(asked.has('Checksum') &&
				checksum && {
					Checksum: {
						...checksumMember({ ...checksum, value: checksum.value.replace(/-\d+$/, '') }),
						ChecksumType: checksum.type,
					},
				}),
			...(asked.has('ObjectParts') && parts && { ObjectParts: partsPage(parts, input) }),
			...(asked.has('StorageClass') && { StorageClass: version.storageClass }),
			...(asked.has('ObjectSize') && { ObjectSize: version.size }),
		};
	},
	{
		access: (input, call) => [
			onObject('GetObject', 'GetObjectVersion', existingTags)(input, call),
			onObject('GetObjectAttributes', 'GetObjectVersionAttributes', existingTags)(input, call),
		],
	},
);

/** S3 tells the single parts only where they have checksums of their own. */
function partsPage(
	parts: NonNullable<About['parts']>,
	{ MaxParts, PartNumberMarker = '0' }: GetObjectAttributesRequest,
): GetObjectAttributesParts {
	if (!parts.some(({ checksum }) => checksum)) return { TotalPartsCount: parts.length };
	const max = pageSize(MaxParts, 'max-parts');
	const rest = parts.filter(({ number }) => number > Number(PartNumberMarker));
	const shown = rest.slice(0, max);
	return {
		...{ TotalPartsCount: parts.length, MaxParts: max, PartNumberMarker, IsTruncated: shown.length < rest.length },
		NextPartNumberMarker: String(shown.at(-1)?.number ?? 0),
		Parts: shown.map(({ number, size, checksum }) => ({ PartNumber: number, Size: size, ...checksumMember(checksum) })),
	};
}
