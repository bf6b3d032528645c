import type { Item } from '../../lib/companion-api.ts';

const removal: Record<string, (id: string) => string> = {
	'AWS::CloudFormation::Stack': (id) => `aws cloudformation delete-stack --stack-name ${id}`,
	'AWS::S3::Bucket': (id) => `aws s3 rb --force s3://${id}`,
	'AWS::SQS::Queue': (id) => `aws sqs delete-queue --queue-url ${id}`,
	'AWS::SNS::Topic': (id) => `aws sns delete-topic --topic-arn ${id}`,
	'AWS::SSM::Parameter': (id) => `aws ssm delete-parameter --name ${id}`,
	'AWS::Logs::LogGroup': (id) => `aws logs delete-log-group --log-group-name ${id}`,
	'AWS::ECR::Repository': (id) => `aws ecr delete-repository --force --repository-name ${id}`,
	'AWS::IAM::User': (id) => `aws iam delete-user --user-name ${id}`,
	'AWS::IAM::Role': (id) => `aws iam delete-role --role-name ${id}`,
	'AWS::IAM::ManagedPolicy': (id) => `aws iam delete-policy --policy-arn ${id}`,
};

/** The one command that removes an item. Kinds without one are removed where their console page shows them. */
export function howToRemove({ type, id, consoleUrl }: Item): string {
	const command = removal[type]?.(id);
	return command ?? (consoleUrl ? `at ${consoleUrl}` : `look for it with: aws resourcegroupstaggingapi get-resources`);
}
