import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Database } from './database.ts';

export interface Blob {
	id: string;
	/** Bytes. */
	size: number;
	/** Hex. */
	md5: string;
}

/** Bytes up to which writing at once is quicker than four turns of the thread pool. */
const small = 256 * 1024;

/**
 * Bytes too large for a row: objects, layers, archives. A blob is written whole and renamed into place before the row
 * that names it; one that no row of `blobs` names is swept away when the account is opened.
 */
export class Blobs {
	readonly #folder: string;
	readonly #db: Database;

	constructor(folder: string, db: Database) {
		this.#folder = folder;
		this.#db = db;
		mkdirSync(folder, { recursive: true });
		db.define('CREATE TABLE IF NOT EXISTS blobs (id TEXT PRIMARY KEY)');
		const kept = new Set(db.all<{ id: string }>('SELECT id FROM blobs').map(({ id }) => id));
		for (const file of readdirSync(folder)) if (!kept.has(file)) rmSync(join(folder, file), { recursive: true });
	}

	/** Writes bytes to disk and answers what they are. `keep` them in the transaction that refers to them. */
	async write(bytes: Readable | Uint8Array | AsyncIterable<Uint8Array>): Promise<Blob> {
		const id = randomUUID();
		const temporary = join(this.#folder, `${id}.part`);
		if (bytes instanceof Uint8Array && bytes.byteLength <= small) {
			writeFileSync(temporary, bytes);
			renameSync(temporary, join(this.#folder, id));
			return { id, size: bytes.byteLength, md5: createHash('md5').update(bytes).digest('hex') };
		}
		const hash = createHash('md5');
		let size = 0;
		const file = await open(temporary, 'w');
		try {
			for await (const chunk of bytes instanceof Uint8Array ? [bytes] : bytes) {
				hash.update(chunk);
				size += chunk.byteLength;
				await file.writeFile(chunk);
			}
		} catch (error) {
			await file.close();
			rmSync(temporary, { force: true });
			throw error;
		}
		await file.close();
		renameSync(temporary, join(this.#folder, id));
		return { id, size, md5: hash.digest('hex') };
	}

	keep(id: string): void {
		this.#db.run('INSERT INTO blobs (id) VALUES (?)', id);
	}

	/** Lets go of a blob in the running transaction; its file goes when that is committed. */
	release(id: string): void {
		this.#db.run('DELETE FROM blobs WHERE id = ?', id);
		this.#db.afterCommit(() => rmSync(this.path(id), { force: true }));
	}

	/** A stream of the bytes from `start` to `end`, both included. */
	read(id: string, range: { start?: number; end?: number } = {}): Readable {
		return createReadStream(this.path(id), range);
	}

	bytes(id: string): Buffer {
		return readFileSync(this.path(id));
	}

	path(id: string): string {
		return join(this.#folder, id);
	}
}
