import type { AccountInRegion } from './account.ts';

/** A store keeps one kind of thing for one account in one region. Make a subclass a kind: `class Queues extends Documents<Queue>`. */
export class Documents<T extends object> {
	/** The kind's name, unique in the account: `sqs.queue`. */
	static kind = '';
	/** Set for what has no region, such as roles and bucket names. */
	static global = false;

	protected readonly account: AccountInRegion;
	readonly #kind: string;
	readonly #region: string;

	constructor(account: AccountInRegion) {
		const { kind, global } = this.constructor as typeof Documents;
		if (!kind) throw new Error(`${this.constructor.name} has no kind.`);
		this.account = account;
		this.#kind = kind;
		this.#region = global ? '' : account.region;
	}

	get(key: string): T | undefined {
		const row = this.account.db.get<{ value: string }>(
			'SELECT value FROM documents WHERE kind = ? AND region = ? AND key = ?',
			this.#kind,
			this.#region,
			key,
		);
		return row && (JSON.parse(row.value) as T);
	}

	has(key: string): boolean {
		return this.get(key) !== undefined;
	}

	put(key: string, value: T): T {
		this.account.db.run(
			'INSERT OR REPLACE INTO documents (kind, region, key, value) VALUES (?, ?, ?, ?)',
			this.#kind,
			this.#region,
			key,
			JSON.stringify(value),
		);
		return value;
	}

	/** Whether there was something to delete. */
	delete(key: string): boolean {
		const { changes } = this.account.db.run(
			'DELETE FROM documents WHERE kind = ? AND region = ? AND key = ?',
			this.#kind,
			this.#region,
			key,
		);
		return changes > 0;
	}

	/** All of them, or those whose key starts with `prefix`, in the order of their keys. */
	list(prefix = ''): T[] {
		return this.entries(prefix).map(([, value]) => value);
	}

	entries(prefix = ''): [string, T][] {
		return this.account.db
			.all<{ key: string; value: string }>(
				'SELECT key, value FROM documents WHERE kind = ? AND region = ? AND key >= ? AND key < ? ORDER BY key',
				this.#kind,
				this.#region,
				prefix,
				`${prefix}\u{10ffff}`,
			)
			.map(({ key, value }) => [key, JSON.parse(value) as T]);
	}
}

export const documentTables =
	'CREATE TABLE IF NOT EXISTS documents (kind TEXT, region TEXT, key TEXT, value TEXT, PRIMARY KEY (kind, region, key)) WITHOUT ROWID';
