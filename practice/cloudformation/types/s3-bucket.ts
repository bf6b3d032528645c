import { Fault } from '../../fault.ts';
import { createBucket } from '../../services/s3/operations/bucket/create-bucket.ts';
import { deleteBucket } from '../../services/s3/operations/bucket/delete-bucket.ts';
import { headBucket } from '../../services/s3/operations/bucket/head-bucket.ts';
import { deleteBucketTagging, putBucketTagging } from '../../services/s3/operations/configuration/bucket-tagging.ts';
import { same } from '../json.ts';
import { type Before, type ResourceContext, resource } from '../resource.ts';
import { type BucketProperties, bucketSettings } from './s3-bucket-settings.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucket.html */
export const bucket = resource<BucketProperties>('AWS::S3::Bucket', {
	properties: ['BucketName', 'Tags', ...(Object.keys(bucketSettings) as (keyof typeof bucketSettings)[])],
	namedBy: 'BucketName',
	create(properties, context) {
		const { call, account, name, tags } = context;
		const Bucket = properties.BucketName ?? name(63, 'lower-case');
		// S3 in us-east-1 gives an owner the same bucket again; CloudFormation does not.
		if (isThere(Bucket, context)) throw new Fault('BucketAlreadyExists', `${Bucket} already exists`, { status: 409 });
		const elsewhere = account.region !== 'us-east-1' && { LocationConstraint: account.region as 'eu-west-1' };
		call(createBucket, { Bucket, ...(elsewhere && { CreateBucketConfiguration: elsewhere }) });
		configure(Bucket, properties, {}, context);
		if (tags.length > 0) call(putBucketTagging, { Bucket, Tagging: { TagSet: tags } });
		const { region } = account;
		return {
			id: Bucket,
			attributes: {
				Arn: `arn:aws:s3:::${Bucket}`,
				DomainName: `${Bucket}.s3.amazonaws.com`,
				DualStackDomainName: `${Bucket}.s3.dualstack.${region}.amazonaws.com`,
				RegionalDomainName: `${Bucket}.s3.${region}.amazonaws.com`,
				WebsiteURL: `http://${Bucket}.s3-website-${region}.amazonaws.com`,
			},
		};
	},
	read(id, context) {
		if (!isThere(id, context)) return undefined;
		const live: Record<string, unknown> = { BucketName: id };
		for (const [name, { get }] of Object.entries(bucketSettings)) {
			const value = whereSet(() => get(id, context.call));
			if (value !== undefined) live[name] = value;
		}
		return live as BucketProperties;
	},
	update(id, properties, context: ResourceContext & Before<BucketProperties>) {
		const { call, before, tags, tagsBefore } = context;
		configure(id, properties, before, context);
		if (tags.length > 0 && !same(tags, tagsBefore)) call(putBucketTagging, { Bucket: id, Tagging: { TagSet: tags } });
		else if (tags.length === 0 && tagsBefore.length > 0) call(deleteBucketTagging, { Bucket: id });
		return undefined;
	},
	delete: (id, { call }) => call(deleteBucket, { Bucket: id }),
	exists: ({ BucketName }, context) => (BucketName && isThere(BucketName, context) ? BucketName : undefined),
});

/** Tells S3 what is said differently from before, and takes back what is not said any more. */
function configure(id: string, after: BucketProperties, before: BucketProperties, { call }: ResourceContext): void {
	for (const [name, { put, reset }] of Object.entries(bucketSettings) as [keyof typeof bucketSettings, Setting][]) {
		if (same(after[name], before[name])) continue;
		if (after[name] === undefined) reset(id, call);
		else put(id, after[name], call);
	}
}
type Setting = (typeof bucketSettings)[keyof typeof bucketSettings] & {
	put(id: string, value: unknown, call: ResourceContext['call']): void;
};

function isThere(name: string, { call }: Pick<ResourceContext, 'call'>): boolean {
	try {
		call(headBucket, { Bucket: name });
		return true;
	} catch (error) {
		if (error instanceof Fault && error.status === 404) return false;
		throw error;
	}
}

/** A setting, or undefined where S3 says that there is none. */
function whereSet<T>(get: () => T): T | undefined {
	try {
		return get();
	} catch (error) {
		if (error instanceof Fault && error.status === 404) return undefined;
		throw error;
	}
}
