import type { Item, LabState, Mail, State, StepState } from '../lib/companion-api.ts';
import type { Target } from '../lib/target.ts';
import type { Report } from '../validators/check.ts';

/**
 * What the companion needs from the outside. `cli/` gives the real ones, tests their own.
 * What they throw as `UserError` reaches the page in its own words; anything else is answered as our bug.
 */
export interface Services {
	/** Slipway's own version. */
	version: string;
	/** Every lab that there is, in the order of the course, with its steps in page order. */
	labs: readonly { slug: string; steps: readonly string[] }[];
	/** The target that was chosen. Asked often: it must read at most one small file. */
	chosen(): State['target'];
	/** The account that a prepared lab works on. May start the practice process and make the account. */
	target(slug: string): Promise<Target>;
	/** Makes the lab's workspace and account where they are missing: what `npm run lab -- <slug>` does. */
	prepare(slug: string): Promise<void>;
	/** How far the learner is; undefined where the lab was never started. Must not start anything. */
	steps(slug: string): Promise<Record<string, StepState> | undefined>;
	/** Runs the checks as `npm run validate` does and remembers what passed. */
	validate(slug: string, step?: string): Promise<Report>;
	/** The last run of the checks, by whichever command, as far as it was kept. */
	lastReport(slug: string): Promise<Report | undefined>;
	/** What the lab's account holds now, less what it held before the lab. */
	inventory(slug: string): Promise<readonly Item[]>;
	/** Tools that the lab wants and this machine lacks. */
	missingTools(slug: string): Promise<LabState['missing']>;
	practice: Practice;
}

/** The practice process, by its control API. A lab's account bears the lab's slug as its name. */
export interface Practice {
	/** `off` when this run was told to do without it. Asked every two seconds; must not start it. */
	status(): Promise<State['practice']>;
	/** Moves the account's clock ahead; 0 only reads it. */
	clock(slug: string, advance: number): Promise<{ now: string; offset: number }>;
	/** Tells each change of the account; resolves when the stream ends, and when `signal` is aborted. */
	changes(slug: string, onChange: (change: Change) => void, signal: AbortSignal): Promise<void>;
	/** E-mails that SNS sent. */
	inbox(slug: string): Promise<readonly Mail[]>;
}

/** A call that changed something, or something that happened in the background. */
export interface Change {
	at: string;
	service: string;
	operation: string;
	resource?: string;
	error?: string;
}
