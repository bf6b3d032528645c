import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';

export type Row = Record<string, SQLInputValue>;

/**
 * One account's database. Everything is synchronous: a transaction cannot span an `await`, and what a caller was told
 * is on disk before it is told (WAL, synchronous=NORMAL: survives a killed process, not a power cut).
 */
export class Database {
	readonly #db: DatabaseSync;
	readonly #statements = new Map<string, StatementSync>();
	#depth = 0;
	/** Whether SQLite knows of the outermost transaction. It is told at the first write: reads need none, nobody else writes. */
	#begun = false;
	#wrote = false;
	#afterCommit: (() => void)[] = [];
	#defined = false;
	/** Called when tables that were made have been taken back with their transaction. */
	onUndefine: () => void = () => {};
	/** Called after each committed transaction that wrote something. */
	onChange: () => void = () => {};

	constructor(file: string) {
		this.#db = new DatabaseSync(file);
		this.#db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000');
	}

	/** Runs statements that make tables and indexes; they must be repeatable. */
	define(sql: string): void {
		if (this.#depth > 0) {
			this.#begin();
			this.#defined = true;
		}
		this.#db.exec(sql);
	}

	all<T = Row>(sql: string, ...values: SQLInputValue[]): T[] {
		return this.#prepare(sql).all(...values) as T[];
	}

	get<T = Row>(sql: string, ...values: SQLInputValue[]): T | undefined {
		return this.#prepare(sql).get(...values) as T | undefined;
	}

	/** Writes; answers how many rows it changed and the last row's id. */
	run(sql: string, ...values: SQLInputValue[]): { changes: number; id: number } {
		if (this.#depth === 0) return this.transaction(() => this.run(sql, ...values));
		this.#begin();
		this.#wrote = true;
		const { changes, lastInsertRowid } = this.#prepare(sql).run(...values);
		return { changes: Number(changes), id: Number(lastInsertRowid) };
	}

	/** All or nothing. Inner ones are savepoints: one that throws takes back its own work and nothing else. */
	transaction<T>(work: () => T): T {
		const outermost = this.#depth === 0;
		const name = `nested${this.#depth}`;
		const effects = this.#afterCommit.length;
		if (!outermost) {
			this.#begin();
			this.#db.exec(`SAVEPOINT ${name}`);
		}
		this.#depth++;
		let result: T;
		try {
			result = work();
		} catch (error) {
			this.#depth--;
			this.#end(outermost ? 'ROLLBACK' : `ROLLBACK TO ${name}; RELEASE ${name}`, outermost);
			this.#afterCommit.length = effects;
			if (outermost) this.#wrote = false;
			if (this.#defined) this.onUndefine();
			if (outermost) this.#defined = false;
			throw error;
		}
		this.#depth--;
		this.#end(outermost ? 'COMMIT' : `RELEASE ${name}`, outermost);
		if (outermost) {
			this.#defined = false;
			this.#committed();
		}
		return result;
	}

	/** Does something once the outermost transaction has been committed; never when it is taken back. */
	afterCommit(effect: () => void): void {
		if (this.#depth === 0) effect();
		else this.#afterCommit.push(effect);
	}

	/** A consistent copy in another file, which must not exist. */
	copyTo(file: string): void {
		this.#db.prepare('VACUUM INTO ?').run(file);
	}

	close(): void {
		this.#statements.clear();
		this.#db.close();
	}

	#begin(): void {
		if (this.#begun) return;
		this.#db.exec('BEGIN');
		this.#begun = true;
	}

	#end(statement: string, outermost: boolean): void {
		if (!this.#begun) return;
		this.#db.exec(statement);
		if (outermost) this.#begun = false;
	}

	#committed(): void {
		const effects = this.#afterCommit;
		this.#afterCommit = [];
		for (const effect of effects) effect();
		if (this.#wrote) {
			this.#wrote = false;
			this.onChange();
		}
	}

	#prepare(sql: string): StatementSync {
		let statement = this.#statements.get(sql);
		if (!statement) {
			statement = this.#db.prepare(sql);
			this.#statements.set(sql, statement);
		}
		return statement;
	}
}
