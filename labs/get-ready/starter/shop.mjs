// Both ends of the shop, for a computer without the AWS CLI:
//
//   node shop.mjs order "two coffees"   a customer orders
//   node shop.mjs try 4                 a worker takes the order four times and crashes each time
//   node shop.mjs count                 how many messages each queue holds
//   node shop.mjs receipt               files a receipt in the bucket
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { S3 } from '@aws-sdk/client-s3';
import { SQS } from '@aws-sdk/client-sqs';

const sqs = new SQS();
const { Stacks } = await new CloudFormation().describeStacks({ StackName: 'GetReady' });
const outputs = Object.fromEntries(Stacks[0].Outputs.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));

const commands = {
	async order(what = 'two coffees') {
		const { MessageId } = await sqs.sendMessage({ QueueUrl: outputs.OrdersQueueUrl, MessageBody: what });
		console.log(`ordered ${what}: ${MessageId}`);
	},
	async try(times = '4') {
		for (let attempt = 1; attempt <= Number(times); attempt++) {
			const { Messages = [] } = await sqs.receiveMessage({
				QueueUrl: outputs.OrdersQueueUrl,
				VisibilityTimeout: 0,
				WaitTimeSeconds: 1,
			});
			console.log(`attempt ${attempt}: ${Messages[0]?.Body ?? 'nothing'}`);
		}
	},
	async count() {
		for (const queue of ['OrdersQueueUrl', 'FailedOrdersQueueUrl']) {
			const { Attributes } = await sqs.getQueueAttributes({
				QueueUrl: outputs[queue],
				AttributeNames: ['ApproximateNumberOfMessages'],
			});
			console.log(`${queue.replace('QueueUrl', '')}: ${Attributes.ApproximateNumberOfMessages}`);
		}
	},
	async receipt() {
		const bucket = { Bucket: outputs.ReceiptsBucketName, Key: 'receipt-1.md' };
		await new S3({ forcePathStyle: true }).putObject({ ...bucket, Body: 'two coffees, paid\n' });
		console.log(`filed ${bucket.Key} in ${bucket.Bucket}`);
	},
};

const [command, word] = process.argv.slice(2);
if (!Object.hasOwn(commands, command)) {
	console.error(`Say one of: ${Object.keys(commands).join(', ')}.`);
	process.exit(64);
}
await commands[command](word);
