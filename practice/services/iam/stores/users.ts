import { notImplemented } from '../../../fault.ts';
import { Entities, type Entity } from './entities.ts';

export interface User extends Entity {
	/** Names of the groups that it is in. */
	groups: string[];
	/** Its access keys, oldest first. The account's key store has their secrets. */
	keys: { id: string; created: number }[];
}

export class Users extends Entities<User> {
	static override kind = 'iam.user';
	override readonly noun = 'user';

	/** The account's administrator is a user too, one that nobody made and nobody can change. */
	get administrator(): User {
		return {
			name: 'administrator',
			path: '/',
			id: 'AIDAADMINISTRATOR000A',
			arn: this.account.arn('iam', 'user/administrator'),
			created: Date.UTC(2026, 0, 1),
			inline: {},
			attached: ['arn:aws:iam::aws:policy/AdministratorAccess'],
			tags: {},
			groups: [],
			keys: [],
		};
	}

	override get(name: string): User | undefined {
		return name.toLowerCase() === 'administrator' ? this.administrator : super.get(name);
	}

	override put(name: string, user: User): User {
		if (name.toLowerCase() === 'administrator') throw notImplemented('changes to the user administrator');
		return super.put(name, user);
	}

	override delete(name: string): boolean {
		if (name.toLowerCase() === 'administrator') throw notImplemented('the removal of the user administrator');
		return super.delete(name);
	}

	override entries(prefix = ''): [string, User][] {
		const all = super.entries(prefix);
		if ('administrator'.startsWith(prefix)) all.push(['administrator', this.administrator]);
		return all.sort(([a], [b]) => (a < b ? -1 : 1));
	}
}
