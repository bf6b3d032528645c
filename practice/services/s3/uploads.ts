import { randomBytes } from 'node:crypto';
import type { StorageClass } from '@aws-sdk/client-s3';
import type { AccountInRegion } from '../../account/account.ts';
import { Fault } from '../../fault.ts';
import type { Algorithm, Checksum } from './checksums/checksum.ts';
import type { About } from './objects.ts';
import type { Position } from './page.ts';

/** An upload in parts that is not completed yet. */
export interface Upload {
	id: number;
	upload: string;
	bucket: string;
	key: string;
	/** Account time, ms. */
	initiated: number;
	storageClass: StorageClass;
	about: About;
	/** Which checksum the parts have, and whether the whole has one of its bytes or of its parts' checksums. */
	checksum: { algorithm: Algorithm; type: Checksum['type']; asked: boolean };
}

export interface Part {
	number: number;
	blobs: [id: string, size: number][];
	size: number;
	/** Hex MD5. */
	etag: string;
	/** Account time, ms. */
	modified: number;
	/** Base64. */
	checksum: string;
}

interface Row {
	id: number;
	upload: string;
	bucket: string;
	key: string;
	initiated: number;
	value: string;
}

/** Uploads in parts, until they are completed or aborted. */
export class Uploads {
	static tables = `
		CREATE TABLE IF NOT EXISTS s3_uploads (
			id INTEGER PRIMARY KEY AUTOINCREMENT, upload TEXT UNIQUE, bucket TEXT, key TEXT, initiated INTEGER, value TEXT);
		CREATE INDEX IF NOT EXISTS s3_uploads_by_key ON s3_uploads (bucket, key, id);
		CREATE TABLE IF NOT EXISTS s3_parts (
			upload TEXT, number INTEGER, value TEXT, PRIMARY KEY (upload, number)) WITHOUT ROWID;`;

	readonly #account: AccountInRegion;

	constructor(account: AccountInRegion) {
		this.#account = account;
	}

	create(made: Omit<Upload, 'id' | 'upload'>): Upload {
		const upload = randomBytes(48).toString('base64url');
		const { bucket, key, initiated, ...value } = made;
		const { id } = this.#account.db.run(
			'INSERT INTO s3_uploads (upload, bucket, key, initiated, value) VALUES (?, ?, ?, ?, ?)',
			...[upload, bucket, key, Math.floor(initiated), JSON.stringify(value)],
		);
		return { ...made, id, upload };
	}

	find(bucket: string, key: string, upload: string): Upload {
		const row = this.#account.db.get<Row>('SELECT * FROM s3_uploads WHERE upload = ?', upload);
		if (row && row.bucket === bucket && row.key === key) return read(row);
		throw new Fault(
			'NoSuchUpload',
			'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
			{ members: { UploadId: upload } },
		);
	}

	/** In the order of their keys, within a key the oldest first. */
	from(bucket: string, { key, inclusive, before }: Position, limit: number): Upload[] {
		const after = before;
		const same =
			after === undefined
				? []
				: this.#account.db.all<Row>(
						'SELECT * FROM s3_uploads WHERE bucket = ? AND key = ? AND id > ? ORDER BY id LIMIT ?',
						...[bucket, key, after, limit],
					);
		const others = this.#account.db.all<Row>(
			`SELECT * FROM s3_uploads WHERE bucket = ? AND key ${inclusive ? '>=' : '>'} ? ORDER BY key, id LIMIT ?`,
			...[bucket, key, limit],
		);
		return [...same, ...others].slice(0, limit).map(read);
	}

	/** Where an upload stands in the order; one that is gone stands at the beginning of its key. */
	idOf(upload: string): number {
		return this.#account.db.get<{ id: number }>('SELECT id FROM s3_uploads WHERE upload = ?', upload)?.id ?? 0;
	}

	all(bucket: string): Upload[] {
		return this.#account.db.all<Row>('SELECT * FROM s3_uploads WHERE bucket = ? ORDER BY key, id', bucket).map(read);
	}

	parts({ upload }: Pick<Upload, 'upload'>, after = 0, limit = 10_000): Part[] {
		return this.#account.db
			.all<{ value: string }>(
				'SELECT value FROM s3_parts WHERE upload = ? AND number > ? ORDER BY number LIMIT ?',
				...[upload, after, limit],
			)
			.map(({ value }) => JSON.parse(value));
	}

	/** Puts a part in the place of the one of its number. */
	putPart({ upload }: Upload, part: Part): void {
		const former = this.#account.db.get<{ value: string }>(
			'SELECT value FROM s3_parts WHERE upload = ? AND number = ?',
			...[upload, part.number],
		);
		if (former) this.#release(JSON.parse(former.value));
		this.#account.db.run(
			'INSERT OR REPLACE INTO s3_parts (upload, number, value) VALUES (?, ?, ?)',
			...[upload, part.number, JSON.stringify(part)],
		);
	}

	/** Forgets an upload and its parts, but for the bytes of those that became an object. */
	close({ upload }: Upload, kept: Part[] = []): void {
		const numbers = new Set(kept.map(({ number }) => number));
		for (const part of this.parts({ upload })) if (!numbers.has(part.number)) this.#release(part);
		this.#account.db.run('DELETE FROM s3_parts WHERE upload = ?', upload);
		this.#account.db.run('DELETE FROM s3_uploads WHERE upload = ?', upload);
	}

	abortAll(bucket: string): void {
		for (const upload of this.all(bucket)) this.close(upload);
	}

	#release({ blobs }: Part): void {
		for (const [blob] of blobs) this.#account.blobs.release(blob);
	}
}

const read = ({ value, ...row }: Row): Upload => ({ ...row, ...JSON.parse(value) });
