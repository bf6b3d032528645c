import type { DescribeEventsInput, Stack, StackEvent } from '@aws-sdk/client-cloudformation';
import type { Lab } from '../labs/lab.ts';
import { nearest } from '../lib/nearest.ts';
import { notBootstrapped } from './blocked.ts';
import type { Diagnosis, stackCauses } from './check.ts';
import { consoleUrl } from './console-url.ts';
import { gather } from './pages.ts';
import type { ReadSession, Reads } from './reads.ts';
import { likelyRegions } from './regions.ts';
import { deployedTemplate } from './template.ts';
import { ago, clockTime, list } from './words.ts';
import type { Workspace } from './workspace.ts';

type Answer =
	| ({ status: 'failed'; cause: keyof typeof stackCauses; docs?: string } & Diagnosis)
	| ({ status: 'pending'; cause: 'pending' } & Diagnosis)
	| ({ status: 'blocked'; cause: 'not-bootstrapped' } & Diagnosis);

/** What the runner says before any check looks: nothing when the stack stands, else the one answer for all of them. */
export interface Standing {
	stack: Stack | undefined;
	answer?: Answer;
	/** Belongs to every pass. */
	remark?: string;
}

export interface StackQuestion {
	lab: Lab;
	session: ReadSession;
	region: string;
	workspace: Workspace;
}

/** Looks whether the lab's first stack is there and at rest, and why not. */
export async function standing({ lab, session, region, workspace }: StackQuestion): Promise<Standing> {
	const name = lab.stacks[0]!;
	const stack = await findStack(session.aws, name);
	if (!stack) return { stack, answer: await missing({ lab, session, region, workspace }) };

	const status = stack.StackStatus!;
	const url = consoleUrl('AWS::CloudFormation::Stack', stack.StackId!, region);
	const since = stack.LastUpdatedTime ?? stack.DeletionTime ?? stack.CreationTime ?? new Date();
	if (status === 'REVIEW_IN_PROGRESS') {
		const found = await onlyReviewed(session.aws, stack);
		if (found) return { stack, answer: { ...notDeployed(lab, region, found), consoleUrl: url } };
	}
	if (status.endsWith('_IN_PROGRESS')) {
		return {
			stack,
			answer: {
				status: 'pending',
				cause: 'pending',
				expected: `${name} at rest`,
				found: `${status}, begun ${ago(since)}`,
				next: 'Wait until the deployment has ended, then check again.',
				consoleUrl: url,
			},
		};
	}
	if (/ROLLBACK_COMPLETE$|FAILED$/.test(status)) {
		const takenBack =
			status === 'UPDATE_ROLLBACK_COMPLETE' && (await sameAsWorkspace(session.aws, name, workspace, since));
		if (takenBack)
			return { stack, remark: 'An update was rolled back; you have taken it back too, so nothing is open.' };
		return { stack, answer: await rolledBack(session.aws, stack, lab, url) };
	}
	return { stack };
}

/** A stack by its name, deleted ones not; undefined when there is none. */
export async function findStack(aws: Reads, name: string): Promise<Stack | undefined> {
	try {
		const { Stacks: [stack] = [] } = await aws.cloudformation.describeStacks({ StackName: name });
		return stack?.StackStatus === 'DELETE_COMPLETE' ? undefined : stack;
	} catch (error) {
		const { name: code, message } = error as Error;
		if (code === 'ValidationError' && message.includes('does not exist')) return undefined;
		throw error;
	}
}

async function missing({ lab, session, region, workspace }: StackQuestion): Promise<Answer> {
	const name = lab.stacks[0]!;
	const elsewhere = await findElsewhere(session, name, region);
	if (elsewhere) {
		const { stack, region: other } = elsewhere;
		return {
			status: 'failed',
			cause: 'other-region',
			expected: `a stack ${name} in ${region}, where this terminal points`,
			found: `${name} in ${other}, deployed ${ago(stack.LastUpdatedTime ?? stack.CreationTime!)}`,
			next: `Either export AWS_REGION=${other}, or clean up there and deploy here. Stacks do not move between regions.`,
			consoleUrl: consoleUrl('AWS::CloudFormation::Stack', stack.StackId!, other),
		};
	}
	if (workspace.savedAt('cdk.json') && !(await isBootstrapped(session.aws))) {
		return { status: 'blocked', cause: 'not-bootstrapped', ...notBootstrapped(region) };
	}
	const others = await gather(session.aws.cloudformation.paginateDescribeStacks({}), (page) => page.Stacks);
	const names = others
		.filter(({ StackStatus }) => StackStatus !== 'DELETE_COMPLETE')
		.map(({ StackName }) => StackName!);
	const near = nearest(name, names);
	const deleted = await deletedStack(session.aws, name);
	const found = [
		deleted ? `no stack of that name any more: it was deleted ${ago(deleted)}` : 'no stack of that name',
		near
			? `there is one called ${near}`
			: `the account holds ${names.length > 5 ? `${names.length} others` : holds(names)}`,
	].join('; ');
	const answer = notDeployed(lab, region, found);
	if (near)
		answer.next = `If ${near} is yours, call it ${name} again in bin/app.ts. Then deploy: npm run deploy -- ${lab.slug}`;
	return answer;
}

