import type { Document } from './index.ts';
import { allow, document } from './statements.ts';

/** For logs, metrics and traces. */
export const observation: Record<string, Document> = {
	AWSXRayDaemonWriteAccess: document(
		allow([
			'xray:PutTraceSegments',
			'xray:PutTelemetryRecords',
			'xray:GetSamplingRules',
			'xray:GetSamplingTargets',
			'xray:GetSamplingStatisticSummaries',
		]),
	),
	AWSXrayWriteOnlyAccess: document(
		allow([
			'xray:PutTraceSegments',
			'xray:PutTelemetryRecords',
			'xray:PutSpans',
			'xray:PutSpansForIndexing',
			'xray:GetSamplingRules',
			'xray:GetSamplingTargets',
			'xray:GetSamplingStatisticSummaries',
		]),
	),
	CloudWatchAgentServerPolicy: document(
		allow([
			'cloudwatch:PutMetricData',
			'ec2:DescribeVolumes',
			'ec2:DescribeTags',
			'logs:PutLogEvents',
			'logs:PutRetentionPolicy',
			'logs:DescribeLogStreams',
			'logs:DescribeLogGroups',
			'logs:CreateLogStream',
			'logs:CreateLogGroup',
			'xray:PutTraceSegments',
			'xray:PutTelemetryRecords',
			'xray:GetSamplingRules',
			'xray:GetSamplingTargets',
			'xray:GetSamplingStatisticSummaries',
		]),
		allow(['ssm:GetParameter'], 'arn:aws:ssm:*:*:parameter/AmazonCloudWatch-*'),
	),
	CloudWatchLogsFullAccess: document(allow(['logs:*', 'cloudwatch:GenerateQuery'])),
	CloudWatchLogsReadOnlyAccess: document(
		allow([
			'logs:Describe*',
			'logs:Get*',
			'logs:List*',
			'logs:StartQuery',
			'logs:StopQuery',
			'logs:TestMetricFilter',
			'logs:FilterLogEvents',
			'logs:StartLiveTail',
			'logs:StopLiveTail',
			'cloudwatch:GenerateQuery',
		]),
	),
	CloudWatchLambdaInsightsExecutionRolePolicy: document(
		allow('logs:CreateLogGroup'),
		allow(['logs:CreateLogStream', 'logs:PutLogEvents'], 'arn:aws:logs:*:*:log-group:/aws/lambda-insights:*'),
	),
};
