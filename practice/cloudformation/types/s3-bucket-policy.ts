import {
	deleteBucketPolicy,
	getBucketPolicy,
	putBucketPolicy,
} from '../../services/s3/operations/configuration/policy.ts';
import type { Json } from '../json.ts';
import { resource } from '../resource.ts';
import { asDocument, asText } from './documents.ts';

interface BucketPolicy {
	Bucket: string;
	PolicyDocument: Json;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucketpolicy.html */
export const bucketPolicy = resource<BucketPolicy>('AWS::S3::BucketPolicy', {
	properties: ['Bucket', 'PolicyDocument'],
	create({ Bucket, PolicyDocument }, { call }) {
		call(putBucketPolicy, { Bucket, Policy: asText(PolicyDocument) });
		return { id: Bucket };
	},
	read: (id, { call }) => ({
		Bucket: id,
		PolicyDocument: asDocument(call(getBucketPolicy, { Bucket: id }).Policy!),
	}),
	update(id, { PolicyDocument }, { call }) {
		call(putBucketPolicy, { Bucket: id, Policy: asText(PolicyDocument) });
		return undefined;
	},
	delete: (id, { call }) => call(deleteBucketPolicy, { Bucket: id }),
});
