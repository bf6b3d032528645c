/** The AWS console's page for a resource, by CloudFormation's name of its kind; undefined where the console has none. */
export function consoleUrl(type: string, id: string, region: string, account?: string): string | undefined {
	const home = `https://${region}.console.aws.amazon.com`;
	const part = encodeURIComponent(id);
	switch (type) {
		case 'AWS::CloudFormation::Stack':
			return `${home}/cloudformation/home?region=${region}#/stacks/stackinfo?stackId=${part}`;
		case 'AWS::SQS::Queue':
			return `${home}/sqs/v3/home?region=${region}#/queues/${part}`;
		case 'AWS::SNS::Topic':
			return `${home}/sns/v3/home?region=${region}#/topic/${id}`;
		case 'AWS::S3::Bucket':
			return `${home}/s3/buckets/${part}?region=${region}`;
		case 'AWS::SSM::Parameter':
			return `${home}/systems-manager/parameters/${part}/description?region=${region}`;
		case 'AWS::Logs::LogGroup':
			// The page decodes this part twice, with a dollar sign for the percent sign.
			return `${home}/cloudwatch/home?region=${region}#logsV2:log-groups/log-group/${encodeURIComponent(part).replaceAll('%', '$')}`;
		case 'AWS::ECR::Repository':
			return `${home}/ecr/repositories/private/${account ?? ''}/${id}?region=${region}`;
		case 'AWS::IAM::Role':
			return `https://console.aws.amazon.com/iam/home#/roles/details/${part}`;
		case 'AWS::IAM::User':
			return `https://console.aws.amazon.com/iam/home#/users/details/${part}`;
		case 'AWS::IAM::ManagedPolicy':
			return `https://console.aws.amazon.com/iam/home#/policies/details/${part}`;
		default:
			return undefined;
	}
}
