import type { Check, Report } from './check.ts';
import { type TerminalOptions, terminal } from './reporters/terminal.ts';
import { exitCode } from './run.ts';

/** A watch over one step: the checks run again whenever something may have changed, until somebody quits. */
export interface Watch {
	steps: readonly string[];
	/** The step that is watched. It changes by the key `n` only, never by itself. */
	step: string;
	/** The newest report of that step. */
	report: Report | undefined;
	/** Whether a run of the checks is under way. */
	looking: boolean;
	/** Whether something changed during that run, so that another must follow. */
	again: boolean;
	/** How many hints are unfolded. */
	hints: number;
}

export type WatchEvent =
	/** A run of the checks has ended. */
	| { kind: 'report'; report: Report }
	/** A file of the workspace was saved, the account changed, or enough time went by. */
	| { kind: 'changed' }
	| { kind: 'key'; key: string };

/** What the caller has to do. */
export type WatchEffect = { kind: 'look'; step: string } | { kind: 'quit'; exitCode: number };

type Next = [Watch, readonly WatchEffect[]];

/** Begins to watch a step. */
export const watch = (steps: readonly string[], step: string): Next =>
	look({ steps, step, report: undefined, looking: false, again: false, hints: 0 });

/** The watch after an event, and what to do about it. Pure: keys, timers and screens are the caller's. */
export function after(state: Watch, event: WatchEvent): Next {
	switch (event.kind) {
		case 'report': {
			const wanted = isOf(event.report, state.step);
			const report = wanted ? event.report : state.report;
			const hints = wanted && isPassed(event.report, state.step) ? 0 : state.hints;
			const next = { ...state, report, hints, looking: false, again: false };
			return state.again || !wanted ? look(next) : [next, []];
		}
		case 'changed':
			return look(state);
		case 'key':
			return pressed(state, event.key);
	}
}

function pressed(state: Watch, key: string): Next {
	switch (key) {
		case 'h':
			return [isOpen(state) ? { ...state, hints: state.hints + 1 } : state, []];
		case 'r':
			return look(state);
		case 'n': {
			const next = following(state);
			return next ? look({ ...state, step: next, report: undefined, hints: 0 }) : [state, []];
		}
		case 'q':
		case '\u0003':
			return [state, [{ kind: 'quit', exitCode: state.report ? exitCode(state.report) : 1 }]];
		default:
			return [state, []];
	}
}

/** Runs the checks, or has them run once more when they are running already. */
const look = (state: Watch): Next =>
	state.looking
		? [{ ...state, again: true }, []]
		: [{ ...state, looking: true, again: false }, [{ kind: 'look', step: state.step }]];

const ofStep = (report: Report, step: string) => report.checks.filter((check) => check.step === step);
/** A report that was asked for before `n` was pressed tells of the step before. */
const isOf = (report: Report, step: string) => ofStep(report, step).some(({ status }) => status !== 'skipped');
const isPassed = (report: Report, step: string) => ofStep(report, step).every(({ status }) => status === 'passed');
const isOpen = ({ report, step }: Watch) => report !== undefined && !isPassed(report, step);

/** The step that `n` goes on to: the next one, once this one is passed. */
function following({ steps, step, report }: Watch): string | undefined {
	return report && isPassed(report, step) ? steps[steps.indexOf(step) + 1] : undefined;
}

/** The screen of a watch: the report of its step, and the keys that do something now. */
export function watchScreen(state: Watch, options: TerminalOptions & { checks: readonly Check[] }): string {
	const { report, step, looking, hints } = state;
	const body = report
		? terminal({ ...report, checks: ofStep(report, step) }, { ...options, hints })
		: `Looking at ${step}…\n`;
	const most = Math.max(0, ...options.checks.filter((check) => check.step === step).map(({ hint }) => hint.length));
	const next = following(state);
	const keys = [
		next && `n go on to ${next}`,
		isOpen(state) && hints < most && `h ${hints ? 'one more hint' : 'a hint'}`,
		'r look again',
		'q quit',
	].filter(Boolean);
	return `${body}\n  ${keys.join(' · ')}${looking && report ? '   looking…' : ''}\n`;
}
