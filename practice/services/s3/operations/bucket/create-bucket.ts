import { CreateBucket$, type CreateBucketOutput, type CreateBucketRequest } from '@aws-sdk/client-s3';
import type { AccountInRegion } from '../../../../account/account.ts';
import { Fault, notImplemented, refuseParameters } from '../../../../fault.ts';
import { operation } from '../../../../operation.ts';
import { checkBucketName } from '../../bucket-name.ts';
import { type Bucket, Buckets, bucketArn } from '../../buckets.ts';
import { readTags } from '../../tags.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html */
export const createBucket = operation(
	CreateBucket$,
	(input: CreateBucketRequest, { account }): CreateBucketOutput => {
		refuseParameters('s3:CreateBucket', input, [
			...['GrantFullControl', 'GrantRead', 'GrantReadACP', 'GrantWrite', 'GrantWriteACP'],
		]);
		if (input.ObjectLockEnabledForBucket) throw notImplemented("s3:CreateBucket's ObjectLockEnabledForBucket");
		const namespace = (input as { BucketNamespace?: string }).BucketNamespace;
		if (namespace !== undefined && namespace !== 'global') throw notImplemented(`s3:CreateBucket's BucketNamespace`);
		refuseParameters('s3:CreateBucket', input.CreateBucketConfiguration ?? {}, ['Location', 'Bucket']);
		const name = input.Bucket!;
		checkBucketName(name);
		checkAcl(input);
		const region = regionFor(account, input.CreateBucketConfiguration?.LocationConstraint);
		const buckets = account.store(Buckets);
		const existing = buckets.get(name);
		if (existing) {
			// us-east-1 has always answered so, and still does for the sake of old programs.
			if (account.region === 'us-east-1' && existing.region === 'us-east-1') return answer(name);
			throw new Fault(
				'BucketAlreadyOwnedByYou',
				'Your previous request to create the named bucket succeeded and you already own it.',
				{ members: { BucketName: name } },
			);
		}
		const tags = readTags(input.CreateBucketConfiguration?.Tags, { count: 50, of: 'Bucket' });
		buckets.put(name, {
			...newBucket(name, region, account.clock.now()),
			ownership: input.ObjectOwnership ?? 'BucketOwnerEnforced',
			...(Object.keys(tags).length > 0 && { tags }),
		});
		return answer(name);
	},
	{
		access: ({ Bucket }) => ({ action: 's3:CreateBucket', resource: bucketArn(Bucket!) }),
		touches: ({ Bucket }) => Bucket,
	},
);

const answer = (name: string): CreateBucketOutput => ({ Location: `/${name}`, BucketArn: bucketArn(name) });

/** What every bucket is born with since 2023: private, encrypted, without access lists. */
const newBucket = (name: string, region: string, created: number): Bucket => ({
	name,
	region,
	created,
	encryption: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false }],
	publicAccessBlock: {
		...{ BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true },
	},
});

function checkAcl({ ACL, ObjectOwnership }: CreateBucketRequest): void {
	if (ACL === undefined || ACL === 'private') return;
	if ((ObjectOwnership ?? 'BucketOwnerEnforced') === 'BucketOwnerEnforced') {
		throw new Fault(
			'InvalidBucketAclWithObjectOwnership',
			"Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
		);
	}
	throw notImplemented(`S3 access lists such as ${ACL}`);
}

const regions = /^(us|eu|ap|sa|ca|me|af|il|mx)-(north|south|east|west|central|northeast|southeast)-\d$/;

/** The region of a new bucket: the one that is asked unless us-east-1, which makes buckets everywhere. */
function regionFor({ region }: AccountInRegion, constraint: string | undefined): string {
	const wanted = constraint === 'EU' ? 'eu-west-1' : constraint;
	if (wanted !== undefined && (!regions.test(wanted) || wanted === 'us-east-1')) {
		throw new Fault('InvalidLocationConstraint', 'The specified location-constraint is not valid', {
			members: { LocationConstraint: constraint },
		});
	}
	if (region === 'us-east-1') return wanted ?? region;
	if (wanted === region) return region;
	throw new Fault(
		'IllegalLocationConstraintException',
		`The ${constraint ?? 'unspecified'} location constraint is incompatible for the region specific endpoint this request was sent to.`,
	);
}
