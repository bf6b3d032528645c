import type { Document } from './index.ts';
import { allow, document } from './statements.ts';

const reachHooks = 'arn:aws:lambda:*:*:function:CodeDeployHook_*';
const passToTasks = allow('iam:PassRole', '*', { StringLike: { 'iam:PassedToService': ['ecs-tasks.amazonaws.com'] } });
const taggedForDeploy = { StringEquals: { 's3:ExistingObjectTag/UseWithCodeDeploy': 'true' } };
const bundles = ['s3:GetObject', 's3:GetObjectVersion'];
const bundleNames = 'arn:aws:s3:::*/CodeDeploy/*';
const shift = [
	'ecs:DescribeServices',
	'ecs:CreateTaskSet',
	'ecs:UpdateServicePrimaryTaskSet',
	'ecs:DeleteTaskSet',
	'elasticloadbalancing:DescribeTargetGroups',
	'elasticloadbalancing:DescribeListeners',
	'elasticloadbalancing:ModifyListener',
	'elasticloadbalancing:DescribeRules',
	'elasticloadbalancing:ModifyRule',
];
const alarms = 'cloudwatch:DescribeAlarms';
const lambdaShift = ['lambda:UpdateAlias', 'lambda:GetAlias', 'lambda:GetProvisionedConcurrencyConfig'];

/** For what builds and releases. */
export const delivery: Record<string, Document> = {
	'service-role/AWSCodeDeployRoleForLambda': document(
		allow([alarms, ...lambdaShift, 'sns:Publish']),
		allow(bundles, bundleNames),
		allow(bundles, '*', taggedForDeploy),
		allow('lambda:InvokeFunction', reachHooks),
	),
	'service-role/AWSCodeDeployRoleForLambdaLimited': document(
		allow([alarms, ...lambdaShift]),
		allow(bundles, bundleNames),
		allow(bundles, '*', taggedForDeploy),
		allow('lambda:InvokeFunction', reachHooks),
	),
	AWSCodeDeployRoleForECS: document(
		allow([...shift, 'lambda:InvokeFunction', alarms, 'sns:Publish', ...bundles]),
		passToTasks,
	),
	AWSCodeDeployRoleForECSLimited: document(
		allow([...shift, alarms]),
		allow('sns:Publish', 'arn:aws:sns:*:*:CodeDeployTopic_*'),
		allow('lambda:InvokeFunction', reachHooks),
		allow(bundles, '*', taggedForDeploy),
		allow('iam:PassRole', ['arn:aws:iam::*:role/ecsTaskExecutionRole', 'arn:aws:iam::*:role/ECSTaskExecution*'], {
			StringLike: { 'iam:PassedToService': ['ecs-tasks.amazonaws.com'] },
		}),
	),
	'service-role/AWSCodeDeployRole': document(
		allow([
			'autoscaling:CompleteLifecycleAction',
			'autoscaling:DeleteLifecycleHook',
			'autoscaling:DescribeAutoScalingGroups',
			'autoscaling:DescribeLifecycleHooks',
			'autoscaling:PutLifecycleHook',
			'autoscaling:RecordLifecycleActionHeartbeat',
			'autoscaling:CreateAutoScalingGroup',
			'autoscaling:CreateOrUpdateTags',
			'autoscaling:UpdateAutoScalingGroup',
			'autoscaling:EnableMetricsCollection',
			'autoscaling:DescribePolicies',
			'autoscaling:DescribeScheduledActions',
			'autoscaling:DescribeNotificationConfigurations',
			'autoscaling:SuspendProcesses',
			'autoscaling:ResumeProcesses',
			'autoscaling:AttachLoadBalancers',
			'autoscaling:AttachLoadBalancerTargetGroups',
			'autoscaling:PutScalingPolicy',
			'autoscaling:PutScheduledUpdateGroupAction',
			'autoscaling:PutNotificationConfiguration',
			'autoscaling:PutWarmPool',
			'autoscaling:DescribeScalingActivities',
			'autoscaling:DeleteAutoScalingGroup',
			'ec2:DescribeInstances',
			'ec2:DescribeInstanceStatus',
			'ec2:TerminateInstances',
			'tag:GetResources',
			'sns:Publish',
			alarms,
			'cloudwatch:PutMetricAlarm',
			'elasticloadbalancing:DescribeLoadBalancerAttributes',
			'elasticloadbalancing:DescribeTargetGroupAttributes',
			'elasticloadbalancing:DescribeLoadBalancers',
			'elasticloadbalancing:DescribeInstanceHealth',
			'elasticloadbalancing:RegisterInstancesWithLoadBalancer',
			'elasticloadbalancing:DeregisterInstancesFromLoadBalancer',
			'elasticloadbalancing:DescribeTargetGroups',
			'elasticloadbalancing:DescribeTargetHealth',
			'elasticloadbalancing:RegisterTargets',
			'elasticloadbalancing:DeregisterTargets',
		]),
	),
	AWSCloudFormationReadOnlyAccess: document(
		allow([
			'cloudformation:Describe*',
			'cloudformation:EstimateTemplateCost',
			'cloudformation:Get*',
			'cloudformation:List*',
			'cloudformation:ValidateTemplate',
			'cloudformation:Detect*',
		]),
	),
	AWSCloudFormationFullAccess: document(allow(['cloudformation:*'])),
	AWSCodeCommitFullAccess: document(allow(['codecommit:*'])),
	AWSCodeCommitReadOnly: document(
		allow([
			'codecommit:BatchGet*',
			'codecommit:BatchDescribe*',
			'codecommit:Describe*',
			'codecommit:EvaluatePullRequestApprovalRules',
			'codecommit:Get*',
			'codecommit:List*',
			'codecommit:GitPull',
		]),
	),
};
