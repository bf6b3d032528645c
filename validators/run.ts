import type { StackResource } from '@aws-sdk/client-cloudformation';
import type { Lab } from '../labs/lab.ts';
import { nearest } from '../lib/nearest.ts';
import type { Target } from '../lib/target.ts';
import { exitCodes, UserError } from '../lib/user-error.ts';
import { asBlocked } from './blocked.ts';
import type { Check, Diagnosis, Evidence, Look, Report, Result, Verdict } from './check.ts';
import { takeInventory } from './inventory.ts';
import { type Progress, position, untilStep } from './progress.ts';
import { openReads, type ReadSession } from './reads.ts';
import { findStack, type Standing, standing } from './stack.ts';
import { deployedTemplate } from './template.ts';
import type { Template, Workspace } from './workspace.ts';

export interface ValidateOptions {
	lab: Lab;
	checks: readonly Check[];
	target: Target;
	progress: Progress | undefined;
	workspace: Workspace;
	/** Looks at this step instead of the first that is not yet passed. */
	step?: string;
	/** Hears each result as soon as it is known. */
	onResult?: (result: Result) => void;
	/** Reads through this instead of opening clients on the target. Left open. */
	session?: ReadSession;
}

/**
 * Looks at the checks of one step and tells of the others what is remembered. Prints and writes nothing.
 *
 * What AWS said that kept a check from looking is that check's result (`blocked`); anything else that is thrown is our bug.
 */
export async function validate(options: ValidateOptions): Promise<Report> {
	const { lab, checks, target, progress, onResult } = options;
	const started = performance.now();
	const startedAt = new Date().toISOString();
	const passes = progress?.passes ?? {};
	const here = position(lab, checks, passes);
	const step = options.step === undefined ? lab.steps[here] : known(options.step, lab);

	const session = options.session ?? openReads(target);
	const asked = session.calls.length;
	try {
		const run = new Run(options, session);
		const results = await settled(
			checks.map(async (check) => {
				const result =
					check.step === step
						? await run.look(check)
						: remembered(check, passes[check.id], here >= untilStep(lab, check));
				onResult?.(result);
				return result;
			}),
		);
		return {
			lab: lab.slug,
			target: { kind: target.kind, account: await run.accountForReport(), region: target.region },
			startedAt,
			durationMs: Math.round(performance.now() - started),
			apiCalls: session.calls.length - asked,
			checks: results,
		};
	} finally {
		if (!options.session) session.close();
	}
}

/** The exit code that a report means: 0 nothing is open, 1 something failed or is pending, 2 something could not be looked at. */
export function exitCode(report: Report): number {
	const is = (status: Result['status']) => report.checks.some((check) => check.status === status);
	if (is('blocked')) return exitCodes.blocked;
	return is('failed') || is('pending') ? exitCodes.notDone : exitCodes.done;
}

function known(step: string, lab: Lab): string {
	if (lab.steps.includes(step)) return step;
	const near = nearest(step, lab.steps);
	throw new UserError(
		`The lab ${lab.slug} has no step ${step}.`,
		near ? `Did you mean ${near}? Its steps are ${lab.steps.join(', ')}.` : `Its steps are ${lab.steps.join(', ')}.`,
		{ exitCode: exitCodes.usage },
	);
}

const heading = ({ id, step, title, docs }: Check) => ({ id, step, title, docs });

/** A check that is not looked at now: passed as remembered, passed then (and free to be untrue by now), or not yet its turn. */
function remembered(check: Check, pass: Progress['passes'][string] | undefined, past: boolean): Result {
	if (!pass) return { ...heading(check), status: 'skipped', evidence: [] };
	const { at, evidence, remark } = pass;
	return { ...heading(check), status: past ? 'skipped' : 'passed', passedAt: at, evidence, ...(remark && { remark }) };
}

/** Lets all of them end before it throws the first of their errors, so that none goes on in the background. */
async function settled<T>(work: readonly Promise<T>[]): Promise<T[]> {
	const outcomes = await Promise.allSettled(work);
	return outcomes.map((outcome) => {
		if (outcome.status === 'rejected') throw outcome.reason;
		return outcome.value;
	});
}

