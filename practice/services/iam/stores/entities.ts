import { Documents } from '../../../account/documents.ts';
import { alreadyExists, noSuchEntity } from '../faults.ts';

/** What roles, users and groups have in common. Times are account time, ms. */
export interface Entity {
	name: string;
	path: string;
	/** `AROA…`, `AIDA…`, `AGPA…` */
	id: string;
	arn: string;
	created: number;
	/** Inline policies as JSON, by name. */
	inline: Record<string, string>;
	/** ARNs of managed policies, in the order in which they were attached. */
	attached: string[];
	tags: Record<string, string>;
	/** ARN of a managed policy. Roles and users only. */
	boundary?: string;
}

export type Noun = 'role' | 'user' | 'group';

/** Roles, users or groups by name. A name is unique whatever its case. */
export class Entities<T extends Entity> extends Documents<T> {
	static override global = true;
	/** As IAM's errors call it. */
	readonly noun: Noun = 'role';

	override get(name: string): T | undefined {
		return super.get(name.toLowerCase());
	}

	override put(name: string, entity: T): T {
		return super.put(name.toLowerCase(), entity);
	}

	override delete(name: string): boolean {
		return super.delete(name.toLowerCase());
	}

	/** The one of that name; throws IAM's error when there is none. */
	find(name: string): T {
		const found = this.get(name);
		if (!found) throw noSuchEntity(`The ${this.noun} with name ${name} cannot be found.`);
		return found;
	}

	/** Adds one that must be new. */
	add(entity: T): T {
		if (this.has(entity.name)) {
			const title = this.noun.charAt(0).toUpperCase() + this.noun.slice(1);
			throw alreadyExists(`${title} with name ${entity.name} already exists.`);
		}
		return this.put(entity.name, entity);
	}

	/** Changes one, and keeps it. */
	change(name: string, change: (entity: T) => void): T {
		const found = this.find(name);
		change(found);
		return this.put(name, found);
	}

	/** Its ARN, known or to be. */
	arnOf(name: string, path = '/'): string {
		return this.get(name)?.arn ?? this.account.arn('iam', `${this.noun}${path}${name}`);
	}
}
