import type { Lab } from '../../labs/lab.ts';
import { readPage } from '../../labs/page.ts';
import { workspaceFolder } from '../../lib/paths.ts';
import { environment, type Target } from '../../lib/target.ts';
import type { Check, Report, Result } from '../../validators/check.ts';
import { type Inventory, key } from '../../validators/inventory.ts';
import { readProgress } from '../../validators/progress.ts';
import { openReads } from '../../validators/reads.ts';
import { validate } from '../../validators/run.ts';
import { openWorkspace } from '../../validators/workspace.ts';
import { remaining } from '../cleanup/cleanup.ts';
import { inventoryOf, prepareLab } from '../lab/prepare.ts';
import { progressFile } from '../lab/progress.ts';
import { checksOf, validateLab } from '../lab/validate.ts';
import { ActFailed, type Done, performStep } from './acts.ts';
import { type Bash, openBash } from './bash.ts';
import { inWords, type Made, make, mistakesOf } from './mistakes.ts';
import { makeReader } from './read-only.ts';

/** What came of one step. */
export interface StepProof {
	step: string;
	status: 'passed' | 'failed';
	durationMs: number;
	commands: { command: string; exit: number; durationMs: number }[];
	checks: { id: string; before: string; after: string }[];
	problems: string[];
}

/** What came of a lab. */
export interface Proof {
	lab: string;
	status: 'passed' | 'failed';
	durationMs: number;
	steps: StepProof[];
	mistakes: Made[];
	/** `check/cause` that no mistake reaches. */
	causesUnreached: string[];
	/** Inventory keys of what is there after the clean-up and was not before the lab. */
	leftOver: string[];
	/** What belongs to no step. */
	problems: string[];
}

export interface ProveOptions {
	/** Hears what is going on. */
	onAct?: (what: string) => void;
	onOutput?: (text: string) => void;
	/** Hears each command's whole output, for the record. */
	onDone?: (done: Done) => void;
	/** What a person agreed to before a proof on a real account. */
	consent?: { yes: boolean; account?: string };
}

/** Proves one lab on a target whose surroundings are the proof's own. */
export async function proveLab(lab: Lab, found: Target, options: ProveOptions = {}): Promise<Proof> {
	const since = performance.now();
	options.onAct?.('prepare the starter');
	const reader = found.kind === 'practice' ? await makeReader(found) : undefined;
	const { target } = await prepareLab(lab, found, options.consent);
	const bash = openBash(workspaceFolder(lab.slug), environment(target));
	try {
		const proof = await new Prover(lab, { target, reader }, bash, await checksOf(lab.slug), options).prove();
		const failed =
			[proof.problems, proof.causesUnreached, proof.leftOver].some((list) => list.length > 0) ||
			[...proof.steps, ...proof.mistakes].some(({ status }) => status === 'failed');
		return {
			lab: lab.slug,
			status: failed ? 'failed' : 'passed',
			durationMs: Math.round(performance.now() - since),
			...proof,
		};
	} finally {
		await bash.close();
	}
}

class Prover {
	readonly #lab: Lab;
	readonly #target: Target;
	/** The same account for somebody who may only look; on practice. */
	readonly #reader: Target | undefined;
	readonly #bash: Bash;
	readonly #checks: readonly Check[];
	readonly #options: ProveOptions;

	constructor(
		lab: Lab,
		{ target, reader }: { target: Target; reader: Target | undefined },
		bash: Bash,
		checks: readonly Check[],
		options: ProveOptions,
	) {
		this.#lab = lab;
		this.#target = target;
		this.#reader = reader;
		this.#bash = bash;
		this.#checks = checks;
		this.#options = options;
	}

