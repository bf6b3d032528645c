import type { Clock } from './clock.ts';
import type { Database } from './database.ts';

/** A piece of work that outlives the process: a step of a stack, a delivery that is tried again. */
export interface Job {
	id: number;
	/** `<service>.<name>`: who does it. */
	kind: string;
	region: string;
	/** Account time, ms. */
	due: number;
	payload: unknown;
	/** Periodic work never keeps `settle` or `save` waiting. */
	periodic: boolean;
}

/** Does a job. Synchronous work and the job's removal are one transaction; asynchronous work may be done twice after a crash. */
export type Worker = (job: Job) => void | Promise<void>;

interface JobRow {
	id: number;
	kind: string;
	region: string;
	due: number;
	payload: string;
	periodic: number;
}

/** The account's agenda. Jobs are rows, so what was begun goes on after a crash. */
export class Work {
	readonly #db: Database;
	readonly #clock: Clock;
	readonly #worker: (kind: string) => Promise<Worker>;
	readonly #onError: (error: unknown, job: Job) => void;
	readonly #running = new Map<number, Promise<void>>();
	#timer: NodeJS.Timeout | undefined;
	#advancing: Promise<unknown> = Promise.resolve();
	#jumping = false;
	#closed = false;

	constructor(
		db: Database,
		clock: Clock,
		worker: (kind: string) => Promise<Worker>,
		onError: (error: unknown, job: Job) => void,
	) {
		this.#db = db;
		this.#clock = clock;
		this.#worker = worker;
		this.#onError = onError;
		db.define(
			'CREATE TABLE IF NOT EXISTS work (id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT, region TEXT, due INTEGER, payload TEXT, periodic INTEGER);' +
				'CREATE INDEX IF NOT EXISTS work_due ON work (due)',
		);
	}

	/** Puts a job on the agenda, in the running transaction. `due` in account time; now by default. */
	add(job: { kind: string; region: string; due?: number; payload?: unknown; periodic?: boolean }): number {
		const { id } = this.#db.run(
			'INSERT INTO work (kind, region, due, payload, periodic) VALUES (?, ?, ?, ?, ?)',
			job.kind,
			job.region,
			Math.ceil(job.due ?? this.#clock.now()),
			JSON.stringify(job.payload ?? null),
			job.periodic ? 1 : 0,
		);
		this.#db.afterCommit(() => this.wake());
		return id;
	}

	cancel(id: number): void {
		this.#db.run('DELETE FROM work WHERE id = ?', id);
	}

	/** Starts what is due, and sleeps until the next is. Call it once when the account is opened. */
	wake(): void {
		if (this.#closed || this.#jumping) return;
		clearTimeout(this.#timer);
		for (const job of this.#due(this.#clock.now())) this.#start(job);
		const next = this.#next();
		if (!next) return;
		// setTimeout cannot wait longer than 2^31 ms; waking early is harmless.
		this.#timer = setTimeout(() => this.wake(), Math.min(Math.max(next.due - this.#clock.now(), 1), 2 ** 31 - 1));
		this.#timer.unref();
	}

	/**
	 * Ages the account by `ms`. Everything that falls due on the way happens at its own time and in order, each finished
	 * before the next begins.
	 */
	advance(ms: number): Promise<void> {
		const jump = async () => {
			// By the offset, which is exact: the host's time goes on while this works.
			const goal = this.#clock.offset + ms;
			this.#jumping = true;
			try {
				await this.#idle();
				for (let job = this.#next(); job && job.due <= Date.now() + goal; job = this.#next()) {
					this.#moveTo(Math.min(job.due - Date.now(), goal));
					for (const due of this.#due(this.#clock.now())) this.#start(due);
					await this.#idle();
				}
				this.#moveTo(goal);
			} finally {
				this.#jumping = false;
				this.wake();
			}
		};
		const result = this.#advancing.then(jump);
		this.#advancing = result.catch(() => {});
		return result;
	}

	/** Whether anything but periodic work is begun or planned. */
	busy(): boolean {
		return this.#db.get<{ n: number }>('SELECT count(*) AS n FROM work WHERE periodic = 0')!.n > 0;
	}

	/** Waits until nothing is in progress; false when `timeout` ms of the host's time passed first. */
	async settle(timeout: number): Promise<boolean> {
		const deadline = Date.now() + timeout;
		while (this.busy()) {
			if (Date.now() >= deadline) return false;
			await Promise.race([...this.#running.values(), new Promise((resolve) => setTimeout(resolve, 20))]);
		}
		return true;
	}

	async close(): Promise<void> {
		this.#closed = true;
		clearTimeout(this.#timer);
		await this.#idle();
	}

	#start(job: Job): void {
		const run = this.#worker(job.kind)
			.then((worker) => this.#perform(job, worker))
			.catch((error) => {
				// A bug in a worker. The job stays on the agenda, so that nothing that was begun is lost.
				this.#onError(error, job);
				this.#db.run('UPDATE work SET due = ? WHERE id = ?', Math.ceil(this.#clock.now() + 60_000), job.id);
			})
			.finally(() => {
				this.#running.delete(job.id);
				this.wake();
			});
		this.#running.set(job.id, run);
	}

	async #perform(job: Job, worker: Worker): Promise<void> {
		let later: void | Promise<void>;
		this.#db.transaction(() => {
			if (!this.#db.get('SELECT id FROM work WHERE id = ?', job.id)) return;
			later = worker(job);
			if (!(later instanceof Promise)) this.cancel(job.id);
		});
		if (later! instanceof Promise) {
			await later;
			this.cancel(job.id);
		}
	}

	#due(now: number): Job[] {
		return this.#db
			.all<JobRow>('SELECT * FROM work WHERE due <= ? ORDER BY due, id', now)
			.filter(({ id }) => !this.#running.has(id))
			.map(toJob);
	}

	/** The next job that is not already running. */
	#next(): Job | undefined {
		const rows = this.#db.all<JobRow>('SELECT * FROM work ORDER BY due, id LIMIT ?', this.#running.size + 1);
		const row = rows.find(({ id }) => !this.#running.has(id));
		return row && toJob(row);
	}

	#moveTo(offset: number): void {
		if (offset > this.#clock.offset) this.#clock.set(Math.ceil(offset));
	}

	async #idle(): Promise<void> {
		while (this.#running.size > 0) await Promise.all(this.#running.values());
	}
}

const toJob = (row: JobRow): Job => ({ ...row, payload: JSON.parse(row.payload), periodic: row.periodic === 1 });