const notDeployed = (lab: Lab, region: string, found: string): Answer => ({
	status: 'failed',
	cause: 'not-deployed',
	expected: `a stack ${lab.stacks[0]} in ${region}`,
	found,
	next: `Deploy it: npm run deploy -- ${lab.slug}`,
});

/** What there is of a stack that has only a change set: one that failed, or one that nobody executed; undefined while one is made. */
async function onlyReviewed(aws: Reads, stack: Stack): Promise<string | undefined> {
	const made = await gather(
		aws.cloudformation.paginateListChangeSets({ StackName: stack.StackId! }),
		(page) => page.Summaries,
	);
	const newest = made.sort((a, b) => b.CreationTime!.getTime() - a.CreationTime!.getTime())[0];
	if (newest?.Status === 'FAILED') {
		const details = await validationFailure(aws, { ChangeSetName: newest.ChangeSetId, StackName: stack.StackId });
		return `only a change set for it, which failed ${ago(newest.CreationTime!)}: "${details ?? newest.StatusReason}"`;
	}
	// CDK executes a change set within seconds; what waits longer waits for somebody.
	const since = newest?.CreationTime ?? stack.CreationTime!;
	if (Date.now() - since.getTime() < 120_000) return undefined;
	return newest
		? `only a change set for it, made ${ago(since)} and never executed`
		: `only its name, taken ${ago(since)}: its change set was deleted`;
}

/** What CloudFormation's validation before the work says of the template; its events name the property and the rule. */
async function validationFailure(aws: Reads, of: DescribeEventsInput): Promise<string | undefined> {
	const { OperationEvents = [] } = await aws.cloudformation.describeEvents({ ...of, Filters: { FailedEvents: true } });
	const failure = OperationEvents.findLast(({ ValidationStatusReason }) => ValidationStatusReason);
	return failure && `${failure.LogicalResourceId}: ${failure.ValidationStatusReason}`;
}

const holds = (names: readonly string[]) => (names.length ? `only ${list(names)}` : 'no stack at all');

/** When a stack of that name was deleted last; CloudFormation remembers for 90 days. */
export async function deletedStack(aws: Reads, name: string): Promise<Date | undefined> {
	const pages = aws.cloudformation.paginateListStacks({ StackStatusFilter: ['DELETE_COMPLETE'] });
	const deleted = await gather(pages, (page) => page.StackSummaries);
	return deleted
		.filter(({ StackName }) => StackName === name)
		.map(({ DeletionTime, LastUpdatedTime, CreationTime }) => DeletionTime ?? LastUpdatedTime ?? CreationTime!)
		.sort((a, b) => b.getTime() - a.getTime())[0];
}

async function findElsewhere(session: ReadSession, name: string, here: string) {
	const looks = likelyRegions
		.filter((region) => region !== here)
		.map(async (region) => {
			// A region that is switched off or forbidden is not where anybody deployed.
			const stack = await findStack(session.elsewhere(region).aws, name).catch(() => undefined);
			return stack && { stack, region };
		});
	return (await Promise.all(looks)).find((found) => found !== undefined);
}

async function isBootstrapped(aws: Reads): Promise<boolean> {
	try {
		await aws.ssm.getParameter({ Name: '/cdk-bootstrap/hnb659fds/version' });
		return true;
	} catch (error) {
		if ((error as Error).name === 'ParameterNotFound') return false;
		throw error;
	}
}

/** Whether the learner's code, synthesised since the rollback, is what the stack was rolled back to: nothing is left to repair. */
async function sameAsWorkspace(aws: Reads, name: string, workspace: Workspace, since: Date): Promise<boolean> {
	const made = workspace.savedAt('cdk.out/manifest.json');
	const wanted = workspace.template(name);
	if (!wanted || !made || made < since) return false;
	return JSON.stringify(sorted(wanted)) === JSON.stringify(sorted(await deployedTemplate(aws, name)));
}

