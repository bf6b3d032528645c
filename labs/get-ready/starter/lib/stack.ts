import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';

/** Takes orders, sets aside those that fail, and keeps receipts. */
export class GetReady extends Stack {
	constructor(scope: Construct, id: string, props: StackProps) {
		super(scope, id, props);

		const failedOrders = new Queue(this, 'FailedOrders', {
			retentionPeriod: Duration.days(1),
		});

		const orders = new Queue(this, 'Orders', {
			retentionPeriod: Duration.days(4),
			visibilityTimeout: Duration.seconds(30),
			deadLetterQueue: { queue: failedOrders, maxReceiveCount: 3 },
		});

		const receipts = new Bucket(this, 'Receipts', {
			removalPolicy: RemovalPolicy.DESTROY,
		});

		const ordersPerMinute = new StringParameter(this, 'OrdersPerMinute', {
			parameterName: '/get-ready/orders-per-minute',
			stringValue: '100',
		});

		new CfnOutput(this, 'OrdersQueueUrl', { value: orders.queueUrl });
		new CfnOutput(this, 'FailedOrdersQueueUrl', { value: failedOrders.queueUrl });
		new CfnOutput(this, 'ReceiptsBucketName', { value: receipts.bucketName });
		new CfnOutput(this, 'OrdersPerMinuteName', { value: ordersPerMinute.parameterName });
	}
}
