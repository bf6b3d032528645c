import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Accounts } from '../accounts.ts';
import type { AccountInRegion } from './account.ts';
import { accountOfKey } from './keys.ts';
import type { Job, Worker } from './work.ts';

let folder: string;
let done: string[];
let accounts: Accounts;
/** What jobs do, by kind. */
let workers: Record<string, Worker>;

const open = () =>
	new Accounts({
		folder,
		worker: async (_account, { kind }) => workers[kind]!,
		onError: (error) => {
			throw error;
		},
	});

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'accounts-'));
	done = [];
	workers = { 'test.note': ({ payload }: Job) => void done.push(String(payload)) };
	accounts = open();
});
afterEach(async () => {
	await accounts.close();
	rmSync(folder, { recursive: true, force: true });
});

const account = (name = 'shop') => accounts.find(accounts.ensure(name).card.id)!;

describe('keys', () => {
	test('the id of a key tells its account', () => {
		const { card } = accounts.ensure('shop');
		expect(accountOfKey(card.administrator.accessKeyId)).toBe(card.id);
		expect(accountOfKey('AKIAIOSFODNN7EXAMPLE')).not.toBe(card.id);
		expect(accountOfKey('no key')).toBeUndefined();
	});

	test('an account has the same number wherever it is made, and keys of its own', () => {
		const first = accounts.ensure('shop').card;
		expect(first.id).toMatch(/^[1-9]\d{11}$/);
		expect(accounts.ensure('shop')).toEqual({ card: first, created: false });
		expect(accounts.ensure('other').card.id).not.toBe(first.id);
	});

	test('a name that is no name is refused', () => {
		expect(() => accounts.ensure('../up')).toThrow('"../up" is no name for an account.');
	});
});

describe('transactions', () => {
	test('what throws takes everything back, and an inner one only its own', () => {
		const { db } = account();
		db.define('CREATE TABLE t (x)');
		db.transaction(() => {
			db.run('INSERT INTO t VALUES (1)');
			expect(() =>
				db.transaction(() => {
					db.run('INSERT INTO t VALUES (2)');
					throw new Error('inner');
				}),
			).toThrow('inner');
		});
		expect(() =>
			db.transaction(() => {
				db.run('INSERT INTO t VALUES (3)');
				throw new Error('outer');
			}),
		).toThrow('outer');
		expect(db.all('SELECT x FROM t')).toEqual([{ x: 1 }]);
	});

	test('effects wait for the commit, and vanish with what is taken back', () => {
		const { db } = account();
		const effects: string[] = [];
		db.transaction(() => {
			db.afterCommit(() => effects.push('kept'));
			expect(effects).toEqual([]);
		});
		expect(() =>
			db.transaction(() => {
				db.afterCommit(() => effects.push('lost'));
				throw new Error();
			}),
		).toThrow();
		expect(effects).toEqual(['kept']);
	});
});

test('tables that were made in a transaction that was taken back are made again', () => {
	class Things {
		static tables = 'CREATE TABLE IF NOT EXISTS things (x)';
		readonly db: AccountInRegion['db'];
		constructor({ db }: AccountInRegion) {
			this.db = db;
		}
		count() {
			return this.db.all('SELECT * FROM things').length;
		}
	}
	const shop = account().in('us-east-1');
	expect(() =>
		shop.db.transaction(() => {
			shop.store(Things).count();
			throw new Error('taken back');
		}),
	).toThrow('taken back');
	expect(shop.store(Things).count()).toBe(0);
});