const sorted = (value: unknown): unknown =>
	Array.isArray(value)
		? value.map(sorted)
		: value && typeof value === 'object'
			? Object.fromEntries(
					Object.entries(value)
						.sort(([a], [b]) => (a < b ? -1 : 1))
						.map(([name, part]) => [name, sorted(part)]),
				)
			: value;

const meanings: Record<string, string> = {
	ROLLBACK_COMPLETE: 'the first deployment failed and AWS removed what it had made',
	ROLLBACK_FAILED: 'the first deployment failed, and so did its removal',
	CREATE_FAILED: 'the first deployment failed',
	UPDATE_ROLLBACK_COMPLETE: 'your last change failed and AWS put the old state back',
	UPDATE_ROLLBACK_FAILED: 'your last change failed, and AWS could not put the old state back',
	UPDATE_FAILED: 'your last change failed half-way',
	DELETE_FAILED: 'the stack could not be deleted whole',
};

async function rolledBack(aws: Reads, stack: Stack, lab: Lab, url: string | undefined): Promise<Answer> {
	const status = stack.StackStatus!;
	const first = await firstFailure(aws, stack.StackId!);
	// Of what failed before the work began the stack's events say no more than where to ask.
	const reason = first?.ResourceStatusReason?.includes('DescribeEvents')
		? ((await validationFailure(aws, { StackName: stack.StackId })) ?? first.ResourceStatusReason)
		: first?.ResourceStatusReason;
	const found = `${status}: ${meanings[status] ?? 'the last operation failed'}.`;
	return {
		status: 'failed',
		cause: 'rolled-back',
		expected: 'CREATE_COMPLETE or UPDATE_COMPLETE',
		found: first
			? `${found} First failure: ${first.LogicalResourceId}, ${clockTime(first.Timestamp!)}, "${sentence(reason)}"`
			: `${found} ${stack.StackStatusReason ?? ''}`.trim(),
		next: nextAfter(status, lab.slug),
		...(first && {
			evidence: [
				{ what: 'first failed event', value: `${first.LogicalResourceId} ${first.ResourceStatus}` },
				{ what: 'at', value: first.Timestamp!.toISOString() },
				{ what: 'AWS says', value: reason ?? '' },
			],
		}),
		consoleUrl: url,
		docs: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/troubleshooting.html',
	};
}

function nextAfter(status: string, slug: string): string {
	switch (status) {
		case 'DELETE_FAILED':
			return `Run npm run cleanup -- ${slug}, which empties buckets and repositories first.`;
		case 'UPDATE_ROLLBACK_FAILED':
			return 'Get it unstuck first: npx cdk rollback. Then repair that line in lib/stack.ts and deploy again.';
		default:
			return 'Repair that line in lib/stack.ts and deploy again. The first failed event is the cause; the later ones are its echo.';
	}
}

/** The event that made the stack's last operation fail: the oldest failure since it began. */
export async function firstFailure(aws: Reads, stackId: string): Promise<StackEvent | undefined> {
	const operation: StackEvent[] = [];
	for await (const page of aws.cloudformation.paginateDescribeStackEvents({ StackName: stackId })) {
		for (const event of page.StackEvents ?? []) {
			operation.push(event);
			if (begins(event)) return firstOf(operation);
		}
	}
	return firstOf(operation);
}

/** AWS's sentence out of what its resource handlers wrap around it. */
export const sentence = (reason = '') =>
	/^Resource handler returned message: "(.*?)(?: \(Service: [^)]*\))?" \(RequestToken: [^)]*\)$/s.exec(reason)?.[1] ??
	reason;

/** Events come newest first; an operation begins with the stack's own event, and a rollback is part of it. */
const begins = (event: StackEvent) =>
	event.PhysicalResourceId === event.StackId &&
	/^(CREATE|UPDATE|DELETE|IMPORT)_IN_PROGRESS$/.test(event.ResourceStatus ?? '');

const firstOf = (newestFirst: readonly StackEvent[]) =>
	newestFirst.findLast(
		({ ResourceStatus, ResourceStatusReason }) =>
			ResourceStatus?.endsWith('_FAILED') && !ResourceStatusReason?.startsWith('Resource creation cancelled'),
	);
