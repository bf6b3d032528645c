import * as client from '@aws-sdk/client-s3';
import { service } from '../../service.ts';
import { Buckets } from './buckets.ts';
import { applyLifecycle } from './lifecycle/apply.ts';
import { createBucket } from './operations/bucket/create-bucket.ts';
import { deleteBucket } from './operations/bucket/delete-bucket.ts';
import { getBucketLocation } from './operations/bucket/get-bucket-location.ts';
import { headBucket } from './operations/bucket/head-bucket.ts';
import { listBuckets } from './operations/bucket/list-buckets.ts';
import * as encryption from './operations/configuration/bucket-encryption.ts';
import * as bucketTagging from './operations/configuration/bucket-tagging.ts';
import * as cors from './operations/configuration/cors.ts';
import * as lifecycle from './operations/configuration/lifecycle.ts';
import * as ownership from './operations/configuration/ownership-controls.ts';
import * as policy from './operations/configuration/policy.ts';
import * as publicAccess from './operations/configuration/public-access-block.ts';
import * as versioning from './operations/configuration/versioning.ts';
import { deleteObject } from './operations/object/delete-object.ts';
import { getObject } from './operations/object/get-object.ts';
import { headObject } from './operations/object/head-object.ts';
import { listObjects } from './operations/object/list-objects.ts';
import { listObjectsV2 } from './operations/object/list-objects-v2.ts';
import { putObject } from './operations/object/put-object.ts';

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
		...[putObject, getObject, headObject, deleteObject, listObjects, listObjectsV2],
	],
	workers: { lifecycle: applyLifecycle },
	anonymous: ({ bucket }, accounts) => {
		for (const account of accounts) {
			if (bucket !== undefined && account.in('us-east-1').store(Buckets).get(bucket)) return account;
		}
		return undefined;
	},
});
