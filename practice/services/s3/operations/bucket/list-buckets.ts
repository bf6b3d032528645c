import { ListBuckets$, type ListBucketsOutput, type ListBucketsRequest } from '@aws-sdk/client-s3';
import { Fault } from '../../../../fault.ts';
import { operation } from '../../../../operation.ts';
import { Buckets, bucketArn } from '../../buckets.ts';
import { ownerOf } from '../../owner.ts';
import { continuation, continued } from '../../token.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html */
export const listBuckets = operation(
	ListBuckets$,
	({ MaxBuckets, ContinuationToken, Prefix, BucketRegion }: ListBucketsRequest, { account }): ListBucketsOutput => {
		if (MaxBuckets !== undefined && !(MaxBuckets >= 1 && MaxBuckets <= 10_000)) {
			throw new Fault('InvalidArgument', 'Argument max-buckets must be an integer between 1 and 10000', {
				members: { ArgumentName: 'max-buckets', ArgumentValue: MaxBuckets },
			});
		}
		const after = ContinuationToken === undefined ? '' : continued(ContinuationToken);
		const found = account
			.store(Buckets)
			.list(Prefix)
			.filter(({ name, region }) => name > after && (BucketRegion === undefined || BucketRegion === region));
		const shown = found.slice(0, MaxBuckets ?? 10_000);
		return {
			Buckets: shown.map(({ name, region, created }) => ({
				...{ Name: name, CreationDate: new Date(created), BucketRegion: region, BucketArn: bucketArn(name) },
			})),
			Owner: ownerOf(account),
			...(Prefix !== undefined && { Prefix }),
			...(shown.length < found.length && { ContinuationToken: continuation(shown.at(-1)!.name) }),
		};
	},
	{ access: () => ({ action: 's3:ListAllMyBuckets' }) },
);
