import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Blobs } from './blobs.ts';
import { Clock } from './clock.ts';
import { Database } from './database.ts';
import { documentTables } from './documents.ts';
import { Keys } from './keys.ts';
import { type Job, Work, type Worker } from './work.ts';

/** What changed, for whoever watches the account. */
export interface Change {
	/** Account time, ISO 8601. */
	at: string;
	service: string;
	operation: string;
	resource?: string;
	error?: string;
}

/** A store: something that keeps one kind of thing in an account. `tables` is SQL that makes its tables, repeatable. */
export interface StoreClass<T> {
	new (account: AccountInRegion): T;
	tables?: string;
}

export interface AccountOptions {
	/** Twelve digits. */
	id: string;
	/** Where its database and blobs live. */
	folder: string;
	worker(account: Account, job: Job): Promise<Worker>;
	onError(error: unknown, what: string): void;
}

/** One AWS account: its database, blobs, clock, keys and work. Nothing of it is kept in memory only. */
export class Account {
	readonly id: string;
	readonly folder: string;
	readonly db: Database;
	readonly blobs: Blobs;
	readonly clock: Clock;
	readonly keys: Keys;
	readonly work: Work;
	readonly #regions = new Map<string, AccountInRegion>();
	readonly #defined = new Set<unknown>();
	readonly #waiting = new Set<() => void>();
	readonly #watchers = new Set<(change: Change) => void>();

	constructor(options: AccountOptions) {
		mkdirSync(options.folder, { recursive: true });
		this.id = options.id;
		this.folder = options.folder;
		this.db = new Database(join(options.folder, 'account.db'));
		this.db.define(documentTables);
		this.blobs = new Blobs(join(options.folder, 'blobs'), this.db);
		this.clock = new Clock(this.db);
		this.keys = new Keys(this.db, options.id);
		this.work = new Work(
			this.db,
			this.clock,
			async (kind) => {
				const worker = await options.worker(this, { kind } as Job);
				return worker;
			},
			(error, job) => options.onError(error, `work ${job.kind}`),
		);
		this.db.onChange = () => this.#changed();
		this.db.onUndefine = () => {
			this.#defined.clear();
			for (const region of this.#regions.values()) region.forgetStores();
		};
	}

	/** The account as seen from a region. */
	in(region: string): AccountInRegion {
		let found = this.#regions.get(region);
		if (!found) {
			found = new AccountInRegion(this, region);
			this.#regions.set(region, found);
		}
		return found;
	}

	/** Makes a store's tables, once. */
	define(store: { tables?: string }): void {
		if (!store.tables || this.#defined.has(store)) return;
		this.#defined.add(store);
		this.db.define(store.tables);
	}

	/** Resolves at the next committed change, after `ms` of the host's time, or when `signal` aborts. */
	nextChange(ms: number, signal?: AbortSignal): Promise<void> {
		return new Promise((resolve) => {
			const done = () => {
				clearTimeout(timer);
				signal?.removeEventListener('abort', done);
				this.#waiting.delete(done);
				resolve();
			};
			const timer = setTimeout(done, Math.max(ms, 0));
			signal?.addEventListener('abort', done);
			this.#waiting.add(done);
			if (signal?.aborted) done();
		});
	}

	/** Tells watchers what happened, once the running transaction is committed. */
	announce(change: Omit<Change, 'at'>): void {
		const whole: Change = { at: this.clock.date().toISOString(), ...change };
		this.db.afterCommit(() => {
			for (const watcher of this.#watchers) watcher(whole);
		});
	}

	/** Calls `watcher` for each change until the returned function is called. */
	watch(watcher: (change: Change) => void): () => void {
		this.#watchers.add(watcher);
		return () => this.#watchers.delete(watcher);
	}

	async close(): Promise<void> {
		await this.work.close();
		this.#changed();
		this.db.close();
	}

	#changed(): void {
		for (const wake of [...this.#waiting]) wake();
	}
}

/** An account in one region: what an operation works on. */
export class AccountInRegion {
	readonly account: Account;
	readonly region: string;
	readonly #stores = new Map<unknown, unknown>();

	constructor(account: Account, region: string) {
		this.account = account;
		this.region = region;
	}

	get id(): string {
		return this.account.id;
	}
	get db(): Database {
		return this.account.db;
	}
	get blobs(): Blobs {
		return this.account.blobs;
	}
	get clock(): Clock {
		return this.account.clock;
	}

	/** The store of one kind of thing: `account.store(Queues)`. */
	store<T>(Store: StoreClass<T>): T {
		let found = this.#stores.get(Store) as T | undefined;
		if (!found) {
			this.account.define(Store);
			found = new Store(this);
			this.#stores.set(Store, found);
		}
		return found;
	}

	/** Makes every store define its tables again, after they were taken back. */
	forgetStores(): void {
		this.#stores.clear();
	}

	/** `arn:aws:<service>:<region>:<account>:<resource>`; IAM and STS have no region. */
	arn(service: string, resource: string): string {
		const region = service === 'iam' || service === 'sts' ? '' : this.region;
		return `arn:aws:${service}:${region}:${this.id}:${resource}`;
	}

	/** Puts work of this region on the agenda. */
	later(kind: string, payload: unknown, due?: number): number {
		return this.account.work.add({ kind, region: this.region, payload, ...(due !== undefined && { due }) });
	}
}
