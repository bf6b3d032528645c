import { authorize } from '../../iam/authorize.ts';
import type { Access, Call } from '../../operation.ts';
import { type Bucket, bucketArn, findBucket, objectArn } from './buckets.ts';
import { isPublic } from './public.ts';

interface BucketInput {
	Bucket?: string | undefined;
	Prefix?: string | undefined;
	Delimiter?: string | undefined;
	MaxKeys?: number | undefined;
	ExpectedBucketOwner?: string | undefined;
}
interface ObjectInput extends BucketInput {
	Key?: string | undefined;
	VersionId?: string | undefined;
}
type Context = Record<string, string | string[]>;

/** The permission `action` on the bucket. */
export const onBucket =
	(action: string, context: (input: BucketInput) => Context = () => ({})) =>
	(input: BucketInput, call: Call): Access => {
		const bucket = findBucket(call.account, input.Bucket!, input.ExpectedBucketOwner);
		return bucketAccess(action, bucket, call, context(input));
	};

/** The permission `action` on the object; `versionAction` where the request names a version. */
export const onObject =
	<Input extends ObjectInput>(
		action: string,
		versionAction = action,
		context: (input: Input, call: Call) => Context = () => ({}),
	) =>
	(input: Input, call: Call): Access => {
		const bucket = findBucket(call.account, input.Bucket!, input.ExpectedBucketOwner);
		return objectAccess(input.VersionId === undefined ? action : versionAction, bucket, input.Key!, call, {
			...(input.VersionId !== undefined && { 's3:versionid': input.VersionId }),
			...context(input, call),
		});
	};

export const bucketAccess = (action: string, bucket: Bucket, call: Call, context: Context = {}): Access => ({
	action: `s3:${action}`,
	resource: bucketArn(bucket.name),
	context: { 's3:ResourceAccount': call.account.id, 'aws:ResourceAccount': call.account.id, ...context },
	policy: policyFor(bucket, call),
});

export const objectAccess = (
	action: string,
	bucket: Bucket,
	key: string,
	call: Call,
	context: Context = {},
): Access => ({ ...bucketAccess(action, bucket, call, context), resource: objectArn(bucket.name, key) });

/** A public policy gives strangers nothing while the bucket restricts such policies. */
function policyFor({ policy, publicAccessBlock }: Bucket, { principal }: Call): string | undefined {
	const restricted = principal.kind === 'anonymous' && publicAccessBlock?.RestrictPublicBuckets;
	return restricted && policy && isPublic(policy) ? undefined : policy;
}

/** Evaluates a permission that only turns out to be needed on the way. */
export function demand(call: Call, { action, resource, context, policy }: Access): void {
	if (call.principal.kind === 'administrator') return;
	authorize(call, { action: action!, resource: resource!, context: context ?? {}, policy });
}
