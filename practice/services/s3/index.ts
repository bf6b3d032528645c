import * as client from '@aws-sdk/client-s3';
import type { Account } from '../../account/account.ts';
import { service } from '../../service.ts';
import { Buckets } from './buckets.ts';
import { applyLifecycle } from './lifecycle/apply.ts';
import { createBucket } from './operations/bucket/create-bucket.ts';
import { deleteBucket } from './operations/bucket/delete-bucket.ts';
import { getBucketLocation } from './operations/bucket/get-bucket-location.ts';
import { headBucket } from './operations/bucket/head-bucket.ts';
import { listBuckets } from './operations/bucket/list-buckets.ts';
import * as absent from './operations/configuration/absent.ts';
import * as acl from './operations/configuration/acl.ts';
import * as encryption from './operations/configuration/bucket-encryption.ts';
import * as bucketTagging from './operations/configuration/bucket-tagging.ts';
import * as cors from './operations/configuration/cors.ts';
import * as lifecycle from './operations/configuration/lifecycle.ts';
import * as ownership from './operations/configuration/ownership-controls.ts';
import * as policy from './operations/configuration/policy.ts';
import * as publicAccess from './operations/configuration/public-access-block.ts';
import * as versioning from './operations/configuration/versioning.ts';
import { abortMultipartUpload } from './operations/multipart/abort-multipart-upload.ts';
import { completeMultipartUpload } from './operations/multipart/complete-multipart-upload.ts';
import { createMultipartUpload } from './operations/multipart/create-multipart-upload.ts';
import { listMultipartUploads } from './operations/multipart/list-multipart-uploads.ts';
import { listParts } from './operations/multipart/list-parts.ts';
import { uploadPart } from './operations/multipart/upload-part.ts';
import { uploadPartCopy } from './operations/multipart/upload-part-copy.ts';
import { copyObject } from './operations/object/copy-object.ts';
import { deleteObject } from './operations/object/delete-object.ts';
import { deleteObjects } from './operations/object/delete-objects.ts';
import { getObject } from './operations/object/get-object.ts';
import { getObjectAttributes } from './operations/object/get-object-attributes.ts';
import { headObject } from './operations/object/head-object.ts';
import { listObjectVersions } from './operations/object/list-object-versions.ts';
import { listObjects } from './operations/object/list-objects.ts';
import { listObjectsV2 } from './operations/object/list-objects-v2.ts';
import * as objectTagging from './operations/object/object-tagging.ts';
import { putObject } from './operations/object/put-object.ts';

const found = (account: Account, bucket: string | undefined) =>
	bucket === undefined ? undefined : account.in('us-east-1').store(Buckets).get(bucket);

/** Simple Storage Service: general purpose buckets and the objects in them. */
export default service({
	client: client as unknown as Record<string, unknown>,
	operations: [
		...[createBucket, deleteBucket, headBucket, listBuckets, getBucketLocation],
		...Object.values(versioning),
		...Object.values(bucketTagging),
		...Object.values(policy),
		...Object.values(encryption),
		...Object.values(publicAccess),
		...Object.values(ownership),
		...Object.values(lifecycle),
		...Object.values(cors),
		...Object.values(acl),
		...Object.values(absent),
		...[putObject, getObject, headObject, getObjectAttributes, copyObject, deleteObject, deleteObjects],
		...[listObjects, listObjectsV2, listObjectVersions],
		...Object.values(objectTagging),
		...[createMultipartUpload, uploadPart, uploadPartCopy, completeMultipartUpload, abortMultipartUpload],
		...[listParts, listMultipartUploads],
	],
	workers: { lifecycle: applyLifecycle },
	anonymous({ bucket }, accounts) {
		for (const account of accounts) if (found(account, bucket)) return account;
		return undefined;
	},
	region: ({ bucket }, account) => found(account, bucket)?.region,
});
