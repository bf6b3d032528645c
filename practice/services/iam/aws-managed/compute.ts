import type { Document } from './index.ts';
import { allow, document } from './statements.ts';

const writeLogs = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];
const pull = ['ecr:BatchCheckLayerAvailability', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage'];
const readRegistry = [
	'ecr:GetAuthorizationToken',
	'ecr:BatchCheckLayerAvailability',
	'ecr:GetDownloadUrlForLayer',
	'ecr:GetRepositoryPolicy',
	'ecr:DescribeRepositories',
	'ecr:ListImages',
	'ecr:DescribeImages',
	'ecr:BatchGetImage',
	'ecr:GetLifecyclePolicy',
	'ecr:GetLifecyclePolicyPreview',
	'ecr:ListTagsForResource',
	'ecr:DescribeImageScanFindings',
];

/** For functions, containers, clusters and machines. */
export const compute: Record<string, Document> = {
	'service-role/AWSLambdaBasicExecutionRole': document(allow(writeLogs)),
	'service-role/AWSLambdaVPCAccessExecutionRole': document(
		allow([
			...writeLogs,
			'ec2:CreateNetworkInterface',
			'ec2:DescribeNetworkInterfaces',
			'ec2:DescribeSubnets',
			'ec2:DeleteNetworkInterface',
			'ec2:AssignPrivateIpAddresses',
			'ec2:UnassignPrivateIpAddresses',
		]),
	),
	'service-role/AWSLambdaSQSQueueExecutionRole': document(
		allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', ...writeLogs]),
	),
	'service-role/AWSLambdaDynamoDBExecutionRole': document(
		allow([
			'dynamodb:DescribeStream',
			'dynamodb:GetRecords',
			'dynamodb:GetShardIterator',
			'dynamodb:ListStreams',
			...writeLogs,
		]),
	),
	'service-role/AWSLambdaRole': document(allow(['lambda:InvokeFunction'])),
	AmazonEC2ContainerRegistryReadOnly: document(allow(readRegistry)),
	AmazonEC2ContainerRegistryPullOnly: document(
		allow([
			'ecr:GetAuthorizationToken',
			'ecr:BatchImportUpstreamImage',
			'ecr:BatchGetImage',
			'ecr:GetDownloadUrlForLayer',
		]),
	),
	AmazonEC2ContainerRegistryPowerUser: document(
		allow([
			...readRegistry,
			'ecr:InitiateLayerUpload',
			'ecr:UploadLayerPart',
			'ecr:CompleteLayerUpload',
			'ecr:PutImage',
		]),
	),
	AmazonEC2ContainerRegistryFullAccess: document(
		allow(['ecr:*', 'cloudtrail:LookupEvents']),
		allow(['iam:CreateServiceLinkedRole'], '*', {
			StringEquals: { 'iam:AWSServiceName': ['replication.ecr.amazonaws.com'] },
		}),
	),
	'service-role/AmazonECSTaskExecutionRolePolicy': document(
		allow(['ecr:GetAuthorizationToken', ...pull, 'logs:CreateLogStream', 'logs:PutLogEvents']),
	),
	'service-role/AmazonEC2ContainerServiceforEC2Role': document(
		allow([
			'ec2:DescribeTags',
			'ecs:CreateCluster',
			'ecs:DeregisterContainerInstance',
			'ecs:DiscoverPollEndpoint',
			'ecs:Poll',
			'ecs:RegisterContainerInstance',
			'ecs:StartTelemetrySession',
			'ecs:UpdateContainerInstancesState',
			'ecs:Submit*',
			'ecr:GetAuthorizationToken',
			...pull,
			'logs:CreateLogStream',
			'logs:PutLogEvents',
		]),
		allow('ecs:TagResource', '*', {
			StringEquals: { 'ecs:CreateAction': ['CreateCluster', 'RegisterContainerInstance'] },
		}),
	),
	AmazonECSInfrastructureRolePolicyForLoadBalancers: document(
		allow([
			'elasticloadbalancing:DescribeListeners',
			'elasticloadbalancing:DescribeRules',
			'elasticloadbalancing:DescribeTargetGroups',
			'elasticloadbalancing:DescribeTargetHealth',
		]),
		allow(
			['elasticloadbalancing:ModifyListener'],
			['arn:aws:elasticloadbalancing:*:*:listener/net/*/*/*', 'arn:aws:elasticloadbalancing:*:*:listener/app/*/*/*'],
		),
		allow(['elasticloadbalancing:ModifyRule'], 'arn:aws:elasticloadbalancing:*:*:listener-rule/app/*/*/*/*'),
		allow(
			['elasticloadbalancing:RegisterTargets', 'elasticloadbalancing:DeregisterTargets'],
			'arn:aws:elasticloadbalancing:*:*:targetgroup/*/*',
		),
	),
	'service-role/AWSAppRunnerServicePolicyForECRAccess': document(
		allow([
			'ecr:GetDownloadUrlForLayer',
			'ecr:BatchGetImage',
			'ecr:DescribeImages',
			'ecr:GetAuthorizationToken',
			'ecr:BatchCheckLayerAvailability',
		]),
	),
	AmazonEKSWorkerNodePolicy: document(
		allow([
			'ec2:DescribeInstances',
			'ec2:DescribeInstanceTypes',
			'ec2:DescribeRouteTables',
			'ec2:DescribeSecurityGroups',
			'ec2:DescribeSubnets',
			'ec2:DescribeVolumes',
			'ec2:DescribeVolumesModifications',
			'ec2:DescribeVpcs',
			'eks:DescribeCluster',
			'eks-auth:AssumeRoleForPodIdentity',
		]),
	),
	AmazonSSMManagedInstanceCore: document(
		allow([
			'ssm:DescribeAssociation',
			'ssm:GetDeployablePatchSnapshotForInstance',
			'ssm:GetDocument',
			'ssm:DescribeDocument',
			'ssm:GetManifest',
			'ssm:GetParameter',
			'ssm:GetParameters',
			'ssm:ListAssociations',
			'ssm:ListInstanceAssociations',
			'ssm:PutInventory',
			'ssm:PutComplianceItems',
			'ssm:PutConfigurePackageResult',
			'ssm:UpdateAssociationStatus',
			'ssm:UpdateInstanceAssociationStatus',
			'ssm:UpdateInstanceInformation',
		]),
		allow([
			'ssmmessages:CreateControlChannel',
			'ssmmessages:CreateDataChannel',
			'ssmmessages:OpenControlChannel',
			'ssmmessages:OpenDataChannel',
		]),
		allow([
			'ec2messages:AcknowledgeMessage',
			'ec2messages:DeleteMessage',
			'ec2messages:FailMessage',
			'ec2messages:GetEndpoint',
			'ec2messages:GetMessages',
			'ec2messages:SendReply',
		]),
	),
};
