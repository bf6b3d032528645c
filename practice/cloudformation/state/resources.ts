import type { AccountInRegion } from '../../account/account.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Tag } from '../resource.ts';

/** A resource as it was last deployed. */
export interface Deployed {
	properties: JsonObject;
	tags: Tag[];
	attributes: Record<string, Json>;
	/** Logical ids that it needs. */
	dependsOn: string[];
	deletionPolicy?: string;
	updateReplacePolicy?: string;
	metadata?: Json;
	description?: string;
}

/** One physical resource of a stack, or one that is about to be made. */
export interface StackResource extends Deployed {
	logicalId: string;
	type: string;
	physicalId?: string;
	status: string;
	reason?: string;
	/** Account time, ms. */
	updated: number;
	/** Set while another has taken its place and the update is not over. */
	replaced?: boolean;
	/** Made by the operation in progress. */
	fresh?: boolean;
	/** What it was before the operation in progress. */
	before?: Deployed;
	/** How far the operation in progress is with it. */
	step?: 'begun' | 'settling' | 'done' | 'failed';
	/** What it is to become, from `begun` until it has been made or changed. */
	next?: Deployed;
	/** Whether the service was asked to change it: then a rollback has to change it back. */
	changed?: boolean;
	/** Account time, ms, at which to ask again whether it is ready. */
	again?: number;
}

export type Kept = StackResource & { key: number };

/** The resources of stacks. */
export class StackResources {
	static tables =
		'CREATE TABLE IF NOT EXISTS cfn_resources (key INTEGER PRIMARY KEY AUTOINCREMENT, stack TEXT, value TEXT);' +
		'CREATE INDEX IF NOT EXISTS cfn_resources_stack ON cfn_resources (stack)';
	readonly #account: AccountInRegion;

	constructor(account: AccountInRegion) {
		this.#account = account;
	}

	/** All of a stack, replaced ones included, in the order in which they were begun. */
	of(stack: string): Kept[] {
		return this.#account.db
			.all<{ key: number; value: string }>('SELECT key, value FROM cfn_resources WHERE stack = ? ORDER BY key', stack)
			.map(({ key, value }) => ({ key, ...(JSON.parse(value) as StackResource) }));
	}

	add(stack: string, resource: StackResource): Kept {
		const { id } = this.#account.db.run(
			'INSERT INTO cfn_resources (stack, value) VALUES (?, ?)',
			stack,
			JSON.stringify(resource),
		);
		return { key: id, ...resource };
	}

	put({ key, ...resource }: Kept): void {
		this.#account.db.run('UPDATE cfn_resources SET value = ? WHERE key = ?', JSON.stringify(resource), key);
	}

	remove(key: number): void {
		this.#account.db.run('DELETE FROM cfn_resources WHERE key = ?', key);
	}
}
