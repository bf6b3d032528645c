import type { StackResource } from '@aws-sdk/client-cloudformation';
import type { Lab } from '../labs/lab.ts';
import type { Inventory } from './inventory.ts';
import type { Reads } from './reads.ts';
import type { Template, Workspace } from './workspace.ts';

export type Status = 'passed' | 'failed' | 'pending' | 'blocked' | 'skipped';

/** What the runner itself can find before any check looks. */
export const stackCauses = {
	'not-deployed': 'The stack is not there',
	'other-region': 'The stack is in another region',
	'rolled-back': 'The last deployment failed and was rolled back',
} as const;

/** Why a check could not look. */
export const blockedCauses = {
	'no-credentials': 'There are no credentials',
	expired: 'The credentials have expired',
	denied: 'These credentials may not look',
	'wrong-region': 'The region does not exist or is not enabled',
	'not-bootstrapped': 'The account is not bootstrapped for CDK',
	throttled: 'AWS answered "too many requests" until we gave up',
	unreachable: 'Nothing answers at the endpoint',
} as const;

export interface Evidence {
	what: string;
	value: string;
}

/** A failure as a diagnosis: what should be true, what is, and the one next act. */
export interface Diagnosis {
	expected: string;
	/** Carries the live value. */
	found: string;
	/** One command, or one edit with its file. */
	next: string;
	evidence?: readonly Evidence[];
	/** The AWS console's page for the very resource. */
	consoleUrl?: string;
}

export type Verdict<Cause extends string = string> =
	| ({ status: 'failed'; cause: Cause } & Diagnosis)
	| ({ status: 'pending'; cause: 'pending' } & Diagnosis);

/** One thing that is true in the account when a step is done. */
export interface Check<Cause extends string = string> {
	/** Kebab-case, unique in its lab. */
	id: string;
	/** The step of the lab at whose end it passes. */
	step: string;
	/** The sentence that is true when it passes. */
	title: string;
	/** The AWS page to read about it. */
	docs: string;
	/** The step from which this need not be true any more. Default: the lab's last step. */
	until?: string;
	/** `stack` (the default): the runner first makes sure that the lab's stack stands. `nothing`: it looks at once. */
	needs?: 'stack' | 'nothing';
	/** Every way to fail, each with a static summary that names nothing of the account. */
	causes: Record<Cause, string>;
	/** Hints that unfold one at a time; the last one all but says it. */
	hint: readonly string[];
	// biome-ignore lint/suspicious/noConfusingVoidType: an async function without a return is a Promise<void>.
	run(look: Look<Cause>): Promise<Verdict<Cause> | undefined | void>;
}

/** What a check may look at. It reads; it never does the learner's act. */
export interface Look<Cause extends string = string> {
	/** SDK clients whose reads are shared within a run: `aws.sqs.getQueueAttributes(…)`. */
	aws: Reads;
	lab: Lab;
	account: string;
	region: string;
	/** Outputs of the lab's first stack; empty without one. */
	outputs: Record<string, string>;
	/** The learner's files, read-only. May choose a cause, never a pass. */
	workspace: Workspace;
	/** The resources of the lab's first stack, as CloudFormation knows them; empty without one. */
	resources(): Promise<readonly StackResource[]>;
	/** The template that the lab's first stack was deployed from last. */
	template(): Promise<Template>;
	/** What the account holds now, and what it held when `npm run lab` prepared the lab. */
	inventory(): Promise<Inventory>;
	baseline: Inventory | undefined;
	fail(cause: Cause, diagnosis: Diagnosis): Verdict<Cause>;
	/** AWS is still at work: what for, since when, how long it usually takes. */
	pending(diagnosis: Diagnosis): Verdict<Cause>;
	/** A right outcome reached another way passes, with this sentence. */
	remark(text: string): void;
	/** Kept with a pass: what was seen. */
	saw(what: string, value: string): void;
}

/** Declares a check. */
export const check = <const Cause extends string>(definition: Check<Cause>): Check<Cause> => definition;

/** A check's outcome, as `validate --json` prints it. */
export interface Result {
	id: string;
	step: string;
	title: string;
	status: Status;
	expected?: string;
	found?: string;
	cause?: string;
	next?: string;
	remark?: string;
	/** For a pass that is remembered rather than looked at: when it passed. ISO 8601. */
	passedAt?: string;
	evidence: readonly Evidence[];
	consoleUrl?: string;
	docs: string;
}

/** One run of `validate`. Times in ms; dates ISO 8601. */
export interface Report {
	lab: string;
	target: { kind: 'practice' | 'aws'; account: string; region: string };
	startedAt: string;
	durationMs: number;
	apiCalls: number;
	checks: readonly Result[];
}
