// biome-ignore-all lint/suspicious/noTemplateCurlyInString: IAM writes its policy variables so.
import type { Document } from './index.ts';
import { allow, document } from './statements.ts';

/** Services that the practice account may have, by the prefix of their actions. */
const services = [
	...['acm', 'apigateway', 'application-autoscaling', 'apprunner', 'autoscaling', 'cloudformation', 'cloudtrail'],
	...['cloudwatch', 'codebuild', 'codecommit', 'codedeploy', 'codepipeline', 'codeconnections', 'dynamodb', 'ec2'],
	...['ecr', 'ecs', 'eks', 'elasticloadbalancing', 'events', 'iam', 'kms', 'lambda', 'logs', 's3', 'secretsmanager'],
	...['servicediscovery', 'sns', 'sqs', 'ssm', 'states', 'synthetics', 'tag', 'xray'],
];
/** Reads that ReadOnlyAccess leaves out, because they show secrets or take messages away. */
const reading: Record<string, string[]> = {
	ecr: ['BatchCheck*', 'BatchGet*', 'Describe*', 'Get*', 'List*'],
	codebuild: ['BatchGet*', 'DescribeCodeCoverages', 'DescribeTestCases', 'List*'],
	codecommit: ['BatchGet*', 'Describe*', 'Get*', 'GitPull', 'List*'],
	codedeploy: ['BatchGet*', 'Get*', 'List*'],
	dynamodb: ['BatchGet*', 'Describe*', 'Get*', 'List*', 'Query', 'Scan'],
	iam: ['Generate*', 'Get*', 'List*', 'Simulate*'],
	lambda: ['Get*', 'List*'],
	logs: ['Describe*', 'FilterLogEvents', 'Get*', 'ListTagsForResource', 'ListTagsLogGroup', 'StartQuery', 'StopQuery'],
	secretsmanager: ['DescribeSecret', 'GetResourcePolicy', 'List*'],
	sqs: ['GetQueueAttributes', 'GetQueueUrl', 'ListDeadLetterSourceQueues', 'ListMessageMoveTasks', 'ListQueue*'],
	xray: ['BatchGet*', 'Get*', 'List*'],
	apigateway: ['GET'],
	cloudformation: ['BatchDescribe*', 'Describe*', 'Detect*', 'Estimate*', 'Get*', 'List*', 'ValidateTemplate'],
	cloudtrail: ['Describe*', 'Get*', 'List*', 'LookupEvents'],
};

export const administration: Record<string, Document> = {
	AdministratorAccess: document(allow('*')),
	PowerUserAccess: document(
		{ Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' },
		allow([
			'account:GetAccountInformation',
			'account:GetGovCloudAccountInformation',
			'account:GetPrimaryEmail',
			'account:ListRegions',
			'iam:CreateServiceLinkedRole',
			'iam:DeleteServiceLinkedRole',
			'iam:ListRoles',
			'organizations:DescribeEffectivePolicy',
			'organizations:DescribeOrganization',
		]),
	),
	// AWS's own names some two thousand actions of all its services; this is its part about those that are here.
	ReadOnlyAccess: document(
		allow(
			services.flatMap((service) =>
				(reading[service] ?? ['Describe*', 'Get*', 'List*']).map((action) => `${service}:${action}`),
			),
		),
		allow(['sts:GetCallerIdentity', 'sts:GetAccessKeyInfo', 'sts:GetSessionToken']),
	),
	ViewOnlyAccess: document(
		allow([
			...services
				.filter((service) => !['apigateway', 's3', 'secretsmanager', 'ssm', 'kms'].includes(service))
				.flatMap((service) => [`${service}:Describe*`, `${service}:List*`]),
			's3:GetBucketLocation',
			's3:ListAllMyBuckets',
			's3:ListBucket',
			'ssm:DescribeParameters',
			'kms:ListKeys',
			'kms:ListAliases',
		]),
	),
	IAMFullAccess: document(
		allow([
			'iam:*',
			'organizations:DescribeAccount',
			'organizations:DescribeOrganization',
			'organizations:DescribeOrganizationalUnit',
			'organizations:DescribePolicy',
			'organizations:ListChildren',
			'organizations:ListParents',
			'organizations:ListPoliciesForTarget',
			'organizations:ListRoots',
			'organizations:ListPolicies',
			'organizations:ListTargetsForPolicy',
		]),
	),
	IAMReadOnlyAccess: document(
		allow([
			'iam:GenerateCredentialReport',
			'iam:GenerateServiceLastAccessedDetails',
			'iam:Get*',
			'iam:List*',
			'iam:SimulateCustomPolicy',
			'iam:SimulatePrincipalPolicy',
		]),
	),
	IAMUserChangePassword: document(
		allow('iam:ChangePassword', 'arn:aws:iam::*:user/${aws:username}'),
		allow('iam:GetAccountPasswordPolicy'),
	),
};