/** What the checks of one run share. */
class Run {
	readonly #options: ValidateOptions;
	readonly #session: ReadSession;
	#account: Promise<string> | undefined;
	#standing: Promise<Standing> | undefined;
	#resources: Promise<readonly StackResource[]> | undefined;
	#template: Promise<Template> | undefined;

	constructor(options: ValidateOptions, session: ReadSession) {
		this.#options = options;
		this.#session = session;
	}

	async look(check: Check): Promise<Result> {
		try {
			return { ...heading(check), ...(await this.#answer(check)) };
		} catch (error) {
			const blocked = asBlocked(error, this.#options.target);
			if (!blocked) throw error;
			return { ...heading(check), evidence: [], ...blocked };
		}
	}

	/** Never keeps a report from being made: an account that cannot be asked for is unknown. */
	async accountForReport(): Promise<string> {
		const { target } = this.#options;
		if (!this.#account) return target.account ?? 'unknown';
		return this.#account.catch(() => 'unknown');
	}

	async #answer(check: Check): Promise<Omit<Result, keyof ReturnType<typeof heading>>> {
		const { lab, target, workspace, progress } = this.#options;
		const [account, { stack, answer, remark }] = await Promise.all([
			this.#askAccount(),
			check.needs === 'nothing' ? this.#justTheStack() : this.#askStanding(),
		]);
		if (answer) return { evidence: [], ...answer };

		const { aws } = this.#session;
		const evidence: Evidence[] = [];
		const remarks = remark ? [remark] : [];
		const look: Look = {
			aws,
			lab,
			account,
			region: target.region,
			outputs: Object.fromEntries(
				(stack?.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey!, OutputValue!]),
			),
			workspace,
			resources: async () => (stack ? this.#askResources(stack.StackName!) : []),
			template: async () => (stack ? this.#askTemplate(stack.StackName!) : {}),
			inventory: () => takeInventory(aws, { region: target.region, account }),
			baseline: progress?.baseline,
			fail: (cause, diagnosis) => ({ status: 'failed', cause, ...diagnosis }),
			pending: (diagnosis: Diagnosis) => ({ status: 'pending', cause: 'pending', ...diagnosis }),
			remark: (text) => void remarks.push(text),
			saw: (what, value) => void evidence.push({ what, value }),
		};
		const verdict = (await check.run(look)) as Verdict | undefined;
		if (!verdict) return { status: 'passed', ...(remarks.length && { remark: remarks.join(' ') }), evidence };
		if (verdict.status === 'failed' && !(verdict.cause in check.causes)) {
			throw new TypeError(`The check ${check.id} failed with the cause ${verdict.cause}, which it does not declare.`);
		}
		return { ...verdict, evidence: [...evidence, ...(verdict.evidence ?? [])] };
	}

	#askAccount(): Promise<string> {
		const { target } = this.#options;
		this.#account ??= target.account
			? Promise.resolve(target.account)
			: this.#session.aws.sts.getCallerIdentity({}).then(({ Account }) => Account!);
		return this.#account;
	}

	async #justTheStack(): Promise<Standing> {
		return { stack: await findStack(this.#session.aws, this.#options.lab.stacks[0]!) };
	}

	#askStanding(): Promise<Standing> {
		const { lab, target, workspace } = this.#options;
		this.#standing ??= standing({ lab, session: this.#session, region: target.region, workspace });
		return this.#standing;
	}

	#askResources(stack: string): Promise<readonly StackResource[]> {
		const { aws } = this.#session;
		const asked = () => aws.cloudformation.describeStackResources({ StackName: stack });
		this.#resources ??= asked().then(({ StackResources = [] }) => StackResources);
		return this.#resources;
	}

	#askTemplate(stack: string): Promise<Template> {
		this.#template ??= deployedTemplate(this.#session.aws, stack);
		return this.#template;
	}
}
