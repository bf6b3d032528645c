import { setTimeout } from 'node:timers/promises';
import type { Lab } from '../../labs/lab.ts';
import type { Target } from '../../lib/target.ts';
import { difference, type Inventory, type Item, key } from '../../validators/inventory.ts';
import { clientConfig } from '../clients.ts';
import { inventoryOf } from '../lab/prepare.ts';
import type { Progress } from '../progress.ts';
import { destroy } from './destroy.ts';
import { countObjects, emptyBucket, emptyRepository, removeLogGroups } from './empty.ts';
import { logGroupsOf, type Standing, standingStacks } from './found.ts';

/** What is about to go. */
export interface Plan {
	stacks: Standing[];
	buckets: { name: string; objects: number; more: boolean }[];
	repositories: string[];
	logGroups: string[];
}

/** What went, and what is there now that was not there before. */
export interface Receipt {
	stacks: number;
	resources: number;
	objects: number;
	images: number;
	logGroups: number;
	/** Not there before the lab, and there now. */
	left: Item[];
	/** The same, but left on purpose: the lab says so. */
	kept: Item[];
	/** What the proof looked through, and what this endpoint does not have at all. */
	looked: readonly string[];
	absent: readonly string[];
	/** How many things the account held before the lab; undefined when nobody looked then. */
	before: number | undefined;
}

/** Looks what the lab has in the account. */
export async function planCleanup(lab: Lab, target: Target): Promise<Plan> {
	const config = clientConfig(target);
	const stacks = await standingStacks(lab, config);
	const names = (type: string) =>
		stacks.flatMap(({ resources }) => resources.filter((held) => held.type === type).map(({ id }) => id));
	const buckets = await Promise.all(
		names('AWS::S3::Bucket').map(async (name) => {
			const { count, more } = await countObjects(name, config);
			return { name, objects: count, more };
		}),
	);
	return { stacks, buckets, repositories: names('AWS::ECR::Repository'), logGroups: stacks.flatMap(logGroupsOf) };
}

/** Empties, destroys, and looks again. */
export async function cleanUp(
	lab: Lab,
	target: Target,
	plan: Plan,
	baseline: Inventory | undefined,
	told: Progress,
): Promise<Receipt> {
	const config = clientConfig(target);
	let objects = 0;
	for (const { name } of plan.buckets) {
		told.update(`emptying ${name}`);
		objects += await emptyBucket(name, config, (removed) => told.update(`emptying ${name}: ${removed} objects`));
	}
	let images = 0;
	for (const name of plan.repositories) {
		told.update(`emptying ${name}`);
		images += await emptyRepository(name, config);
	}
	for (const stack of plan.stacks) {
		told.update(`destroying ${stack.name}`);
		await destroy(stack, target, told);
	}
	const logGroups = (await removeLogGroups(plan.logGroups, config)).length;
	told.update('looking what is left');
	const now = await lookAgain(target, baseline);
	const { kept, left } = remaining(lab, baseline, now);
	return {
		stacks: plan.stacks.length,
		resources: plan.stacks.reduce((sum, { resources }) => sum + resources.length, 0),
		objects,
		images,
		logGroups,
		left,
		kept,
		looked: now.looked,
		absent: now.absent,
		before: baseline?.items.length,
	};
}

/** What was not there before the lab; what it leaves on purpose apart. */
export function remaining(
	lab: Pick<Lab, 'leaves'>,
	baseline: Inventory | undefined,
	now: Inventory,
): { left: Item[]; kept: Item[] } {
	const { added } = difference(baseline ?? { ...now, items: [] }, now);
	const onPurpose = (item: Item) => (lab.leaves ?? []).includes(key(item));
	return { kept: added.filter(onPurpose), left: added.filter((item) => !onPurpose(item)) };
}

/** On AWS a deleted queue is listed for up to a minute more. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteQueue.html */
async function lookAgain(target: Target, baseline: Inventory | undefined): Promise<Inventory> {
	for (let looks = 1; ; looks++) {
		const now = await inventoryOf(target);
		const lingering = baseline && difference(baseline, now).added.some(({ type }) => type === 'AWS::SQS::Queue');
		if (target.kind === 'practice' || !lingering || looks === 7) return now;
		await setTimeout(10_000);
	}
}
