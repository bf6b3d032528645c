import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { IAM } from '@aws-sdk/client-iam';
import { SNS } from '@aws-sdk/client-sns';
import { SQS } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { testPractice } from '../../testing.ts';

const may = (action: string) =>
	`{ Version: '2012-10-17', Statement: [{ Effect: Allow, Action: '${action}', Resource: '*' }] }`;
const template = (action: string, changed: boolean) => `
Resources:
  Clerks:
    Type: AWS::IAM::Group
    Properties: { GroupName: clerks, Policies: [{ PolicyName: own, PolicyDocument: ${may(action)} }] }
  Jo:
    Type: AWS::IAM::User
    Properties: { UserName: jo, ManagedPolicyArns: [!Ref Sell] }
  Joining:
    Type: AWS::IAM::UserToGroupAddition
    Properties: { GroupName: !Ref Clerks, Users: [!Ref Jo] }
  Key:
    Type: AWS::IAM::AccessKey
    Properties: { UserName: !Ref Jo, Status: ${changed ? 'Inactive' : 'Active'} }
  Sell:
    Type: AWS::IAM::ManagedPolicy
    Properties: { ManagedPolicyName: sell, PolicyDocument: ${may(action)} }
  Written:
    Type: AWS::IAM::Policy
    Properties: { PolicyName: written, Users: [!Ref Jo], PolicyDocument: ${may(action)} }
  Till:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement: [{ Effect: Allow, Principal: { Service: ec2.amazonaws.com }, Action: 'sts:AssumeRole' }]
  Servers:
    Type: AWS::IAM::InstanceProfile
    Properties: { InstanceProfileName: servers, Roles: [!Ref Till] }
  ForEcs:
    Type: AWS::IAM::ServiceLinkedRole
    Properties: { AWSServiceName: ecs.amazonaws.com }
  Orders:
    Type: AWS::SNS::Topic
    Properties: { TopicName: orders }
  Mailbox:
    Type: AWS::SNS::Subscription
    Properties: { TopicArn: !Ref Orders, Protocol: sqs, Endpoint: !GetAtt Queue.Arn, RawMessageDelivery: ${changed} }
  Queue:
    Type: AWS::SQS::Queue
  Log:
    Type: AWS::Logs::LogGroup
    Properties: { LogGroupName: /shop/till }
  Today:
    Type: AWS::Logs::LogStream
    Properties: { LogGroupName: !Ref Log, LogStreamName: ${changed ? 'tomorrow' : 'today'} }
Outputs:
  Key: { Value: !Ref Key }
  Secret: { Value: !GetAtt Key.SecretAccessKey }
  Profile: { Value: !GetAtt Servers.Arn }
  Subscription: { Value: !Ref Mailbox }
`;

