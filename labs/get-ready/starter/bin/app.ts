import { App, Tags } from 'aws-cdk-lib';
import { GetReady } from '../lib/stack.ts';

const app = new App();
new GetReady(app, 'GetReady', {
	description: 'A small shop: orders, the orders that failed, and receipts',
	env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION },
});

// Whose things are these, and until when? Two tags answer it when somebody finds them in a year.
Tags.of(app).add('slipway:lab', 'get-ready');
Tags.of(app).add('slipway:expires', app.node.tryGetContext('slipway:expires') ?? 'unset');
