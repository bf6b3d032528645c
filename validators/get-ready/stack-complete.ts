import { check } from '../check.ts';
import { consoleUrl } from '../console-url.ts';
import { exists } from '../existence.ts';
import { count, list } from '../words.ts';

/** The outputs that the lab goes on with, and what each belongs to. */
const parts: Record<string, string> = {
	OrdersQueueUrl: 'the queue Orders',
	FailedOrdersQueueUrl: 'the queue FailedOrders',
	ReceiptsBucketName: 'the bucket Receipts',
	OrdersPerMinuteName: 'the parameter /get-ready/orders-per-minute',
};

export const stackComplete = check({
	id: 'stack-complete',
	step: 'deploy',
	title: 'The stack GetReady stands, and everything that it made is there',
	docs: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html',
	causes: {
		incomplete: 'The stack stands, but it is not the whole shop',
		gone: 'Something that the stack made was deleted behind its back',
	},
	hint: [
		'Has anything been deployed yet? `aws cloudformation list-stacks` asks the account, not your folder.',
		'The deployment is one command. Its last lines say what came of it.',
		'npm run deploy -- get-ready',
	],
	async run({ aws, region, outputs, resources, fail, saw }) {
		const missing = Object.keys(parts).filter((output) => !outputs[output]);
		if (missing.length) {
			return fail('incomplete', {
				expected: `a stack GetReady with ${list(Object.values(parts))}`,
				found: `GetReady stands without ${list(missing.map((output) => parts[output]!))}: no output ${missing.join(', ')}`,
				next: 'Bring lib/stack.ts back to what it was (`git checkout lib/stack.ts bin/app.ts`), then npm run deploy -- get-ready',
			});
		}

		const made = await resources();
		const asked = await Promise.all(
			made.map(async (resource) => ({
				resource,
				there: await exists(aws, resource.ResourceType!, resource.PhysicalResourceId!),
			})),
		);
		const gone = asked.filter(({ there }) => there === false).map(({ resource }) => resource);
		if (gone.length) {
			const [first] = gone;
			return fail('gone', {
				expected: `the ${count(made.length, 'thing')} that GetReady made, each where its own service can find it`,
				found: `${list(gone.map((each) => each.LogicalResourceId!))} is in the stack, and ${gone.length > 1 ? 'their services say' : 'its service says'} that there is no ${first!.PhysicalResourceId}`,
				next: 'A stack does not notice what is deleted by hand. Make it anew: npm run cleanup -- get-ready, then npm run deploy -- get-ready',
				evidence: gone.map((each) => ({
					what: each.LogicalResourceId!,
					value: `${each.ResourceType} ${each.PhysicalResourceId}`,
				})),
				consoleUrl: consoleUrl(first!.ResourceType!, first!.PhysicalResourceId!, region),
			});
		}

		for (const { resource, there } of asked) {
			saw(
				resource.LogicalResourceId!,
				there ? `${resource.ResourceType}, there` : `${resource.ResourceType}, exists in the stack only`,
			);
		}
		return undefined;
	},
});