describe('work', () => {
	test('a jump does what falls due on the way, in order and at its own time', async () => {
		const shop = account();
		const times: number[] = [];
		workers['test.time'] = () => void times.push(shop.clock.now());
		const start = shop.clock.now();
		shop.in('us-east-1').later('test.time', null, start + 120_000);
		shop.in('us-east-1').later('test.time', null, start + 60_000);
		shop.in('us-east-1').later('test.time', null, start + 999_000);
		await shop.work.advance(300_000);
		expect(times.map((time) => Math.round((time - start) / 1000))).toEqual([60, 120]);
		expect(shop.work.busy()).toBe(true);
		expect(shop.clock.offset).toBe(300_000);
		expect(shop.clock.now() - start).toBeGreaterThanOrEqual(300_000);
	});

	test('work that makes more work within the jump sees it done within the jump', async () => {
		const shop = account();
		let count = 0;
		workers['test.again'] = () => {
			count++;
			shop.in('us-east-1').later('test.again', null, shop.clock.now() + 60_000);
		};
		shop.in('us-east-1').later('test.again', null, shop.clock.now() + 60_000);
		await shop.work.advance(5 * 60_000 + 1000);
		expect(count).toBe(5);
	});

	test('work that was begun goes on after the process was killed', async () => {
		const script = join(folder, 'killed.ts');
		writeFileSync(
			script,
			`import { Accounts } from ${JSON.stringify(join(import.meta.dirname, '../accounts.ts'))};
			const accounts = new Accounts({ folder: ${JSON.stringify(folder)}, onError: () => {}, worker: async () => () => new Promise(() => {}) });
			const shop = accounts.find(accounts.ensure('killed').card.id)!;
			shop.in('us-east-1').later('test.note', 'survived');
			console.log('acknowledged');
			setInterval(() => {}, 1000);`,
		);
		const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
		try {
			await once(child.stdout, 'data');
		} finally {
			child.kill('SIGKILL');
		}
		await once(child, 'exit');
		await accounts.close();
		accounts = open();
		accounts.resume();
		await account('killed').work.settle(5000);
		expect(done).toEqual(['survived']);
	});
});

describe('blobs', () => {
	test('a blob that no row names is swept away when the account is opened', async () => {
		const shop = account();
		const kept = await shop.blobs.write(Buffer.from('kept'));
		const lost = await shop.blobs.write(Buffer.from('lost'));
		shop.blobs.keep(kept.id);
		await accounts.close();
		accounts = open();
		expect(account().blobs.bytes(kept.id).toString()).toBe('kept');
		expect(existsSync(account().blobs.path(lost.id))).toBe(false);
	});

	test('a stream that breaks leaves nothing', async () => {
		const shop = account();
		const broken = Readable.from(
			(async function* () {
				yield Buffer.from('half');
				throw new Error('gone');
			})(),
		);
		await expect(shop.blobs.write(broken)).rejects.toThrow('gone');
		expect(readdirSync(join(shop.folder, 'blobs'))).toEqual([]);
	});
});

describe('snapshots', () => {
	test('restoring brings back rows, blobs, clock and progress, and later snapshots stay', async () => {
		const shop = account();
		shop.db.define('CREATE TABLE t (x)');
		shop.db.run('INSERT INTO t VALUES (1)');
		const blob = await shop.blobs.write(Buffer.from('first'));
		shop.blobs.keep(blob.id);
		writeFileSync(join(shop.folder, 'progress.json'), '{"step":1}');
		await accounts.save('shop', { name: 'before', commit: 'abc' });

		shop.db.run('INSERT INTO t VALUES (2)');
		shop.db.transaction(() => shop.blobs.release(blob.id));
		await shop.work.advance(3_600_000);
		writeFileSync(join(shop.folder, 'progress.json'), '{"step":2}');

		expect(await accounts.restore('shop', 'before')).toMatchObject({ name: 'before', commit: 'abc' });
		const back = account();
		expect(back.db.all('SELECT x FROM t')).toEqual([{ x: 1 }]);
		expect(back.blobs.bytes(blob.id).toString()).toBe('first');
		expect(back.clock.offset).toBe(0);
		expect(back.keys.find(accounts.ensure('shop').card.administrator.accessKeyId)).toBeDefined();
	});

	test('a snapshot that is not there is refused with those that are', async () => {
		account();
		await accounts.save('shop', { name: 'one' });
		await expect(accounts.restore('shop', 'two')).rejects.toMatchObject({
			message: 'The account shop has no snapshot "two".',
			hint: 'It has: one.',
		});
		await expect(accounts.save('shop', { name: '../up' })).rejects.toThrow('is no name for a snapshot');
	});

	test('resetting empties the account and keeps its keys', async () => {
		const shop = account();
		shop.db.define('CREATE TABLE t (x)');
		const before = accounts.ensure('shop').card;
		await accounts.reset('shop');
		expect(accounts.ensure('shop').card).toEqual(before);
		expect(() => account().db.all('SELECT * FROM t')).toThrow('no such table');
		expect(account().keys.find(before.administrator.accessKeyId)?.secretAccessKey).toBe(
			before.administrator.secretAccessKey,
		);
	});
});
