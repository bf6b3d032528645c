/**
 * What the page and the companion say to each other. Every call carries the run's token: `Authorization: Bearer …`, or
 * for the terminal the WebSocket subprotocol `slipway.<token>`.
 *
 * | call | answers |
 * |---|---|
 * | `GET  /api/state` | `State` |
 * | `GET  /api/events` | a stream of `data: Event` lines (server-sent events, read with fetch) |
 * | `GET  /api/labs/:slug` | `LabState` |
 * | `POST /api/labs/:slug/prepare` | `LabState`; makes the workspace and the account where they are missing |
 * | `POST /api/labs/:slug/validate` `{ step? }` | the `Report` of validators/check.ts |
 * | `POST /api/labs/:slug/edit` `{ step, file }` | `Edited` |
 * | `GET  /api/labs/:slug/inventory` | `{ items: Item[], readAt }` |
 * | `GET  /api/labs/:slug/inbox` | `{ mails: Mail[] }` |
 * | `POST /api/labs/:slug/clock` `{ advance: "10m" }` | `{ now, offset }` |
 * | `WS   /api/terminal?lab=:slug&cols=&rows=` | `FromTerminal` / `ToTerminal`, one JSON text a message |
 *
 * An error is `{ error: { message, hint } }` with a 4xx or 5xx status.
 */
export interface State {
	version: string;
	target: { kind: 'practice' | 'aws'; region: string };
	practice: 'up' | 'down' | 'off';
	labs: { slug: string; started: boolean; steps: Record<string, StepState> }[];
}

export type StepState = 'open' | 'current' | 'passed' | 'failed';

export interface LabState {
	slug: string;
	prepared: boolean;
	/** Twelve digits, shown to the learner only. */
	account: string | undefined;
	region: string;
	/** The account's own time, ISO 8601, and how far it is ahead of the host's, in ms. */
	now: string;
	offset: number;
	/** The last run of the checks: a `Report`. */
	report: unknown;
	/** Tools that this lab wants and this machine lacks, with the line that installs each. */
	missing: { name: string; optional: boolean; install: string }[];
}

export interface Edited {
	file: string;
	/** `applied`: written now. `already`: it was so. `differs`: the learner's file has other changes and was left alone. */
	outcome: 'applied' | 'already' | 'differs';
	/** Unified diff from the learner's file to the wanted one, where they differ. */
	diff?: string;
}

/** One thing that the account holds. */
export interface Item {
	/** CloudFormation's name of its kind: `AWS::SQS::Queue`. */
	type: string;
	/** Unique among its kind. */
	id: string;
	/** What distinguishes it at a glance: `2 messages`, `CREATE_COMPLETE`. */
	detail?: string;
	consoleUrl?: string;
	/** The read-only AWS CLI command that asks for it, and its answer as JSON. */
	command?: string;
	json?: unknown;
}

export interface Mail {
	at: string;
	to: string;
	subject: string;
	body: string;
}

export type Event =
	| { kind: 'change'; lab: string; at: string; service: string; operation: string; resource?: string; error?: string }
	| { kind: 'report'; lab: string; report: unknown }
	| { kind: 'clock'; lab: string; now: string; offset: number }
	| { kind: 'practice'; up: boolean };

export type ToTerminal =
	| { kind: 'input'; data: string }
	| { kind: 'size'; cols: number; rows: number }
	/** Types the command at the next prompt; `done` answers with the same id. */
	| { kind: 'run'; id: string; command: string };

export type FromTerminal =
	/** The whole screen, on attach. */
	| { kind: 'screen'; data: string }
	| { kind: 'output'; data: string }
	| { kind: 'prompt' }
	| { kind: 'done'; id: string; exit: number }
	| { kind: 'ended'; exit: number };
