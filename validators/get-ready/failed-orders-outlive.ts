import { check, type Look, type Verdict } from '../check.ts';
import { consoleUrl } from '../console-url.ts';
import { queueName } from '../queue.ts';
import { ago, duration } from '../words.ts';
import { resourceOf, retentionIn, retentionInWorkspace } from './declared.ts';
import { bothQueues, brokenLink, restoreStack } from './queues.ts';

const fourDays = 345_600;
/** SQS takes this long to apply a new retention period, so that a younger one may still read as the old one. */
const settles = 15 * 60_000;

const causes = {
	shorter: 'Failed orders are thrown away before the orders queue would have',
	'edited-not-deployed': 'The code is changed, the account is not',
	equal: 'Failed orders are kept no longer than orders',
	'source-shortened': 'The orders queue was made to forget sooner instead',
	'by-hand': 'The account and the deployed template disagree',
	unlinked: 'Orders does not hand its failures to FailedOrders',
	gone: 'One of the two queues is not there',
};
type Cause = keyof typeof causes;

export const failedOrdersOutlive = check({
	id: 'failed-orders-outlive',
	step: 'repair',
	title: 'FailedOrders keeps an order longer than Orders does, and the template says so',
	docs: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html#understanding-message-retention-periods',
	causes,
	hint: [
		'Compare how long each of the two queues keeps a message. The diagnosis shows both.',
		'The number is in lib/stack.ts, as retentionPeriod of FailedOrders. SQS allows 14 days at most.',
		'Write Duration.days(14) there, save, and run npm run deploy -- get-ready',
	],
	async run(look) {
		const { outputs, fail, resources, template, workspace } = look;
		const queues = await bothQueues(look);
		if ('missing' in queues) {
			return fail('gone', { expected: 'the queues Orders and FailedOrders', found: queues.missing, next: queues.next });
		}
		const { orders, failedOrders } = queues;
		const broken = await brokenLink(look, queues);
		if (broken) {
			return fail('unlinked', {
				expected: 'Orders hands failed orders to FailedOrders; otherwise it is all the same how long that keeps them',
				found: `Orders: ${broken.found}`,
				next: broken.next,
				consoleUrl: consoleUrl('AWS::SQS::Queue', outputs.OrdersQueueUrl!, look.region),
			});
		}

		const resource = await resourceOf(resources, outputs.FailedOrdersQueueUrl!);
		const source = await resourceOf(resources, outputs.OrdersQueueUrl!);
		if (!resource || !source) {
			return fail('gone', {
				expected: 'Orders and FailedOrders as resources of the stack GetReady',
				found: `the outputs name queues that the stack did not make: ${queueName(resource ? outputs.OrdersQueueUrl! : outputs.FailedOrdersQueueUrl!)}`,
				next: restoreStack,
			});
		}
		const deployed = await template();
		return compare(look, {
			failed: {
				live: Number(failedOrders.MessageRetentionPeriod),
				template: retentionIn(deployed, resource.LogicalResourceId!)!,
				workspace: retentionInWorkspace(workspace, look.lab.stacks[0]!, 'FailedOrders', resource.LogicalResourceId!),
			},
			orders: {
				live: Number(orders.MessageRetentionPeriod),
				template: retentionIn(deployed, source.LogicalResourceId!)!,
			},
			deployedAt: resource.Timestamp!,
			changedAt: new Date(Number(failedOrders.LastModifiedTimestamp) * 1000),
		});
	},
});

interface Facts {
	/** For how long FailedOrders keeps a message, in seconds: by SQS, by the deployed template, by the learner's code. */
	failed: { live: number; template: number; workspace: number | undefined };
	orders: { live: number; template: number };
	/** When CloudFormation was last done with FailedOrders. */
	deployedAt: Date;
	/** When SQS last heard of a change of FailedOrders. */
	changedAt: Date;
}

