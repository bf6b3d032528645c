import { createHash } from 'node:crypto';
import {
	cpSync,
	existsSync,
	linkSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../lib/user-error.ts';
import { Account } from './account/account.ts';
import type { Key } from './account/keys.ts';
import type { Job, Worker } from './account/work.ts';

/** An account's card: who it is, and its administrator's key. Kept beside its database, readable to its owner only. */
export interface AccountCard {
	/** The lab's slug, or `scratch`. */
	name: string;
	/** Twelve digits, the same for a name wherever it is made, so that recorded output stays true. */
	id: string;
	region: string;
	administrator: Key;
}

export interface Snapshot {
	name: string;
	/** ISO 8601, host time. */
	at: string;
	/** The workspace's commit that belongs to it. */
	commit?: string;
	note?: string;
}

export interface AccountsOptions {
	/** Holds `accounts/` and `snapshots/`. */
	folder: string;
	worker(account: Account, job: Job): Promise<Worker>;
	onError(error: unknown, what: string): void;
}

/** All accounts of an installation. */
export class Accounts {
	readonly #options: AccountsOptions;
	readonly #cards = new Map<string, AccountCard>();
	readonly #open = new Map<string, Account>();

	constructor(options: AccountsOptions) {
		this.#options = options;
		mkdirSync(join(options.folder, 'accounts'), { recursive: true, mode: 0o700 });
		for (const id of readdirSync(join(options.folder, 'accounts'))) {
			const file = join(this.#folder(id), 'account.json');
			if (existsSync(file)) this.#cards.set(id, JSON.parse(readFileSync(file, 'utf8')));
		}
	}

	/** Opens every account, so that work in progress goes on. */
	resume(): void {
		for (const id of this.#cards.keys()) this.find(id)!.work.wake();
	}

	cards(): AccountCard[] {
		return [...this.#cards.values()];
	}

	card(name: string): AccountCard | undefined {
		return this.cards().find((card) => card.name === name);
	}

	*all(): Generator<Account> {
		for (const id of this.#cards.keys()) yield this.find(id)!;
	}

	find(id: string): Account | undefined {
		if (!this.#cards.has(id)) return undefined;
		let account = this.#open.get(id);
		if (!account) {
			account = new Account({
				id,
				folder: this.#folder(id),
				worker: this.#options.worker,
				onError: this.#options.onError,
			});
			this.#open.set(id, account);
		}
		return account;
	}

	/** The account of that name, made when it is not there yet. */
	ensure(name: string): { card: AccountCard; created: boolean } {
		const existing = this.card(name);
		if (existing) return { card: existing, created: false };
		if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(name)) {
			throw new UserError(`"${name}" is no name for an account.`, 'Use lower-case letters, digits and hyphens.');
		}
		const id = accountId(name);
		const account = new Account({
			id,
			folder: this.#folder(id),
			worker: this.#options.worker,
			onError: this.#options.onError,
		});
		const arn = `arn:aws:iam::${id}:user/administrator`;
		const administrator = account.keys.issue({ kind: 'administrator', arn, id: 'AIDAADMINISTRATOR000A' });
		const card = { name, id, region: 'us-east-1', administrator };
		writeFileSync(join(this.#folder(id), 'account.json'), JSON.stringify(card, null, '\t'), { mode: 0o600 });
		this.#cards.set(id, card);
		this.#open.set(id, account);
		return { card, created: true };
	}

	/** Empties an account. Its number and keys stay. */
	async reset(name: string): Promise<AccountCard> {
		const { card } = this.ensure(name);
		await this.#close(card.id);
		const old = this.#aside(card.id);
		const account = new Account({
			id: card.id,
			folder: this.#folder(card.id),
			worker: this.#options.worker,
			onError: this.#options.onError,
		});
		account.keys.adopt(card.administrator);
		writeFileSync(join(this.#folder(card.id), 'account.json'), JSON.stringify(card, null, '\t'), { mode: 0o600 });
		this.#open.set(card.id, account);
		rmSync(old, { recursive: true, force: true });
		return card;
	}

	snapshots(name: string): Snapshot[] {
		const { id } = this.#card(name);
		const folder = join(this.#options.folder, 'snapshots', id);
		if (!existsSync(folder)) return [];
		return readdirSync(folder)
			.filter((entry) => !entry.startsWith('.'))
			.map((entry) => JSON.parse(readFileSync(join(folder, entry, 'snapshot.json'), 'utf8')) as Snapshot)
			.sort((a, b) => a.at.localeCompare(b.at));
	}

	/** Copies an account as it is now. Waits for work in progress up to `patience` ms; refuses when that does not end. */
	async save(name: string, snapshot: Omit<Snapshot, 'at'>, patience = 60_000): Promise<Snapshot> {
		checkSnapshotName(snapshot.name);
		const { id } = this.#card(name);
		const account = this.find(id)!;
		if (!(await account.work.settle(patience))) {
			throw new UserError(
				`The account ${name} is still at work.`,
				'Wait until its stacks are at rest, then save again.',
			);
		}
		const whole: Snapshot = { ...snapshot, at: new Date().toISOString() };
		const folder = this.#snapshotFolder(id, snapshot.name);
		const temporary = this.#snapshotFolder(id, `.${snapshot.name}`);
		rmSync(temporary, { recursive: true, force: true });
		mkdirSync(join(temporary, 'blobs'), { recursive: true });
		account.db.copyTo(join(temporary, 'account.db'));
		// A blob never changes once it is there, so a second name for it is a copy.
		for (const blob of readdirSync(join(account.folder, 'blobs'))) {
			linkSync(join(account.folder, 'blobs', blob), join(temporary, 'blobs', blob));
		}
		for (const file of companions(account.folder))
			cpSync(join(account.folder, file), join(temporary, file), { recursive: true });
		writeFileSync(join(temporary, 'snapshot.json'), JSON.stringify(whole, null, '\t'));
		rmSync(folder, { recursive: true, force: true });
		renameSync(temporary, folder);
		return whole;
	}

	/** Puts an account back to a snapshot. */
	async restore(name: string, snapshotName: string): Promise<Snapshot> {
		const card = this.#card(name);
		const snapshot = this.snapshots(name).find((each) => each.name === snapshotName);
		if (!snapshot) {
			const names = this.snapshots(name).map((each) => each.name);
			throw new UserError(
				`The account ${name} has no snapshot "${snapshotName}".`,
				names.length > 0
					? `It has: ${names.join(', ')}.`
					: 'It has none yet: `npm run practice -- save NAME` makes one.',
			);
		}
		const folder = this.#snapshotFolder(card.id, snapshotName);
		await this.#close(card.id);
		const old = this.#aside(card.id);
		const fresh = this.#folder(card.id);
		mkdirSync(join(fresh, 'blobs'), { recursive: true });
		cpSync(join(folder, 'account.db'), join(fresh, 'account.db'));
		for (const blob of readdirSync(join(folder, 'blobs')))
			linkSync(join(folder, 'blobs', blob), join(fresh, 'blobs', blob));
		for (const file of companions(folder)) cpSync(join(folder, file), join(fresh, file), { recursive: true });
		writeFileSync(join(fresh, 'account.json'), JSON.stringify(card, null, '\t'), { mode: 0o600 });
		rmSync(old, { recursive: true, force: true });
		this.find(card.id)!.work.wake();
		return snapshot;
	}

	forget(name: string, snapshotName: string): void {
		checkSnapshotName(snapshotName);
		rmSync(this.#snapshotFolder(this.#card(name).id, snapshotName), { recursive: true, force: true });
	}

	async close(): Promise<void> {
		for (const id of [...this.#open.keys()]) await this.#close(id);
	}

	#card(name: string): AccountCard {
		const card = this.card(name);
		if (!card)
			throw new UserError(
				`There is no practice account "${name}".`,
				`There are: ${
					this.cards()
						.map((each) => each.name)
						.join(', ') || 'none yet'
				}.`,
			);
		return card;
	}

	async #close(id: string): Promise<void> {
		await this.#open.get(id)?.close();
		this.#open.delete(id);
	}

	/** Moves an account's folder out of the way at one stroke, so that a crash leaves either the old or the new. */
	#aside(id: string): string {
		const old = join(this.#options.folder, 'accounts', `.${id}.old`);
		rmSync(old, { recursive: true, force: true });
		renameSync(this.#folder(id), old);
		return old;
	}

	#folder(id: string): string {
		return join(this.#options.folder, 'accounts', id);
	}

	#snapshotFolder(id: string, snapshot: string): string {
		return join(this.#options.folder, 'snapshots', id, snapshot);
	}
}

/** What others keep in an account's folder and what travels with it: the learner's progress. */
const companions = (folder: string) =>
	readdirSync(folder).filter((file) => !/^(account\.db.*|account\.json|blobs|snapshot\.json)$/.test(file));

function checkSnapshotName(name: string): void {
	if (!/^[a-z0-9][a-z0-9._-]{0,62}$/i.test(name)) {
		throw new UserError(`"${name}" is no name for a snapshot.`, 'Use letters, digits, hyphens and dots, at most 63.');
	}
}

/** Twelve digits that do not start with 0 and stay the same for a name. */
const accountId = (name: string) =>
	(
		100_000_000_000n +
		(BigInt(`0x${createHash('sha256').update(name).digest('hex').slice(0, 15)}`) % 900_000_000_000n)
	).toString();
