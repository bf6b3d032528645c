import type { AccountInRegion } from '../../account/account.ts';
import type { Stack } from './stack.ts';

/** Deleted stacks are found by id for so long. */
const remembered = 90 * 86_400_000;

/** The stacks of a region, deleted ones included. */
export class Stacks {
	static tables =
		'CREATE TABLE IF NOT EXISTS cfn_stacks (id TEXT PRIMARY KEY, region TEXT, name TEXT, deleted INTEGER, value TEXT);' +
		'CREATE INDEX IF NOT EXISTS cfn_stacks_name ON cfn_stacks (region, name)';
	readonly #account: AccountInRegion;

	constructor(account: AccountInRegion) {
		this.#account = account;
	}

	/** By id. */
	get(id: string): Stack | undefined {
		const row = this.#account.db.get<{ value: string }>('SELECT value FROM cfn_stacks WHERE id = ?', id);
		return row && (JSON.parse(row.value) as Stack);
	}

	/** By name (of one that is not deleted) or by id (of any, for ninety days after its end). */
	find(nameOrId: string): Stack | undefined {
		if (nameOrId.startsWith('arn:')) {
			const stack = this.get(nameOrId);
			if (!stack || stack.region !== this.#account.region) return undefined;
			if (stack.deleted !== undefined && stack.deleted + remembered < this.#account.clock.now()) return undefined;
			return stack;
		}
		const row = this.#account.db.get<{ value: string }>(
			'SELECT value FROM cfn_stacks WHERE region = ? AND name = ? AND deleted = 0',
			this.#account.region,
			nameOrId,
		);
		return row && (JSON.parse(row.value) as Stack);
	}

	put(stack: Stack): void {
		this.#account.db.run(
			'INSERT OR REPLACE INTO cfn_stacks (id, region, name, deleted, value) VALUES (?, ?, ?, ?, ?)',
			stack.id,
			stack.region,
			stack.name,
			stack.deleted === undefined ? 0 : stack.deleted,
			JSON.stringify(stack),
		);
	}

	/** Newest first. */
	list({ deleted = false }: { deleted?: boolean } = {}): Stack[] {
		const since = deleted ? this.#account.clock.now() - remembered : Number.MAX_SAFE_INTEGER;
		return this.#account.db
			.all<{ value: string }>(
				'SELECT value FROM cfn_stacks WHERE region = ? AND (deleted = 0 OR deleted >= ?)',
				this.#account.region,
				since,
			)
			.map(({ value }) => JSON.parse(value) as Stack)
			.sort((a, b) => b.created - a.created);
	}
}
