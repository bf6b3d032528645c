import type {
	CORSRule,
	LifecycleRule,
	PublicAccessBlockConfiguration,
	ServerSideEncryptionRule,
	TransitionDefaultMinimumObjectSize,
} from '@aws-sdk/client-s3';
import type { AccountInRegion } from '../../account/account.ts';
import { Documents } from '../../account/documents.ts';
import { Fault, notImplemented } from '../../fault.ts';
import { checkBucketName } from './bucket-name.ts';

export interface Lifecycle {
	rules: LifecycleRule[];
	/** Whether small objects change their storage class like large ones. */
	smallest: TransitionDefaultMinimumObjectSize;
	/** The work on the agenda that applies the rules next. */
	job: number;
}

export interface Bucket {
	name: string;
	region: string;
	/** Account time, ms. */
	created: number;
	/** Undefined until versioning was enabled once. */
	versioning?: 'Enabled' | 'Suspended';
	tags?: Record<string, string>;
	/** JSON. */
	policy?: string;
	encryption: ServerSideEncryptionRule[];
	publicAccessBlock?: PublicAccessBlockConfiguration | undefined;
	ownership?: 'BucketOwnerEnforced' | 'BucketOwnerPreferred' | 'ObjectWriter' | undefined;
	lifecycle?: Lifecycle | undefined;
	cors?: CORSRule[] | undefined;
}

/** The account's buckets. Their names have no region. */
export class Buckets extends Documents<Bucket> {
	static override kind = 's3.bucket';
	static override global = true;

	override get(name: string): Bucket | undefined {
		const bucket = super.get(name);
		// Dates of lifecycle rules were written as text.
		for (const rule of bucket?.lifecycle?.rules ?? []) {
			if (rule.Expiration?.Date) rule.Expiration.Date = new Date(rule.Expiration.Date);
			for (const each of rule.Transitions ?? []) if (each.Date) each.Date = new Date(each.Date);
		}
		return bucket;
	}

	/** Changes a bucket's settings. */
	update(name: string, change: Partial<Bucket>): void {
		this.put(name, { ...this.get(name)!, ...change });
	}
}

/** The bucket that a request is about: it is there, and the request came to its region. */
export function findBucket(account: AccountInRegion, name: string, expectedOwner?: string): Bucket {
	const bucket = anywhere(account, name, expectedOwner);
	if (bucket.region === account.region) return bucket;
	throw new Fault(
		'PermanentRedirect',
		'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.',
		{
			status: 301,
			members: { Endpoint: `${name}.s3.${bucket.region}.amazonaws.com`, Bucket: name },
			headers: { 'x-amz-bucket-region': bucket.region },
		},
	);
}

/** The same from any region, for what S3 answers everywhere. */
export function anywhere(account: AccountInRegion, name: string, expectedOwner?: string): Bucket {
	if (name.startsWith('arn:')) throw notImplemented('S3 access points');
	checkBucketName(name);
	const bucket = account.store(Buckets).get(name);
	if (!bucket) {
		throw new Fault('NoSuchBucket', 'The specified bucket does not exist', {
			status: 404,
			members: { BucketName: name },
		});
	}
	if (expectedOwner !== undefined && expectedOwner !== account.id) {
		throw new Fault('AccessDenied', 'Access Denied', { status: 403 });
	}
	return bucket;
}

export const bucketArn = (name: string) => `arn:aws:s3:::${name}`;
export const objectArn = (bucket: string, key: string) => `arn:aws:s3:::${bucket}/${key}`;