	async prove(): Promise<Omit<Proof, 'lab' | 'status' | 'durationMs'>> {
		const page = await readPage(this.#lab);
		const mistakes = await mistakesOf(this.#lab);
		const problems = await this.#nothingPassesYet();
		const steps: StepProof[] = [];
		const made: Made[] = [];
		const makeThoseAfter = async (step: string) => {
			for (const mistake of mistakes.filter(({ after }) => after === step)) {
				this.#options.onAct?.(`mistake ${mistake.name}`);
				const look = (id: string) => this.#lookAt(id);
				made.push(await make(mistake, { lab: this.#lab, target: this.#target, bash: this.#bash, look }));
			}
		};
		await makeThoseAfter('start');
		for (const { id, acts } of page.steps) {
			const step = await this.#step(id, () => performStep(this.#lab, id, acts, { bash: this.#bash, ...this.#options }));
			steps.push(step);
			// What follows stands on this step: it would fail for its reasons.
			if (step.status === 'failed') {
				const open = this.#lab.steps.slice(this.#lab.steps.indexOf(id) + 1);
				if (open.length > 0) problems.push(`not tried, because ${id} failed: ${open.join(', ')}`);
				break;
			}
			await makeThoseAfter(id);
		}
		for (const { name, after } of mistakes) {
			if (after !== 'start' && !this.#lab.steps.includes(after))
				problems.push(`the mistake ${name} comes after ${after}, which is no step`);
			else if (!made.some((one) => one.name === name)) problems.push(`the mistake ${name} was not made`);
		}
		// Only a lab that was gone through to its end has cleared away.
		const whole = steps.length === page.steps.length;
		return {
			steps,
			mistakes: made,
			causesUnreached: this.#unreached(made),
			leftOver: whole ? await this.#leftOver() : [],
			problems,
		};
	}

	/** Rule 1: with the starter alone, no check of any step passes. */
	async #nothingPassesYet(): Promise<string[]> {
		this.#options.onAct?.('look that nothing passes yet');
		const problems: string[] = [];
		for (const step of this.#lab.steps) {
			const { checks } = await this.#look(step);
			for (const { id, status } of checks) {
				if (status === 'passed') problems.push(`${id} passes with the starter alone`);
				if (status === 'blocked')
					problems.push(`${id} cannot look: ${inWords(checks.find((check) => check.id === id)!)}`);
			}
		}
		return problems;
	}

	/** Rules 2 and 4: red before, the page's acts, green after, and the same for whoever looks again or may only look. */
	async #step(step: string, act: () => Promise<Done[]>): Promise<StepProof> {
		const since = performance.now();
		const problems: string[] = [];
		const before = (await this.#look(step)).checks.filter((check) => check.step === step);
		problems.push(
			...before.filter(({ status }) => status === 'passed').map(({ id }) => `${id} passes before the step is done`),
		);

		let done: Done[] = [];
		try {
			done = await act();
			for (const one of done) this.#options.onDone?.(one);
		} catch (error) {
			if (!(error instanceof ActFailed)) throw error;
			if (error.done) done.push(error.done);
			problems.push(actProblem(this.#lab, error));
		}
		const { report } = await validateLab(this.#lab, this.#target, { step });
		const after = report.checks.filter((check) => check.step === step);
		problems.push(
			...after
				.filter(({ status }) => status !== 'passed')
				.map((check) => `${check.id} does not pass: ${inWords(check)}`),
		);
		if (problems.length === 0) problems.push(...(await this.#sameAgain(step)));
		return {
			step,
			status: problems.length === 0 ? 'passed' : 'failed',
			durationMs: Math.round(performance.now() - since),
			commands: done.map(({ command, exit, durationMs }) => ({ command, exit, durationMs })),
			checks: after.map(({ id, status }, index) => ({ id, before: before[index]!.status, after: status })),
			problems,
		};
	}

	/** Rule 4. */
	async #sameAgain(step: string): Promise<string[]> {
		const [first, second] = [await this.#counted(step), await this.#counted(step)];
		const problems: string[] = [];
		if (first.calls !== second.calls)
			problems.push(`a second validate asks otherwise: ${first.calls}, then ${second.calls}`);
		if (first.results !== second.results)
			problems.push(`a second validate says otherwise: ${first.results}, then ${second.results}`);
		if (this.#reader) {
			const read = await this.#counted(step, this.#reader);
			if (read.results !== second.results) problems.push(`for the read-only role: ${read.results}`);
		}
		return problems;
	}

	async #counted(step: string, target: Target = this.#target): Promise<{ calls: string; results: string }> {
		const session = openReads(target);
		try {
			const report = await this.#look(step, target, session);
			const calls = session.calls.map(({ service, operation }) => `${service}:${operation}`).sort();
			const own = report.checks.filter((check) => check.step === step);
			return { calls: calls.join(' '), results: own.map((check) => `${check.id} ${inWords(check)}`).join('; ') };
		} finally {
			session.close();
		}
	}

	/** Looks without remembering. */
	async #look(step: string, target = this.#target, session?: ReturnType<typeof openReads>): Promise<Report> {
		const progress = await readProgress(progressFile(this.#target, this.#lab.slug));
		const deployedAt = progress?.deployedAt ? new Date(progress.deployedAt) : undefined;
		const workspace = openWorkspace(workspaceFolder(this.#lab.slug), deployedAt);
		const { slug } = this.#lab;
		const options = { lab: this.#lab, checks: this.#checks, target, progress, workspace, step };
		if (!this.#lab.steps.includes(step)) throw new Error(`${slug} has no step ${step}`);
		return validate({ ...options, ...(session && { session }) });
	}

	async #lookAt(id: string): Promise<Result> {
		const check = this.#checks.find((one) => one.id === id);
		if (!check) throw new Error(`${this.#lab.slug} has no check ${id}`);
		return (await this.#look(check.step)).checks.find((result) => result.id === id)!;
	}

	/** Rule 3: every cause that a check declares is what some mistake gets. */
	#unreached(made: readonly Made[]): string[] {
		const reached = new Set(
			made.filter(({ status }) => status === 'passed').map(({ check, cause }) => `${check}/${cause}`),
		);
		return this.#checks
			.flatMap(({ id, causes }) => Object.keys(causes).map((cause) => `${id}/${cause}`))
			.filter((name) => !reached.has(name));
	}

	/** Rule 5. */
	async #leftOver(): Promise<string[]> {
		const progress = await readProgress(progressFile(this.#target, this.#lab.slug));
		const now: Inventory = await inventoryOf(this.#target);
		return remaining(this.#lab, progress?.baseline, now).left.map(key);
	}
}

function actProblem({ slug }: Lab, { line, message, done }: ActFailed): string {
	const printed = done?.output
		.map(([, text]) => text)
		.join('')
		.trim()
		.split('\n')
		.slice(-12)
		.join('\n  ');
	const what = done ? `\`${done.command}\` ${message}` : message;
	return `labs/${slug}/index.mdx:${line}: ${what}${printed ? `:\n  ${printed}` : ''}`;
}
