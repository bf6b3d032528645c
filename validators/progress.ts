import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Lab } from '../labs/lab.ts';
import { UserError } from '../lib/user-error.ts';
import type { Check, Evidence, Report } from './check.ts';
import type { Inventory } from './inventory.ts';

/** What is remembered of a learner's way through one lab: `progress.json`. Dates ISO 8601. */
export interface Progress {
	lab: string;
	/** When `npm run lab` prepared it. */
	startedAt: string;
	/** When `npm run deploy` last changed the account. */
	deployedAt?: string;
	/** The value of the tag `slipway:expires`, fixed once so that diffs stay empty. */
	expires?: string;
	/** What the account held before the lab's first deployment. */
	baseline?: Inventory;
	/** By check id. */
	passes: Record<string, Pass>;
	lastReport?: Report;
}

export interface Pass {
	at: string;
	evidence: readonly Evidence[];
	remark?: string;
}

/** The record of a lab that begins now. */
export const begin = (lab: string, rest: Partial<Progress> = {}): Progress => ({
	lab,
	startedAt: new Date().toISOString(),
	passes: {},
	...rest,
});

/** The record with what a run of the checks found: new passes kept, and lost ones forgotten while they ought to hold. */
export function remember(progress: Progress, report: Report, checks: readonly Check[], lab: Lab): Progress {
	const passes = { ...progress.passes };
	const here = position(lab, checks, passes);
	for (const result of report.checks) {
		if (result.status === 'passed' && !result.passedAt) {
			const { evidence, remark } = result;
			passes[result.id] = { at: report.startedAt, evidence, ...(remark && { remark }) };
		}
		const check = checks.find(({ id }) => id === result.id);
		if (result.status === 'failed' && check && here < untilStep(lab, check)) delete passes[result.id];
	}
	return { ...progress, passes, lastReport: report };
}

/** Index of the first step that has a check without a pass; the number of steps when all are passed. */
export function position(lab: Lab, checks: readonly Check[], passes: Record<string, Pass>): number {
	const index = lab.steps.findIndex((step) => checks.some((check) => check.step === step && !passes[check.id]));
	return index < 0 ? lab.steps.length : index;
}

/** Index of the step from which a check need not be true any more. */
export const untilStep = (lab: Lab, check: Check) => lab.steps.indexOf(check.until ?? lab.steps.at(-1)!);

/** Reads a record; undefined when there is none yet. */
export async function readProgress(file: string): Promise<Progress | undefined> {
	let text: string;
	try {
		text = await readFile(file, 'utf8');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
		throw error;
	}
	try {
		return JSON.parse(text) as Progress;
	} catch (cause) {
		throw new UserError(
			`${file} is not JSON any more, so it is not known which steps are passed.`,
			'Delete it; passed checks pass again when they are looked at.',
			{ cause },
		);
	}
}

/** Writes a record so that a reader, or a crash, finds the old one or the new one and nothing between. */
export async function writeProgress(file: string, progress: Progress): Promise<void> {
	await mkdir(dirname(file), { recursive: true });
	const draft = `${file}.${process.pid}.${++drafts}`;
	const handle = await open(draft, 'w', 0o600);
	try {
		await handle.writeFile(`${JSON.stringify(progress, undefined, '\t')}\n`);
		await handle.sync();
	} finally {
		await handle.close();
	}
	await rename(draft, file);
}
let drafts = 0;
