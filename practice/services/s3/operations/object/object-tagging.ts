import {
	DeleteObjectTagging$,
	type DeleteObjectTaggingOutput,
	type DeleteObjectTaggingRequest,
	GetObjectTagging$,
	type GetObjectTaggingOutput,
	type GetObjectTaggingRequest,
	PutObjectTagging$,
	type PutObjectTaggingOutput,
	type PutObjectTaggingRequest,
} from '@aws-sdk/client-s3';
import { operation } from '../../../../operation.ts';
import { onObject } from '../../access.ts';
import { findBucket } from '../../buckets.ts';
import { versionMember } from '../../describe.ts';
import { findObject } from '../../find.ts';
import { Objects } from '../../objects.ts';
import { readTags, tagContext, tagSet } from '../../tags.ts';
import { existingTags } from './get-object.ts';

const touches = ({ Bucket, Key }: { Bucket?: string | undefined; Key?: string | undefined }) => `${Bucket}/${Key}`;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectTagging.html */
export const putObjectTagging = operation(
	PutObjectTagging$,
	(input: PutObjectTaggingRequest, call): PutObjectTaggingOutput => {
		const { account } = call;
		const bucket = findBucket(account, input.Bucket!, input.ExpectedBucketOwner);
		const version = findObject(call, bucket, input);
		const tags = readTags(input.Tagging?.TagSet, { count: 10, of: 'Object' });
		account.store(Objects).change(version, { about: { ...version.about, tags } });
		return versionMember(bucket, version);
	},
	{
		access: (input, call) =>
			onObject('PutObjectTagging', 'PutObjectVersionTagging', () => ({
				...existingTags(input, call),
				...tagContext('s3:RequestObjectTag', readTags(input.Tagging?.TagSet, { count: 10, of: 'Object' })),
			}))(input, call),
		touches,
	},
);

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectTagging.html */
export const getObjectTagging = operation(
	GetObjectTagging$,
	(input: GetObjectTaggingRequest, call): GetObjectTaggingOutput => {
		const bucket = findBucket(call.account, input.Bucket!, input.ExpectedBucketOwner);
		const version = findObject(call, bucket, input);
		return { TagSet: tagSet(version.about.tags), ...versionMember(bucket, version) };
	},
	{ access: onObject('GetObjectTagging', 'GetObjectVersionTagging', existingTags) },
);

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjectTagging.html */
export const deleteObjectTagging = operation(
	DeleteObjectTagging$,
	(input: DeleteObjectTaggingRequest, call): DeleteObjectTaggingOutput => {
		const bucket = findBucket(call.account, input.Bucket!, input.ExpectedBucketOwner);
		const version = findObject(call, bucket, input);
		const { tags: _, ...about } = version.about;
		call.account.store(Objects).change(version, { about });
		return versionMember(bucket, version);
	},
	{ access: onObject('DeleteObjectTagging', 'DeleteObjectVersionTagging', existingTags), touches },
);
