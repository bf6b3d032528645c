import { lab } from '../lab.ts';

export default lab({
	slug: 'get-ready',
	chapter: 'start',
	title: 'Ten minutes from nothing to nothing',
	summary:
		'Deploy a small shop, see an order fail, find out why it would be lost, repair it, and leave nothing behind.',
	minutes: 10,
	services: ['cloudformation', 'sqs', 's3', 'ssm'],
	tools: [{ name: 'aws', atLeast: '1.29', optional: true }],
	steps: ['deploy', 'order', 'repair', 'clean-up'],
	stacks: ['GetReady'],
	deployed: false,
	cost: {
		pass: 0,
		hour: 0,
		drivers: [
			{
				what: 'SQS requests, about 20 of the million that are free each month',
				price: '$0.40 a million',
				source: 'https://aws.amazon.com/sqs/pricing/',
			},
			{
				what: 'One object of about 1 kB in S3, for a minute',
				price: '$0.023 a GB-month',
				source: 'https://aws.amazon.com/s3/pricing/',
			},
			{
				what: 'One standard parameter of Systems Manager',
				price: 'free',
				source: 'https://aws.amazon.com/systems-manager/pricing/',
			},
		],
	},
	notices: [
		{
			text: 'npm has an aws-cdk 3.0.0. It was published by accident and reads no current app; Slipway pins 2.1148.1.',
			source: 'https://github.com/aws/aws-cdk/issues/38113',
		},
	],
});
