import type { MistakeTools } from '../mistake.ts';

/** Sets by hand for how long FailedOrders keeps a message. */
export const keepByHand = async ({ aws, outputs }: MistakeTools, seconds: number) => {
	await aws().sqs.setQueueAttributes({
		QueueUrl: outputs['FailedOrdersQueueUrl'],
		Attributes: { MessageRetentionPeriod: String(seconds) },
	});
};

/** Sends an order. */
export const send = ({ aws, outputs }: MistakeTools) =>
	aws().sqs.sendMessage({ QueueUrl: outputs['OrdersQueueUrl'], MessageBody: 'two coffees' });

/** Receives from a queue and does not delete; the message is invisible for `visibility` seconds. */
export const receive = async ({ aws, outputs }: MistakeTools, visibility: number, output = 'OrdersQueueUrl') =>
	(
		await aws().sqs.receiveMessage({
			QueueUrl: outputs[output],
			VisibilityTimeout: visibility,
			// Long polling asks all of the servers; a short poll may miss the one message there is.
			WaitTimeSeconds: 1,
		})
	).Messages?.[0];

/** Takes every order out of both queues. */
export const drain = async (tools: MistakeTools) => {
	for (const output of ['OrdersQueueUrl', 'FailedOrdersQueueUrl']) {
		for (let message = await receive(tools, 30, output); message; message = await receive(tools, 30, output)) {
			await tools.aws().sqs.deleteMessage({ QueueUrl: tools.outputs[output], ReceiptHandle: message.ReceiptHandle });
		}
	}
};

/** The ARN of a queue. */
export const arn = async ({ aws }: MistakeTools, url: string | undefined) =>
	(await aws().sqs.getQueueAttributes({ QueueUrl: url, AttributeNames: ['QueueArn'] })).Attributes!['QueueArn']!;

/** Sets by hand where Orders sends its failures; `undefined` takes that away. */
export const redrive = async ({ aws, outputs }: MistakeTools, policy: object | undefined) => {
	await aws().sqs.setQueueAttributes({
		QueueUrl: outputs['OrdersQueueUrl'],
		Attributes: { RedrivePolicy: policy ? JSON.stringify(policy) : '' },
	});
};
/** Lets Orders send its failures to FailedOrders after three receives, as the starter does. */
export const redriveBack = async (tools: MistakeTools) =>
	redrive(tools, { deadLetterTargetArn: await arn(tools, tools.outputs['FailedOrdersQueueUrl']), maxReceiveCount: 3 });