test('stacks make, change and take away what the types say', async () => {
	await using practice = await testPractice();
	const cloudformation = new CloudFormation(practice.client);
	const iam = new IAM(practice.client);
	const StackName = 'shop';
	const whole = { StackName, Capabilities: ['CAPABILITY_NAMED_IAM' as const] };
	const atRest = async () => {
		expect(await practice.account.work.settle(20_000)).toBe(true);
		const stack = (await cloudformation.describeStacks({ StackName })).Stacks![0]!;
		const outputs = Object.fromEntries(stack.Outputs!.map(({ OutputKey, OutputValue }) => [OutputKey!, OutputValue!]));
		return { status: stack.StackStatus, outputs };
	};
	const { StackId } = await cloudformation.createStack({ ...whole, TemplateBody: template('sqs:*', false) });
	const made = await atRest();
	expect(made.status).toBe('CREATE_COMPLETE');
	expect(made.outputs['Profile']).toBe(`arn:aws:iam::${practice.account.id}:instance-profile/servers`);
	const credentials = { accessKeyId: made.outputs['Key']!, secretAccessKey: made.outputs['Secret']! };
	const jo = new SNS({ ...practice.client, credentials });
	await expect(jo.listTopics({})).rejects.toMatchObject({ name: 'AuthorizationErrorException' });

	await cloudformation.updateStack({ ...whole, TemplateBody: template('sns:*', true) });
	const changed = await atRest();
	expect(changed.status).toBe('UPDATE_COMPLETE');
	expect(changed.outputs).toEqual(made.outputs);
	const { AccessKeyMetadata } = await iam.listAccessKeys({ UserName: 'jo' });
	expect(AccessKeyMetadata!.map(({ Status }) => Status)).toEqual(['Inactive']);
	const subscription = await new SNS(practice.client).getSubscriptionAttributes({
		SubscriptionArn: made.outputs['Subscription']!,
	});
	expect(subscription.Attributes!['RawMessageDelivery']).toBe('true');
	const { logStreams } = await new CloudWatchLogs(practice.client).describeLogStreams({ logGroupName: '/shop/till' });
	expect(logStreams!.map(({ logStreamName }) => logStreamName)).toEqual(['tomorrow']);

	await cloudformation.deleteStack({ StackName });
	expect(await practice.account.work.settle(20_000)).toBe(true);
	const { Stacks } = await cloudformation.describeStacks({ StackName: StackId! });
	expect(Stacks![0]!.StackStatus).toBe('DELETE_COMPLETE');
	expect((await iam.listUsers({})).Users!.map(({ UserName }) => UserName)).toEqual(['administrator']);
	expect((await iam.listGroups({})).Groups).toEqual([]);
	expect((await iam.listRoles({})).Roles!.map(({ RoleName }) => RoleName)).not.toContain('AWSServiceRoleForECS');
	expect((await iam.listPolicies({ Scope: 'Local' })).Policies).toEqual([]);
	expect((await iam.listInstanceProfiles({})).InstanceProfiles).toEqual([]);
}, 30_000);

test('a role that somebody took a policy from goes with its stack', async () => {
	await using practice = await testPractice();
	const cloudformation = new CloudFormation(practice.client);
	const iam = new IAM(practice.client);
	const trust = {
		Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
	};
	const PolicyArn = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
	const Properties = { RoleName: 'till', AssumeRolePolicyDocument: trust, ManagedPolicyArns: [PolicyArn] };
	const { StackId } = await cloudformation.createStack({
		StackName: 'shop',
		Capabilities: ['CAPABILITY_NAMED_IAM'],
		TemplateBody: JSON.stringify({ Resources: { Till: { Type: 'AWS::IAM::Role', Properties } } }),
	});
	expect(await practice.account.work.settle(20_000)).toBe(true);
	await iam.detachRolePolicy({ RoleName: 'till', PolicyArn });
	await cloudformation.deleteStack({ StackName: 'shop' });
	expect(await practice.account.work.settle(20_000)).toBe(true);
	const { Stacks } = await cloudformation.describeStacks({ StackName: StackId! });
	expect(Stacks![0]!.StackStatus).toBe('DELETE_COMPLETE');
	await expect(iam.getRole({ RoleName: 'till' })).rejects.toMatchObject({ name: 'NoSuchEntityException' });
});

test('two queues of one name in a template are one too many', async () => {
	await using practice = await testPractice();
	const cloudformation = new CloudFormation(practice.client);
	const twice = { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'twice' } };
	const { StackId } = await cloudformation.createStack({
		StackName: 'shop',
		TemplateBody: JSON.stringify({ Resources: { A: twice, B: { ...twice, DependsOn: 'A' } } }),
	});
	expect(await practice.account.work.settle(20_000)).toBe(true);
	const { Stacks } = await cloudformation.describeStacks({ StackName: StackId! });
	expect(Stacks![0]!.StackStatus).toBe('ROLLBACK_COMPLETE');
	const { StackEvents } = await cloudformation.describeStackEvents({ StackName: StackId! });
	const failed = StackEvents!.filter(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED');
	expect(failed.map((each) => [each.LogicalResourceId, each.ResourceStatusReason])).toEqual([
		[
			'B',
			expect.stringMatching(/^Resource of type 'AWS::SQS::Queue' with identifier 'http.*\/twice' already exists\.$/),
		],
	]);
	expect((await new SQS(practice.client).listQueues({})).QueueUrls ?? []).toEqual([]);
});
