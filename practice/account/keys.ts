import { randomBytes } from 'node:crypto';
import type { Database } from './database.ts';
import type { Principal } from './principal.ts';

export interface Key {
	accessKeyId: string;
	secretAccessKey: string;
	/** Temporary keys only. */
	sessionToken?: string;
	principal: Principal;
	/** Host time, ms: the wire, and so credentials, live on the host's time. */
	expires?: number;
	active: boolean;
}

/** Access keys of one account. The id of a key tells the account, as AWS's do. */
export class Keys {
	readonly #db: Database;
	readonly #account: string;
	readonly #cache = new Map<string, Key>();

	constructor(db: Database, account: string) {
		this.#db = db;
		this.#account = account;
		db.define('CREATE TABLE IF NOT EXISTS access_keys (id TEXT PRIMARY KEY, value TEXT)');
	}

	/** Makes a key pair; with `expires` a temporary one with a session token. */
	issue(principal: Principal, expires?: number): Key {
		const temporary = expires !== undefined;
		const key: Key = {
			accessKeyId: accessKeyId(temporary ? 'ASIA' : 'AKIA', this.#account),
			secretAccessKey: randomBytes(30).toString('base64'),
			...(temporary && { sessionToken: randomBytes(120).toString('base64'), expires }),
			principal,
			active: true,
		};
		this.#db.run('INSERT INTO access_keys (id, value) VALUES (?, ?)', key.accessKeyId, JSON.stringify(key));
		return key;
	}

	/** Takes a key that was issued before, as after a reset. */
	adopt(key: Key): void {
		this.#db.run('INSERT OR REPLACE INTO access_keys (id, value) VALUES (?, ?)', key.accessKeyId, JSON.stringify(key));
	}

	find(accessKeyId: string): Key | undefined {
		const cached = this.#cache.get(accessKeyId);
		if (cached) return cached;
		const row = this.#db.get<{ value: string }>('SELECT value FROM access_keys WHERE id = ?', accessKeyId);
		if (!row) return undefined;
		const key = JSON.parse(row.value) as Key;
		this.#cache.set(accessKeyId, key);
		return key;
	}

	update(key: Key): void {
		this.#cache.delete(key.accessKeyId);
		this.#db.run('UPDATE access_keys SET value = ? WHERE id = ?', JSON.stringify(key), key.accessKeyId);
	}

	delete(accessKeyId: string): void {
		this.#cache.delete(accessKeyId);
		this.#db.run('DELETE FROM access_keys WHERE id = ?', accessKeyId);
	}
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Four letters of kind, then base32 of ten bytes whose bits 1 to 40 are the account's number. */
function accessKeyId(kind: 'AKIA' | 'ASIA', account: string): string {
	const bits =
		(1n << 79n) | (BigInt(account) << 39n) | (BigInt(`0x${randomBytes(5).toString('hex')}`) & ((1n << 39n) - 1n));
	let text = '';
	for (let shift = 75n; shift >= 0n; shift -= 5n) text += alphabet[Number((bits >> shift) & 31n)];
	return kind + text;
}

/** The account that an access key id belongs to, or undefined when it is not one of ours in form. */
export function accountOfKey(accessKeyId: string): string | undefined {
	if (!/^A(KIA|SIA)[A-Z2-7]{16}$/.test(accessKeyId)) return undefined;
	const known = accountsOfKeys.get(accessKeyId);
	if (known) return known;
	if (accountsOfKeys.size > 1000) accountsOfKeys.clear();
	let bits = 0n;
	for (const char of accessKeyId.slice(4)) bits = (bits << 5n) | BigInt(alphabet.indexOf(char));
	const account = ((bits >> 39n) & ((1n << 40n) - 1n)).toString().padStart(12, '0');
	accountsOfKeys.set(accessKeyId, account);
	return account;
}

const accountsOfKeys = new Map<string, string>();
