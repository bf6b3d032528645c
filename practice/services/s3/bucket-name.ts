import { Fault, notImplemented } from '../../fault.ts';

/**
 * Refuses what is no name for a bucket.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
export function checkBucketName(name: string): void {
	if (name.endsWith('--x-s3')) throw notImplemented('S3 directory buckets');
	if (name.endsWith('--table-s3')) throw notImplemented('S3 table buckets');
	if (
		!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) ||
		/\.\.|\.-|-\./.test(name) ||
		/^\d+\.\d+\.\d+\.\d+$/.test(name) ||
		/^(xn--|sthree-|amzn-s3-demo-)/.test(name) ||
		/(-s3alias|--ol-s3|\.mrap)$/.test(name)
	) {
		throw new Fault('InvalidBucketName', 'The specified bucket is not valid.', { members: { BucketName: name } });
	}
}
