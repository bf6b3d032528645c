import type { LabState, StepState } from '../../../lib/companion-api.ts';
import type { Report, Result } from '../../../validators/check.ts';
import { companion } from '../companion.ts';

/** What the page itself knows of its lab. */
export const page: {
	slug: string;
	steps: string[];
	checks: { id: string; step: string; title: string }[];
	recorded: boolean;
} = JSON.parse(document.getElementById('slip-lab')!.textContent!);

const api = (path: string) => `/api/labs/${page.slug}${path}`;

/** What is known of the learner's work on this lab. Emits `change`. */
class LabStore extends EventTarget {
	state: LabState | undefined;
	report: Report | undefined;
	#preparing: Promise<void> | undefined;
	#validating: Promise<Report> | undefined;

	/** Reads it anew from the companion. */
	async refresh(): Promise<void> {
		this.take(await companion.call<LabState>(api('')));
	}

	take(state: LabState): void {
		this.state = state;
		if (state.report) this.report = state.report as Report;
		this.#changed();
	}

	/** Makes the learner's copy and account where they are missing. Safe to call twice at once. */
	prepare(): Promise<void> {
		this.#preparing ??= companion
			.call<LabState>(api('/prepare'), {})
			.then((state) => this.take(state))
			.finally(() => (this.#preparing = undefined));
		return this.#preparing;
	}

	/** Runs the checks of that step. A second request during a run waits for it and looks again. */
	async validate(step?: string): Promise<Report> {
		await this.#validating?.catch(() => undefined);
		this.#validating = companion
			.call<Report>(api('/validate'), step ? { step } : {})
			.finally(() => (this.#validating = undefined));
		this.takeReport(await this.#validating);
		return this.report!;
	}

	/** Keeps what an earlier run said of checks that this one skipped: they were not looked at, not forgotten. */
	takeReport(report: Report): void {
		const known = new Map(this.report?.checks.map((result) => [result.id, result]));
		const checks = report.checks.map((result) =>
			result.status === 'skipped' && !result.passedAt ? (known.get(result.id) ?? result) : result,
		);
		this.report = { ...report, checks };
		this.#changed();
	}

	moveClock(now: string, offset: number): void {
		if (this.state) Object.assign(this.state, { now, offset });
		this.#changed();
	}

	result(check: string): Result | undefined {
		return this.report?.checks.find(({ id }) => id === check);
	}

	/** A step's state: passed when all its checks have; a step without checks when a later one has. */
	step(step: string): StepState {
		const at = page.steps.indexOf(step);
		const own = (name: string) => page.checks.filter((check) => check.step === name).map(({ id }) => this.result(id));
		const done = (name: string) => own(name).length > 0 && own(name).every(passed);
		if (done(step) || (own(step).length === 0 && page.steps.slice(at + 1).some(done))) return 'passed';
		if (own(step).some((result) => result?.status === 'failed')) return 'failed';
		return this.report && this.current === step ? 'current' : 'open';
	}

	/** The first step that is not done. */
	get current(): string | undefined {
		const done = (name: string) => {
			const own = page.checks.filter((check) => check.step === name);
			return own.length > 0 ? own.every(({ id }) => passed(this.result(id))) : undefined;
		};
		return page.steps.find(
			(name, at) => done(name) === false || (done(name) === undefined && !page.steps.slice(at + 1).some(done)),
		);
	}

	#changed(): void {
		this.dispatchEvent(new Event('change'));
	}
}

const passed = (result: Result | undefined) =>
	result?.status === 'passed' || Boolean(result?.status === 'skipped' && result.passedAt);

export const store = new LabStore();

companion.onConnection(() => {
	if (companion.live) void store.refresh().catch(() => undefined);
});
companion.onEvent((event) => {
	if (event.kind === 'report' && event.lab === page.slug) store.takeReport(event.report as Report);
	if (event.kind === 'clock' && event.lab === page.slug) store.moveClock(event.now, event.offset);
});
