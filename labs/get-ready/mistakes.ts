import { type MistakeTools, mistake } from '../mistake.ts';
import { atRest, changed, destroy, resource, type Template, templateOf, update } from '../stack-acts.ts';
import { arn, drain, keepByHand, receive, redrive, redriveBack, send } from './queue-acts.ts';

const stack = 'GetReady';
const day = 86_400;

const bootstrapVersion = '/cdk-bootstrap/hnb659fds/version';
let version = '';
const forgetBootstrap = async ({ aws }: MistakeTools) => {
	version = (await aws().ssm.getParameter({ Name: bootstrapVersion })).Parameter!.Value!;
	await aws().ssm.deleteParameter({ Name: bootstrapVersion });
};
const restoreBootstrap = async ({ aws }: MistakeTools) => {
	await aws().ssm.putParameter({ Name: bootstrapVersion, Value: version, Type: 'String' });
};

let original = '';
/** Deploys another template, as an edit and a deployment would, without the seconds that those cost. */
const redeploy =
	(change: (template: Template) => void) =>
	async ({ aws }: MistakeTools) => {
		original = await templateOf(aws().cloudformation, stack);
		await update(aws().cloudformation, stack, changed(original, change));
	};
const deployBack = async ({ aws }: MistakeTools) => {
	await update(aws().cloudformation, stack, original);
};

const keep = (construct: string, seconds: number) => (template: Template) => {
	resource(template, construct).Properties['MessageRetentionPeriod'] = seconds;
};
const nothing = async () => {};
let receipt: string | undefined;

