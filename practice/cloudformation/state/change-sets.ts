import type { Change } from '@aws-sdk/client-cloudformation';
import type { AccountInRegion } from '../../account/account.ts';
import type { Blueprint } from './stack.ts';

/** A proposed change of a stack. Times are account time, ms. */
export interface ChangeSet extends Omit<Blueprint, 'outputs'> {
	/** ARN. */
	id: string;
	name: string;
	stackId: string;
	stackName: string;
	type: 'CREATE' | 'UPDATE';
	status: 'CREATE_COMPLETE' | 'FAILED';
	statusReason?: string;
	executionStatus:
		| 'AVAILABLE'
		| 'UNAVAILABLE'
		| 'EXECUTE_IN_PROGRESS'
		| 'EXECUTE_COMPLETE'
		| 'EXECUTE_FAILED'
		| 'OBSOLETE';
	created: number;
	changeSetDescription?: string;
	roleArn?: string;
	clientToken?: string;
	includeNestedStacks?: boolean;
	/** Wanted: what is there already is taken into the stack. */
	importExistingResources?: boolean;
	onStackFailure?: 'ROLLBACK' | 'DELETE' | 'DO_NOTHING';
	operationId: string;
	changes: Change[];
}

/** The change sets of stacks. */
export class ChangeSets {
	static tables =
		'CREATE TABLE IF NOT EXISTS cfn_change_sets (id TEXT PRIMARY KEY, stack TEXT, name TEXT, created INTEGER, value TEXT);' +
		'CREATE INDEX IF NOT EXISTS cfn_change_sets_stack ON cfn_change_sets (stack)';
	readonly #account: AccountInRegion;

	constructor(account: AccountInRegion) {
		this.#account = account;
	}

	get(id: string): ChangeSet | undefined {
		const row = this.#account.db.get<{ value: string }>('SELECT value FROM cfn_change_sets WHERE id = ?', id);
		return row && (JSON.parse(row.value) as ChangeSet);
	}

	/** Of a stack, newest first. */
	of(stack: string): ChangeSet[] {
		return this.#account.db
			.all<{ value: string }>('SELECT value FROM cfn_change_sets WHERE stack = ? ORDER BY created DESC', stack)
			.map(({ value }) => JSON.parse(value) as ChangeSet);
	}

	put(changeSet: ChangeSet): void {
		this.#account.db.run(
			'INSERT OR REPLACE INTO cfn_change_sets (id, stack, name, created, value) VALUES (?, ?, ?, ?, ?)',
			changeSet.id,
			changeSet.stackId,
			changeSet.name,
			changeSet.created,
			JSON.stringify(changeSet),
		);
	}

	remove(id: string): void {
		this.#account.db.run('DELETE FROM cfn_change_sets WHERE id = ?', id);
	}
}
