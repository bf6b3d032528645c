import type { ResourceType } from '../resource.ts';
import { metadata } from './cdk-metadata.ts';
import { repository } from './ecr-repository.ts';
import { accessKey } from './iam-access-key.ts';
import { group } from './iam-group.ts';
import { instanceProfile } from './iam-instance-profile.ts';
import { managedPolicy } from './iam-managed-policy.ts';
import { policy } from './iam-policy.ts';
import { role } from './iam-role.ts';
import { serviceLinkedRole } from './iam-service-linked-role.ts';
import { user } from './iam-user.ts';
import { userToGroupAddition } from './iam-user-to-group-addition.ts';
import { logGroup } from './logs-log-group.ts';
import { logStream } from './logs-log-stream.ts';
import { bucket } from './s3-bucket.ts';
import { bucketPolicy } from './s3-bucket-policy.ts';
import { subscription } from './sns-subscription.ts';
import { topic } from './sns-topic.ts';
import { topicPolicy } from './sns-topic-policy.ts';
import { queue } from './sqs-queue.ts';
import { queuePolicy } from './sqs-queue-policy.ts';
import { parameter } from './ssm-parameter.ts';
import { waitConditionHandle } from './wait-condition-handle.ts';

/** Every resource type that stacks may have, by name. Run spec/extract.ts after adding one. */
// biome-ignore lint/suspicious/noExplicitAny: each type has properties of its own
export const resourceTypes: Record<string, ResourceType<any>> = Object.fromEntries([
	metadata,
	waitConditionHandle,
	repository,
	accessKey,
	group,
	instanceProfile,
	managedPolicy,
	policy,
	role,
	serviceLinkedRole,
	user,
	userToGroupAddition,
	logGroup,
	logStream,
	bucket,
	bucketPolicy,
	subscription,
	topic,
	topicPolicy,
	queue,
	queuePolicy,
	parameter,
]);
