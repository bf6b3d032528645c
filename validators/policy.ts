import type { Call } from './reads.ts';

/** A policy that lets the checks look, and nothing else. */
export interface Policy {
	Version: '2012-10-17';
	Statement: { Sid: string; Effect: 'Allow'; Action: string[]; Resource: '*' }[];
}

/**
 * Operations whose permission has another name, or needs none.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 */
const otherwise: Record<string, string | undefined> = {
	's3:ListBuckets': 's3:ListAllMyBuckets',
	's3:ListObjects': 's3:ListBucket',
	's3:ListObjectsV2': 's3:ListBucket',
	's3:HeadBucket': 's3:ListBucket',
	's3:ListObjectVersions': 's3:ListBucketVersions',
	's3:ListMultipartUploads': 's3:ListBucketMultipartUploads',
	's3:HeadObject': 's3:GetObject',
	's3:GetObjectAttributes': 's3:GetObject',
	's3:GetBucketCors': 's3:GetBucketCORS',
	's3:GetBucketEncryption': 's3:GetEncryptionConfiguration',
	's3:GetBucketLifecycleConfiguration': 's3:GetLifecycleConfiguration',
	's3:GetBucketNotificationConfiguration': 's3:GetBucketNotification',
	's3:GetBucketReplication': 's3:GetReplicationConfiguration',
	's3:GetBucketAccelerateConfiguration': 's3:GetAccelerateConfiguration',
	's3:GetPublicAccessBlock': 's3:GetBucketPublicAccessBlock',
	// Everybody may ask who they are.
	'sts:GetCallerIdentity': undefined,
};

/** The permission that a call needs, `sqs:GetQueueAttributes`; undefined where it needs none. */
export function actionOf({ service, operation }: Call): string | undefined {
	// The names of the clients in Reads are IAM's prefixes.
	const name = `${service}:${operation}`;
	return name in otherwise ? otherwise[name] : name;
}

/** The least policy that allows these calls, in a stable order. */
export function policyFor(calls: Iterable<Call>): Policy {
	const actions = new Set<string>();
	for (const call of calls) {
		const action = actionOf(call);
		if (action) actions.add(action);
	}
	return {
		Version: '2012-10-17',
		Statement: [{ Sid: 'SlipwayLooks', Effect: 'Allow', Action: [...actions].sort(), Resource: '*' }],
	};
}
