import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import getReady from '../../labs/get-ready/lab.ts';
import { labFolder } from '../../lib/paths.ts';
import type { Check, Result } from '../check.ts';
import { begin, type Progress } from '../progress.ts';
import { validate } from '../run.ts';
import { answering, folderOf, noStack, practiceTarget, said } from '../testing.ts';
import { openWorkspace } from '../workspace.ts';

export const day = 86_400;
export const ordersUrl = 'http://127.0.0.1:4566/111122223333/GetReady-Orders';
export const failedUrl = 'http://127.0.0.1:4566/111122223333/GetReady-FailedOrders';
const arn = (name: string) => `arn:aws:sqs:us-east-1:111122223333:${name}`;
export const starter = readFileSync(join(labFolder('get-ready'), 'starter', 'lib', 'stack.ts'), 'utf8');

/** An account in which the lab stands as its starter makes it. A test changes what it is about. */
export class Shop {
	orders: Record<string, string> | undefined = {
		QueueArn: arn('GetReady-Orders'),
		MessageRetentionPeriod: String(4 * day),
		VisibilityTimeout: '30',
		DelaySeconds: '0',
		RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arn('GetReady-FailedOrders'), maxReceiveCount: 3 }),
		...messages(0),
		LastModifiedTimestamp: String(this.seconds(60)),
	};
	failedOrders: Record<string, string> | undefined = {
		QueueArn: arn('GetReady-FailedOrders'),
		MessageRetentionPeriod: String(day),
		VisibilityTimeout: '30',
		...messages(0),
		LastModifiedTimestamp: String(this.seconds(60)),
	};
	outputs: Record<string, string> = {
		OrdersQueueUrl: ordersUrl,
		FailedOrdersQueueUrl: failedUrl,
		ReceiptsBucketName: 'getready-receipts',
		OrdersPerMinuteName: '/get-ready/orders-per-minute',
	};
	template = { orders: 4 * day, failedOrders: day, linked: true };
	/** When CloudFormation was last done with the queues. */
	deployed = new Date(this.seconds(50) * 1000);
	buckets = ['getready-receipts'];
	parameters = ['/get-ready/orders-per-minute', '/cdk-bootstrap/hnb659fds/version'];
	code = starter;
	saved = new Date(this.seconds(40) * 1000);
	/** Files of the workspace besides the stack's code. */
	files: Record<string, { text: string; at: Date }> = {};
	stack: { status: string; deletedBefore?: boolean } | undefined = { status: 'CREATE_COMPLETE' };
	progress: Progress = begin('get-ready');
	otherQueues: string[] = [];

	/** Seconds of the epoch, that many before now. */
	seconds(ago: number) {
		return Math.floor(Date.now() / 1000) - ago;
	}

	#resources() {
		const made = (LogicalResourceId: string, ResourceType: string, PhysicalResourceId: string) => ({
			LogicalResourceId,
			ResourceType,
			PhysicalResourceId,
			Timestamp: this.deployed,
		});
		return [
			made('FailedOrders60A19132', 'AWS::SQS::Queue', failedUrl),
			made('OrdersA9B65338', 'AWS::SQS::Queue', ordersUrl),
			made('Receipts59C0D3E0', 'AWS::S3::Bucket', 'getready-receipts'),
			made('OrdersPerMinuteDA1B8DEE', 'AWS::SSM::Parameter', '/get-ready/orders-per-minute'),
			made('CDKMetadata', 'AWS::CDK::Metadata', 'b1a2'),
		];
	}

	#stack() {
		return {
			StackName: 'GetReady',
			StackId: 'arn:aws:cloudformation:us-east-1:111122223333:stack/GetReady/1',
			StackStatus: this.stack?.status,
			CreationTime: this.deployed,
			Outputs: Object.entries(this.outputs).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue })),
		};
	}

	session() {
		const standing = () => (this.stack ? [this.#stack()] : []);
		const queue = (url: string) =>
			url === ordersUrl ? this.orders : url === failedUrl ? this.failedOrders : messages(0);
		return answering({
			cloudformation: {
				describeStacks: (input: { StackName: string }) => (this.stack ? { Stacks: standing() } : noStack(input)),
				paginateDescribeStacks: () => ({ Stacks: standing() }),
				paginateListStacks: () => ({
					StackSummaries: this.stack ? [] : [{ StackName: 'GetReady', DeletionTime: new Date() }],
				}),
				paginateDescribeStackEvents: () => ({ StackEvents: [] }),
				describeStackResources: () => ({ StackResources: this.#resources() }),
				getTemplate: () => ({
					TemplateBody: JSON.stringify({
						Resources: {
							FailedOrders60A19132: {
								Type: 'AWS::SQS::Queue',
								Properties: { MessageRetentionPeriod: this.template.failedOrders },
							},
							OrdersA9B65338: {
								Type: 'AWS::SQS::Queue',
								Properties: {
									MessageRetentionPeriod: this.template.orders,
									...(this.template.linked && { RedrivePolicy: {} }),
								},
							},
						},
					}),
				}),
			},
			sqs: {
				getQueueAttributes: ({ QueueUrl }: { QueueUrl: string }) => {
					const Attributes = queue(QueueUrl);
					if (!Attributes) throw said('QueueDoesNotExist', 'The specified queue does not exist.');
					return { Attributes };
				},
				paginateListQueues: () => ({
					QueueUrls: [
						...(this.orders && this.stack ? [ordersUrl] : []),
						...(this.failedOrders && this.stack ? [failedUrl] : []),
						...this.otherQueues,
					],
				}),
			},
			s3: {
				listBuckets: () => ({ Buckets: this.buckets.map((Name) => ({ Name })) }),
				listObjectsV2: () => ({ KeyCount: 1 }),
			},
			ssm: {
				getParameter: ({ Name }: { Name: string }) => {
					if (!this.parameters.includes(Name)) throw said('ParameterNotFound', '');
					return { Parameter: { Name } };
				},
				paginateDescribeParameters: () => ({ Parameters: this.parameters.map((Name) => ({ Name, Version: 1 })) }),
			},
			sns: { paginateListTopics: () => ({}) },
			logs: { paginateDescribeLogGroups: () => ({}) },
			ecr: {
				paginateDescribeRepositories: () => {
					throw said('NotImplemented', 'The practice account does not have ecr', {
						$metadata: { httpStatusCode: 501 },
					});
				},
			},
			iam: { paginateListRoles: () => ({}), paginateListUsers: () => ({}), paginateListPolicies: () => ({}) },
		});
	}

	/** What a check says of it. */
	async look(check: Check): Promise<Result> {
		const workspace = openWorkspace(folderOf({ 'lib/stack.ts': { text: this.code, at: this.saved }, ...this.files }));
		const report = await validate({
			lab: getReady,
			checks: [check],
			target: practiceTarget,
			progress: this.progress,
			workspace,
			step: check.step,
			session: this.session(),
		});
		return report.checks[0]!;
	}
}

/** The three counts of a queue. */
export function messages(visible: number, inFlight = 0, delayed = 0): Record<string, string> {
	return {
		ApproximateNumberOfMessages: String(visible),
		ApproximateNumberOfMessagesNotVisible: String(inFlight),
		ApproximateNumberOfMessagesDelayed: String(delayed),
	};
}
