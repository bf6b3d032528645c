import {
	deleteBucketPolicy,
	getBucketPolicy,
	putBucketPolicy,
} from '../../services/s3/operations/configuration/policy.ts';
import type { Json } from '../json.ts';
import { type ResourceContext, resource } from '../resource.ts';
import { asText, liveDocument } from './documents.ts';
import { refuseTaken } from './parts/taken.ts';
import { ifThere } from './parts/there.ts';

interface BucketPolicy {
	Bucket: string;
	PolicyDocument: Json;
}

const policyOf = (Bucket: string, { call }: Pick<ResourceContext, 'call'>) =>
	ifThere(() => call(getBucketPolicy, { Bucket }).Policy!);

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucketpolicy.html */
export const bucketPolicy = resource<BucketPolicy>('AWS::S3::BucketPolicy', {
	properties: ['Bucket', 'PolicyDocument'],
	exists: ({ Bucket }, context) => policyOf(Bucket, context) && Bucket,
	create({ Bucket, PolicyDocument }, context) {
		refuseTaken('AWS::S3::BucketPolicy', policyOf(Bucket, context) && Bucket);
		context.call(putBucketPolicy, { Bucket, Policy: asText(PolicyDocument) });
		return { id: Bucket };
	},
	read(id, context) {
		const text = policyOf(id, context);
		return text ? { Bucket: id, PolicyDocument: liveDocument(text, context.declared.PolicyDocument) } : undefined;
	},
	update(id, { PolicyDocument }, { call }) {
		call(putBucketPolicy, { Bucket: id, Policy: asText(PolicyDocument) });
		return undefined;
	},
	delete: (id, { call }) => ifThere(() => call(deleteBucketPolicy, { Bucket: id })),
});
