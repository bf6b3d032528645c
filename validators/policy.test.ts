import { expect, test } from 'vitest';
import { policyFor } from './policy.ts';

test('the policy names each permission once, in order, by the names that IAM has for them', () => {
	expect(
		policyFor([
			{ service: 'sqs', operation: 'GetQueueAttributes' },
			{ service: 's3', operation: 'ListObjectsV2' },
			{ service: 's3', operation: 'HeadBucket' },
			{ service: 's3', operation: 'ListBuckets' },
			{ service: 'sts', operation: 'GetCallerIdentity' },
			{ service: 'logs', operation: 'DescribeLogGroups' },
			{ service: 'sqs', operation: 'GetQueueAttributes' },
		]),
	).toEqual({
		Version: '2012-10-17',
		Statement: [
			{
				Sid: 'SlipwayLooks',
				Effect: 'Allow',
				Action: ['logs:DescribeLogGroups', 's3:ListAllMyBuckets', 's3:ListBucket', 'sqs:GetQueueAttributes'],
				Resource: '*',
			},
		],
	});
});