function compare(look: Look<Cause>, facts: Facts): Verdict<Cause> | undefined {
	const { fail, outputs, region, workspace, saw, remark } = look;
	const { failed, orders } = facts;
	const shared = {
		evidence: [
			{ what: 'FailedOrders keeps, in the account', value: duration(failed.live) },
			{ what: 'FailedOrders keeps, in the deployed template', value: duration(failed.template) },
			{ what: 'Orders keeps, in the account', value: duration(orders.live) },
		],
		consoleUrl: consoleUrl('AWS::SQS::Queue', outputs.FailedOrdersQueueUrl!, region),
	};

	if (orders.live < fourDays) {
		const byHand = orders.template >= fourDays;
		return fail('source-shortened', {
			expected: 'Orders still keeps 4 days',
			found: `Orders keeps ${duration(orders.live)}${byHand ? ', set by hand' : ''}. ${failed.live > orders.live ? 'The comparison now holds, and every' : 'Every'} order that waits longer is lost`,
			next: byHand
				? `Put it back: aws sqs set-queue-attributes --queue-url ${outputs.OrdersQueueUrl} --attributes MessageRetentionPeriod=${orders.template}, and raise FailedOrders in lib/stack.ts instead.`
				: 'Put Orders back to 4 days in lib/stack.ts, raise FailedOrders instead, and npm run deploy -- get-ready',
			...shared,
		});
	}
	if (failed.live === failed.template && failed.live > orders.live && orders.live === orders.template) {
		saw('FailedOrders keeps', duration(failed.live));
		saw('Orders keeps', duration(orders.live));
		saw('the template says', duration(failed.template));
		if (orders.live > fourDays)
			remark(`Orders keeps ${duration(orders.live)} now, more than the 4 days that it began with.`);
		if (failed.live - orders.live < 86_400)
			remark(`That is only ${duration(failed.live - orders.live)} longer; 14 days is the most that SQS allows.`);
		return undefined;
	}
	if (failed.live !== failed.template || orders.live !== orders.template) return disagreement(look, facts, shared);
	if (failed.workspace !== undefined && failed.workspace !== failed.template) {
		const saved = workspace.savedAt('lib/stack.ts');
		const enough = failed.workspace > orders.live;
		return fail('edited-not-deployed', {
			expected: `FailedOrders keeps messages longer than the ${duration(orders.live)} of Orders`,
			found: `${duration(failed.live)} in the account; ${duration(failed.workspace)} in lib/stack.ts${saved ? `, saved ${ago(saved)}` : ''}`,
			next: enough
				? 'npm run deploy -- get-ready'
				: `${duration(failed.workspace)} would not be longer either: write Duration.days(14), then npm run deploy -- get-ready`,
			...shared,
		});
	}
	if (failed.workspace === undefined && savedSinceDeploy(look, facts.deployedAt)) {
		return fail('edited-not-deployed', {
			expected: `FailedOrders keeps messages longer than the ${duration(orders.live)} of Orders`,
			found: `${duration(failed.live)} in the account; lib/stack.ts was saved ${ago(workspace.savedAt('lib/stack.ts')!)}, after the last deployment`,
			next: 'npm run deploy -- get-ready',
			...shared,
		});
	}
	if (failed.live === orders.live) {
		return fail('equal', {
			expected: `longer than ${duration(orders.live)}`,
			found: `${duration(failed.live)}, the same as Orders. An order that waited 3 days and then failed would live 1 more day`,
			next: 'Give FailedOrders 14 days in lib/stack.ts, the most SQS allows, and npm run deploy -- get-ready',
			...shared,
		});
	}
	return fail('shorter', {
		expected: `FailedOrders keeps messages longer than the ${duration(orders.live)} of Orders`,
		found: `${duration(failed.live)}. A failed order dies ${duration(failed.live)} after it was first sent, so one that waited that long is gone the moment it fails`,
		next: 'In lib/stack.ts give FailedOrders retentionPeriod: Duration.days(14), the most SQS allows, and deploy.',
		...shared,
	});
}

/** The account says one thing and the deployed template another: SQS is still applying it, or somebody set it by hand. */
function disagreement(
	{ outputs, fail, pending }: Look<Cause>,
	{ failed, orders, deployedAt, changedAt }: Facts,
	shared: { evidence: { what: string; value: string }[]; consoleUrl: string | undefined },
): Verdict<Cause> {
	if (failed.live === failed.template) {
		return fail('by-hand', {
			expected: 'the account and the template agree',
			found: `Orders keeps ${duration(orders.live)} in the account, ${duration(orders.template)} in the template: it was set with SetQueueAttributes, not deployed`,
			next: `Put it back: aws sqs set-queue-attributes --queue-url ${outputs.OrdersQueueUrl} --attributes MessageRetentionPeriod=${orders.template}`,
			...shared,
		});
	}
	// SQS tells times in whole seconds, CloudFormation in thousandths.
	const changedSince = changedAt.getTime() >= Math.floor(deployedAt.getTime() / 1000) * 1000;
	if (!changedSince && Date.now() - deployedAt.getTime() < settles) {
		return pending({
			expected: `${duration(failed.template)}, as deployed ${ago(deployedAt)}`,
			found: `${duration(failed.live)}: SQS takes up to 15 minutes to apply a new retention period`,
			next: 'Wait a few minutes, then check again.',
			...shared,
		});
	}
	const reached = failed.live > orders.live;
	return fail('by-hand', {
		expected: 'the account and the template agree',
		found: `${duration(failed.live)} in the account, ${duration(failed.template)} in the template: it was set with SetQueueAttributes, not deployed`,
		next: reached
			? `Put ${duration(failed.live)} into lib/stack.ts and deploy. (The lab iac-drift is about exactly this.)`
			: `Put it back: aws sqs set-queue-attributes --queue-url ${outputs.FailedOrdersQueueUrl} --attributes MessageRetentionPeriod=${failed.template}. A deployment without changes would not.`,
		...shared,
	});
}

function savedSinceDeploy({ workspace }: Look<Cause>, deployedAt: Date): boolean {
	const saved = workspace.savedAt('lib/stack.ts');
	return saved !== undefined && saved > (workspace.deployedAt ?? deployedAt);
}
