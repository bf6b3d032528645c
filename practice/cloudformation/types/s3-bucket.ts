import { createBucket } from '../../services/s3/operations/bucket/create-bucket.ts';
import { deleteBucket } from '../../services/s3/operations/bucket/delete-bucket.ts';
import { headBucket } from '../../services/s3/operations/bucket/head-bucket.ts';
import {
	deleteBucketTagging,
	getBucketTagging,
	putBucketTagging,
} from '../../services/s3/operations/configuration/bucket-tagging.ts';
import { type Before, type ResourceContext, resource } from '../resource.ts';
import { type BucketProperties, type BucketSettings, bucketSettings } from './parts/bucket-settings.ts';
import { liveTags } from './parts/live.ts';
import { read, type Settings, write } from './parts/settings.ts';
import { refuseTaken } from './parts/taken.ts';
import { ifThere } from './parts/there.ts';
import { tagChanges, tagList, tagMap } from './tags.ts';

const settings = bucketSettings as Settings<BucketSettings>;

const exists = ({ BucketName }: BucketProperties, { call }: Pick<ResourceContext, 'call'>) =>
	BucketName && ifThere(() => call(headBucket, { Bucket: BucketName })) && BucketName;

const tagsOf = (Bucket: string, { call }: ResourceContext) =>
	ifThere(() => call(getBucketTagging, { Bucket }).TagSet!) ?? [];

/** S3 takes all tags at once: those that somebody else gave the bucket go along. */
function changeTags(Bucket: string, context: ResourceContext & Before<BucketProperties>): void {
	const { set, removed } = tagChanges(context.tagsBefore, context.tags);
	if (set.length === 0 && removed.length === 0) return;
	const kept = tagsOf(Bucket, context).filter(({ Key }) => !removed.includes(Key!));
	const TagSet = tagList({ ...tagMap(kept as { Key: string; Value: string }[]), ...tagMap(set) });
	if (TagSet.length > 0) context.call(putBucketTagging, { Bucket, Tagging: { TagSet } });
	else context.call(deleteBucketTagging, { Bucket });
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucket.html */
export const bucket = resource<BucketProperties>('AWS::S3::Bucket', {
	properties: ['BucketName', 'Tags', ...(Object.keys(bucketSettings) as (keyof typeof bucketSettings)[])],
	namedBy: 'BucketName',
	exists,
	create(properties, context) {
		const { call, account, name, tags } = context;
		const { region } = account;
		refuseTaken('AWS::S3::Bucket', exists(properties, context));
		const Bucket = properties.BucketName ?? name(63, 'lower-case');
		const elsewhere = region !== 'us-east-1' && { LocationConstraint: region as 'eu-west-1' };
		call(createBucket, { Bucket, ...(elsewhere && { CreateBucketConfiguration: elsewhere }) });
		write(settings, Bucket, properties, context);
		if (tags.length > 0) call(putBucketTagging, { Bucket, Tagging: { TagSet: tags } });
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
		const { declared, tags } = context;
		if (!exists({ BucketName: id }, context)) return undefined;
		return {
			BucketName: id,
			...read(settings, id, context),
			Tags: liveTags(tagsOf(id, context), declared.Tags, tags),
		};
	},
	update(id, properties, context) {
		write(settings, id, properties, context, context.before);
		changeTags(id, context);
		return undefined;
	},
	delete: (id, { call }) => ifThere(() => call(deleteBucket, { Bucket: id })),
});
