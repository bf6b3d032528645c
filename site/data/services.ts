/** How AWS writes the services that the SDK knows by a short name. */
const names: Record<string, string> = {
	apprunner: 'App Runner',
	cloudformation: 'CloudFormation',
	cloudtrail: 'CloudTrail',
	cloudwatch: 'CloudWatch',
	codebuild: 'CodeBuild',
	codecommit: 'CodeCommit',
	codedeploy: 'CodeDeploy',
	codepipeline: 'CodePipeline',
	events: 'EventBridge',
	lambda: 'Lambda',
	logs: 'CloudWatch Logs',
	ssm: 'Systems Manager',
	xray: 'X-Ray',
};

/** A service's name as a person reads it. */
export const serviceName = (short: string): string => names[short] ?? short.toUpperCase();