export const mistakes = [
	mistake({
		name: 'nothing-deployed',
		after: 'start',
		run: nothing,
		expect: { check: 'stack-complete', cause: 'not-deployed' },
		heal: nothing,
	}),
	mistake({
		name: 'other-region',
		after: 'start',
		async run({ aws }) {
			const Template = {
				Resources: { Here: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'no' } } },
			};
			const { cloudformation } = aws('eu-west-1');
			await cloudformation.createStack({ StackName: stack, TemplateBody: JSON.stringify(Template) });
			await atRest(cloudformation, stack);
		},
		expect: { check: 'stack-complete', cause: 'other-region' },
		async heal({ aws }) {
			await destroy(aws('eu-west-1').cloudformation, stack);
		},
	}),
	mistake({
		name: 'bootstrap-deleted',
		after: 'start',
		run: forgetBootstrap,
		expect: { check: 'stack-complete', cause: 'not-bootstrapped', status: 'blocked' },
		heal: restoreBootstrap,
	}),
	mistake({
		name: 'cleared-before-begun',
		after: 'start',
		run: nothing,
		expect: { check: 'nothing-left', cause: 'never-deployed' },
		heal: nothing,
	}),
	mistake({
		name: 'cleared-too-much',
		after: 'start',
		run: forgetBootstrap,
		expect: { check: 'nothing-left', cause: 'too-much' },
		heal: restoreBootstrap,
	}),

	mistake({
		name: 'half-a-shop',
		after: 'deploy',
		run: redeploy((template) => {
			const [id] = Object.entries(template.Resources).find(([, { Type }]) => Type === 'AWS::SSM::Parameter')!;
			delete template.Resources[id];
			delete template.Outputs['OrdersPerMinuteName'];
		}),
		expect: { check: 'stack-complete', cause: 'incomplete' },
		heal: deployBack,
	}),
	mistake({
		name: 'parameter-deleted-by-hand',
		after: 'deploy',
		async run({ aws, outputs }) {
			await aws().ssm.deleteParameter({ Name: outputs['OrdersPerMinuteName'] });
		},
		expect: { check: 'stack-complete', cause: 'gone' },
		async heal({ aws, outputs }) {
			await aws().ssm.putParameter({ Name: outputs['OrdersPerMinuteName'], Value: '100', Type: 'String' });
		},
	}),
	mistake({
		name: 'rolled-back',
		after: 'deploy',
		run: redeploy((template) => {
			const queue = 'arn:aws:sqs:us-east-1:000000000000:no-such-queue';
			resource(template, 'Orders').Properties['RedrivePolicy'] = { deadLetterTargetArn: queue, maxReceiveCount: 3 };
		}),
		expect: { check: 'stack-complete', cause: 'rolled-back' },
		async heal({ aws }) {
			// A deployment without changes would leave the status as it is; one output that comes and goes is the least of changes.
			const { cloudformation } = aws();
			const more = changed(original, ({ Outputs }) => Object.assign(Outputs, { Repaired: { Value: 'yes' } }));
			await update(cloudformation, stack, more);
			await update(cloudformation, stack, original);
		},
	}),

	mistake({
		name: 'no-order-sent',
		after: 'deploy',
		run: nothing,
		expect: { check: 'order-parked', cause: 'never-sent' },
		heal: nothing,
	}),
	mistake({
		name: 'received-three-times',
		after: 'deploy',
		async run(tools) {
			await send(tools);
			for (let attempt = 0; attempt < 3; attempt++) await receive(tools, 0);
		},
		expect: { check: 'order-parked', cause: 'one-more-receive' },
		heal: drain,
	}),
	mistake({
		name: 'left-in-flight',
		after: 'deploy',
		async run(tools) {
			await send(tools);
			receipt = (await receive(tools, 30))?.ReceiptHandle;
		},
		expect: { check: 'order-parked', cause: 'in-flight' },
		async heal({ aws, outputs }) {
			await aws().sqs.deleteMessage({ QueueUrl: outputs['OrdersQueueUrl'], ReceiptHandle: receipt });
		},
	}),
	mistake({
		name: 'too-patient',
		after: 'deploy',
		async run(tools) {
			const target = await arn(tools, tools.outputs['FailedOrdersQueueUrl']);
			await redrive(tools, { deadLetterTargetArn: target, maxReceiveCount: 10 });
			await send(tools);
		},
		expect: { check: 'order-parked', cause: 'patience' },
		async heal(tools) {
			await redriveBack(tools);
			await drain(tools);
		},
	}),
	mistake({
		name: 'dead-letter-queue-taken-away',
		after: 'deploy',
		run: (tools) => redrive(tools, undefined),
		expect: { check: 'order-parked', cause: 'no-dead-letter-queue' },
		heal: redriveBack,
	}),
	mistake({
		name: 'another-dead-letter-queue',
		after: 'deploy',
		async run(tools) {
			const { QueueUrl } = await tools.aws().sqs.createQueue({ QueueName: 'get-ready-elsewhere' });
			await redrive(tools, { deadLetterTargetArn: await arn(tools, QueueUrl), maxReceiveCount: 3 });
		},
		expect: { check: 'order-parked', cause: 'elsewhere' },
		async heal(tools) {
			await redriveBack(tools);
			const { QueueUrl } = await tools.aws().sqs.getQueueUrl({ QueueName: 'get-ready-elsewhere' });
			await tools.aws().sqs.deleteQueue({ QueueUrl });
		},
	}),
	mistake({
		name: 'output-taken-away',
		after: 'deploy',
		run: redeploy(({ Outputs }) => {
			delete Outputs['FailedOrdersQueueUrl'];
		}),
		expect: { check: 'order-parked', cause: 'gone' },
		heal: deployBack,
	}),

	mistake({
		name: 'defect-not-repaired',
		after: 'order',
		run: nothing,
		expect: { check: 'failed-orders-outlive', cause: 'shorter' },
		heal: nothing,
	}),
	mistake({
		name: 'edited-not-deployed',
		after: 'order',
		run: ({ edit }) => edit('lib/stack.ts', 'Duration.days(1)', 'Duration.days(14)'),
		expect: { check: 'failed-orders-outlive', cause: 'edited-not-deployed' },
		heal: ({ edit }) => edit('lib/stack.ts', 'Duration.days(14)', 'Duration.days(1)'),
	}),
	mistake({
		name: 'equal',
		after: 'order',
		async run(tools) {
			await tools.edit('lib/stack.ts', 'Duration.days(1)', 'Duration.hours(96)');
			await redeploy(keep('FailedOrders', 4 * day))(tools);
		},
		expect: { check: 'failed-orders-outlive', cause: 'equal' },
		async heal(tools) {
			await tools.edit('lib/stack.ts', 'Duration.hours(96)', 'Duration.days(1)');
			await deployBack(tools);
		},
	}),
	mistake({
		name: 'source-shortened',
		after: 'order',
		async run(tools) {
			await tools.edit('lib/stack.ts', 'Duration.days(4)', 'Duration.hours(12)');
			await redeploy(keep('Orders', day / 2))(tools);
		},
		expect: { check: 'failed-orders-outlive', cause: 'source-shortened' },
		async heal(tools) {
			await tools.edit('lib/stack.ts', 'Duration.hours(12)', 'Duration.days(4)');
			await deployBack(tools);
		},
	}),
	mistake({
		name: 'by-hand',
		after: 'order',
		run: (tools) => keepByHand(tools, 14 * day),
		expect: { check: 'failed-orders-outlive', cause: 'by-hand' },
		heal: (tools) => keepByHand(tools, day),
	}),
	mistake({
		name: 'link-cut',
		after: 'order',
		run: (tools) => redrive(tools, undefined),
		expect: { check: 'failed-orders-outlive', cause: 'unlinked' },
		heal: redriveBack,
	}),
	mistake({
		name: 'output-renamed',
		after: 'order',
		run: redeploy(({ Outputs }) => {
			Outputs['FailedQueueUrl'] = Outputs['FailedOrdersQueueUrl'];
			delete Outputs['FailedOrdersQueueUrl'];
		}),
		expect: { check: 'failed-orders-outlive', cause: 'gone' },
		heal: deployBack,
	}),

	mistake({
		name: 'undone-by-hand',
		after: 'repair',
		run: (tools) => keepByHand(tools, day),
		expect: { check: 'failed-orders-outlive', cause: 'by-hand' },
		heal: (tools) => keepByHand(tools, 14 * day),
	}),
	mistake({
		name: 'not-cleared-away',
		after: 'repair',
		run: nothing,
		expect: { check: 'nothing-left', cause: 'stack-stands' },
		heal: nothing,
	}),

	mistake({
		name: 'destroyed-with-a-full-bucket',
		after: 'clean-up',
		async run({ aws }) {
			const { cloudformation, s3 } = aws();
			const TemplateBody = JSON.stringify({ Resources: { Receipts: { Type: 'AWS::S3::Bucket' } } });
			await cloudformation.createStack({ StackName: stack, TemplateBody });
			await atRest(cloudformation, stack);
			await s3.putObject({ Bucket: await bucket(aws), Key: 'receipt-1.md', Body: 'two coffees' });
			await destroy(cloudformation, stack);
		},
		expect: { check: 'nothing-left', cause: 'delete-failed' },
		async heal({ aws }) {
			await aws().s3.deleteObject({ Bucket: await bucket(aws), Key: 'receipt-1.md' });
			await destroy(aws().cloudformation, stack);
		},
	}),
	mistake({
		name: 'made-one-more-by-hand',
		after: 'clean-up',
		async run({ aws }) {
			await aws().sqs.createQueue({ QueueName: 'get-ready-experiment' });
		},
		expect: { check: 'nothing-left', cause: 'left-over' },
		async heal({ aws }) {
			const { QueueUrl } = await aws().sqs.getQueueUrl({ QueueName: 'get-ready-experiment' });
			await aws().sqs.deleteQueue({ QueueUrl });
		},
	}),
];

const bucket = async (aws: MistakeTools['aws']) => {
	const { StackResources = [] } = await aws().cloudformation.describeStackResources({ StackName: stack });
	return StackResources.find(({ ResourceType }) => ResourceType === 'AWS::S3::Bucket')!.PhysicalResourceId!;
};
