import { consoleUrl } from '../console-url.ts';
import type { Listing } from '../inventory.ts';
import type { Reads } from '../reads.ts';
import { count } from '../words.ts';

const type = 'AWS::S3::Bucket';
/** Counting asks one question a bucket; an account with more buckets than this is not a learner's. */
const counted = 20;

/** Buckets of all regions, with how many objects each holds. */
export const buckets: Listing = {
	kind: 'buckets',
	async read(aws, { region }) {
		const { Buckets: found = [] } = await aws.s3.listBuckets({});
		return Promise.all(
			found.map(async (bucket, index) => ({
				type,
				id: bucket.Name!,
				...(index < counted && { detail: await objects(aws, bucket.Name!) }),
				consoleUrl: consoleUrl(type, bucket.Name!, bucket.BucketRegion ?? region),
				command: `aws s3api list-objects-v2 --bucket ${bucket.Name}`,
				json: bucket,
			})),
		);
	},
};

/** `2 objects`, or nothing to tell where the bucket's own policy says no or the bucket went meanwhile. */
async function objects(aws: Reads, bucket: string): Promise<string | undefined> {
	try {
		const { KeyCount = 0, IsTruncated } = await aws.s3.listObjectsV2({ Bucket: bucket });
		return IsTruncated ? `more than ${KeyCount} objects` : count(KeyCount, 'object');
	} catch (error) {
		if (['AccessDenied', 'NoSuchBucket'].includes((error as Error).name)) return undefined;
		throw error;
	}
}
