import type { Database } from './database.ts';

/** The account's own time: the host's plus an offset that fast-forwarding adds to. All times in ms since the epoch. */
export class Clock {
	readonly #db: Database;
	#offset: number;

	constructor(db: Database) {
		this.#db = db;
		db.define('CREATE TABLE IF NOT EXISTS clock (offset INTEGER)');
		this.#offset = db.get<{ offset: number }>('SELECT offset FROM clock')?.offset ?? 0;
	}

	get offset(): number {
		return this.#offset;
	}

	now(): number {
		return Date.now() + this.#offset;
	}

	date(): Date {
		return new Date(this.now());
	}

	/** What the wire calls this moment of the account, for stamps that no schema marks as a timestamp. */
	toWire(accountTime: number): number {
		return accountTime - this.#offset;
	}

	fromWire(hostTime: number): number {
		return hostTime + this.#offset;
	}

	/** Sets the offset. Only `Work.advance` calls it, so that what is due in between happens in order. */
	set(offset: number): void {
		if (offset < this.#offset) throw new Error('An account only ever grows older.');
		this.#db.transaction(() => {
			this.#db.run('DELETE FROM clock');
			this.#db.run('INSERT INTO clock (offset) VALUES (?)', offset);
		});
		this.#offset = offset;
	}
}
