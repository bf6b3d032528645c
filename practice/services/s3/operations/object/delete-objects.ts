import {
	DeleteObjects$,
	type DeleteObjectsOutput,
	type DeleteObjectsRequest,
	type ObjectIdentifier,
} from '@aws-sdk/client-s3';
import { Fault, refuseParameters } from '../../../../fault.ts';
import { type Call, operation } from '../../../../operation.ts';
import { demand, objectAccess } from '../../access.ts';
import { type Bucket, findBucket } from '../../buckets.ts';
import { deleteOne } from '../../delete.ts';
import { checkKey, refuseObjectParameters } from '../../parameters.ts';

/** Each key by itself: what fails is told, the others go. https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html */
export const deleteObjects = operation(
	DeleteObjects$,
	(input: DeleteObjectsRequest, call): DeleteObjectsOutput => {
		refuseObjectParameters('DeleteObjects', input);
		const bucket = findBucket(call.account, input.Bucket!, input.ExpectedBucketOwner);
		const { Objects: wanted = [], Quiet = false } = input.Delete!;
		if (wanted.length === 0 || wanted.length > 1000) {
			throw new Fault(
				'MalformedXML',
				'The XML you provided was not well-formed or did not validate against our published schema',
			);
		}
		const output = { Deleted: [], Errors: [] } as Required<Pick<DeleteObjectsOutput, 'Deleted' | 'Errors'>>;
		for (const each of wanted) {
			const { Key, VersionId } = each;
			try {
				const { DeleteMarker, VersionId: version } = erase(call, bucket, each);
				if (Quiet) continue;
				output.Deleted.push({
					...{ Key, ...(VersionId !== undefined && { VersionId }) },
					...(DeleteMarker && { DeleteMarker, DeleteMarkerVersionId: version }),
				});
			} catch (error) {
				if (!(error instanceof Fault)) throw error;
				const version = VersionId === undefined ? {} : { VersionId };
				output.Errors.push({ Key, ...version, Code: error.name, Message: error.message });
			}
		}
		return output;
	},
	{
		access: () => [],
		touches: ({ Bucket, Delete }) => `${Bucket}/${Delete?.Objects?.map(({ Key }) => Key).join(', ')}`,
	},
);

function erase(call: Call, bucket: Bucket, { Key, VersionId, ETag, ...conditions }: ObjectIdentifier) {
	refuseParameters('s3:DeleteObjects', conditions, ['LastModifiedTime', 'Size']);
	checkKey(Key!);
	const action = VersionId === undefined ? 'DeleteObject' : 'DeleteObjectVersion';
	demand(call, objectAccess(action, bucket, Key!, call, VersionId === undefined ? {} : { 's3:versionid': VersionId }));
	return deleteOne(call.account, bucket, { Key, VersionId, IfMatch: ETag });
}
