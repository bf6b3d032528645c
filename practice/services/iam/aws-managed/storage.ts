import type { Document } from './index.ts';
import { allow, document } from './statements.ts';

/** For objects, queues, topics, tables and parameters. */
export const storage: Record<string, Document> = {
	AmazonS3FullAccess: document(allow(['s3:*', 's3-object-lambda:*'])),
	AmazonS3ReadOnlyAccess: document(
		allow(['s3:Get*', 's3:List*', 's3:Describe*', 's3-object-lambda:Get*', 's3-object-lambda:List*']),
	),
	AmazonSQSFullAccess: document(allow(['sqs:*'])),
	AmazonSQSReadOnlyAccess: document(
		allow([
			'sqs:GetQueueAttributes',
			'sqs:GetQueueUrl',
			'sqs:ListDeadLetterSourceQueues',
			'sqs:ListQueues',
			'sqs:ListMessageMoveTasks',
			'sqs:ListQueueTags',
		]),
	),
	AmazonSNSFullAccess: document(allow(['sns:*'])),
	AmazonSNSReadOnlyAccess: document(allow(['sns:GetTopicAttributes', 'sns:List*', 'sns:CheckIfPhoneNumberIsOptedOut'])),
	AmazonSSMFullAccess: document(
		allow(['cloudwatch:PutMetricData', 'ds:CreateComputer', 'ds:DescribeDirectories', 'ec2:DescribeInstanceStatus']),
		allow(['logs:*', 'ssm:*', 'ec2messages:*']),
	),
	AmazonSSMReadOnlyAccess: document(allow(['ssm:Describe*', 'ssm:Get*', 'ssm:List*'])),
	AmazonDynamoDBReadOnlyAccess: document(
		allow([
			'dynamodb:BatchGetItem',
			'dynamodb:Describe*',
			'dynamodb:List*',
			'dynamodb:GetItem',
			'dynamodb:Query',
			'dynamodb:Scan',
		]),
	),
};
