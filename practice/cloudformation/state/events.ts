import type { AccountInRegion } from '../../account/account.ts';
import type { OperationType } from './stack.ts';

/** Something that happened to a stack or one of its resources. */
export interface StackEvent {
	id: string;
	stackId: string;
	stackName: string;
	/** Account time, ms. */
	at: number;
	operation: { id: string; type: OperationType };
	logicalId: string;
	physicalId: string;
	type: string;
	status: string;
	reason?: string;
	/** JSON. */
	properties?: string;
	token?: string;
	detailedStatus?: string;
}

/** What was found wrong before anything was made. */
export interface ValidationEvent {
	id: string;
	stackId: string;
	at: number;
	operation: { id: string; type: OperationType };
	logicalId: string;
	physicalId: string;
	type: string;
	name: string;
	mode: 'FAIL' | 'WARN';
	reason: string;
	/** Into the template: `/Resources/Queue/Properties`. */
	path: string;
}

interface Row {
	seq: number;
	value: string;
}

/** What happened to stacks. */
export class Events {
	static tables =
		'CREATE TABLE IF NOT EXISTS cfn_events (seq INTEGER PRIMARY KEY AUTOINCREMENT, stack TEXT, change_set TEXT, kind TEXT, value TEXT);' +
		'CREATE INDEX IF NOT EXISTS cfn_events_stack ON cfn_events (stack, seq)';
	readonly #account: AccountInRegion;

	constructor(account: AccountInRegion) {
		this.#account = account;
	}

	add(event: StackEvent): void {
		this.#insert(event.stackId, '', 'stack', event);
	}

	addValidation(event: ValidationEvent, changeSet = ''): void {
		this.#insert(event.stackId, changeSet, 'validation', event);
	}

	/** Newest first, `limit` of them, older than `before`. */
	page(stack: string, limit: number, before = Number.MAX_SAFE_INTEGER): { events: StackEvent[]; next?: number } {
		const rows = this.#account.db.all<Row>(
			"SELECT seq, value FROM cfn_events WHERE stack = ? AND kind = 'stack' AND seq < ? ORDER BY seq DESC LIMIT ?",
			stack,
			before,
			limit + 1,
		);
		const more = rows.length > limit;
		const events = rows.slice(0, limit).map(({ value }) => JSON.parse(value) as StackEvent);
		return { events, ...(more && { next: rows[limit - 1]!.seq }) };
	}

	validations(stack: string, changeSet?: string): ValidationEvent[] {
		return this.#account.db
			.all<Row>(
				"SELECT seq, value FROM cfn_events WHERE stack = ? AND kind = 'validation' AND (? IS NULL OR change_set = ?) ORDER BY seq DESC",
				stack,
				changeSet ?? null,
				changeSet ?? null,
			)
			.map(({ value }) => JSON.parse(value) as ValidationEvent);
	}

	/** The stack that an operation was on. */
	stackOf(operation: string): string | undefined {
		const row = this.#account.db.get<{ stack: string }>(
			"SELECT stack FROM cfn_events WHERE json_extract(value, '$.operation.id') = ? LIMIT 1",
			operation,
		);
		return row?.stack;
	}

	#insert(stack: string, changeSet: string, kind: string, value: object): void {
		this.#account.db.run(
			'INSERT INTO cfn_events (stack, change_set, kind, value) VALUES (?, ?, ?, ?)',
			stack,
			changeSet,
			kind,
			JSON.stringify(value),
		);
	}
}
