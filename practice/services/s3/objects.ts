import { randomBytes } from 'node:crypto';
import type { StorageClass } from '@aws-sdk/client-s3';
import type { AccountInRegion } from '../../account/account.ts';
import type { Bucket } from './buckets.ts';
import type { Checksum } from './checksums/checksum.ts';
import type { Position } from './page.ts';

/** One version of an object, or a delete marker. */
export interface Version {
	/** Grows: the newer version has the larger one. */
	id: number;
	bucket: string;
	key: string;
	/** `null` where it was written while the bucket had no versioning. */
	version: string;
	latest: boolean;
	marker: boolean;
	/** Account time, ms. */
	modified: number;
	/** Bytes. */
	size: number;
	/** Without quotes. */
	etag: string;
	storageClass: StorageClass;
	/** Where its bytes are, in order, with the size of each. */
	blobs: [id: string, size: number][];
	about: About;
}

/** What an object is besides its bytes. */
export interface About {
	headers: {
		ContentType?: string;
		CacheControl?: string;
		ContentDisposition?: string;
		ContentEncoding?: string;
		ContentLanguage?: string;
		/** Account time, ms. */
		Expires?: number;
	};
	metadata?: Record<string, string> | undefined;
	tags?: Record<string, string> | undefined;
	encryption: Encryption;
	checksum?: Checksum | undefined;
	/** Of an object that was uploaded in parts. */
	parts?: { number: number; size: number; checksum?: Checksum | undefined }[];
}

export interface Encryption {
	ServerSideEncryption: 'AES256' | 'aws:kms' | 'aws:kms:dsse';
	SSEKMSKeyId?: string;
	BucketKeyEnabled?: boolean;
}

interface Row {
	id: number;
	bucket: string;
	key: string;
	version: string;
	latest: number;
	marker: number;
	modified: number;
	size: number;
	etag: string;
	storage_class: StorageClass;
	blobs: string;
	about: string;
}

/** Every version of every object. Writes belong in a transaction. */
export class Objects {
	static tables = `
		CREATE TABLE IF NOT EXISTS s3_objects (
			id INTEGER PRIMARY KEY, bucket TEXT, key TEXT, version TEXT, latest INTEGER, marker INTEGER,
			modified INTEGER, size INTEGER, etag TEXT, storage_class TEXT, blobs TEXT, about TEXT);
		CREATE UNIQUE INDEX IF NOT EXISTS s3_versions ON s3_objects (bucket, key, id DESC);
		CREATE UNIQUE INDEX IF NOT EXISTS s3_current ON s3_objects (bucket, key) WHERE latest = 1;`;

	readonly #account: AccountInRegion;

	constructor(account: AccountInRegion) {
		this.#account = account;
	}

	/** The current version: an object or a delete marker. */
	current(bucket: string, key: string): Version | undefined {
		return this.#one('SELECT * FROM s3_objects WHERE bucket = ? AND key = ? AND latest = 1', bucket, key);
	}

	version(bucket: string, key: string, version: string): Version | undefined {
		return this.#one('SELECT * FROM s3_objects WHERE bucket = ? AND key = ? AND version = ?', bucket, key, version);
	}

	/**
	 * Makes a new current version. In a bucket with versioning the former one stays; without, or with versioning
	 * suspended, the one whose version is `null` goes.
	 */
	add(bucket: Bucket, key: string, made: Omit<Version, 'id' | 'bucket' | 'key' | 'version' | 'latest'>): Version {
		const { db, clock } = this.#account;
		const id = db.get<{ id: number }>('SELECT coalesce(max(id), 0) + 1 AS id FROM s3_objects')!.id;
		const version = bucket.versioning === 'Enabled' ? versionId(id) : 'null';
		if (version === 'null') {
			const former = this.version(bucket.name, key, 'null');
			if (former) this.#erase(former);
		}
		db.run('UPDATE s3_objects SET latest = 0 WHERE bucket = ? AND key = ? AND latest = 1', bucket.name, key);
		// S3 knows no moments shorter than a second.
		const modified = clock.fromWire(Math.floor(clock.toWire(made.modified) / 1000) * 1000);
		db.run(
			'INSERT INTO s3_objects (id, bucket, key, version, latest, marker, modified, size, etag, storage_class, blobs, about) VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?)',
			...[id, bucket.name, key, version, made.marker ? 1 : 0, modified, made.size, made.etag],
			...[made.storageClass, JSON.stringify(made.blobs), JSON.stringify(made.about)],
		);
		return { ...made, modified, id, bucket: bucket.name, key, version, latest: true };
	}

	/** What deleting a key without naming a version does. Answers the delete marker that it left, if any. */
	hide(bucket: Bucket, key: string): Version | undefined {
		if (!bucket.versioning) {
			const former = this.current(bucket.name, key);
			if (former) this.#erase(former);
			return undefined;
		}
		return this.add(bucket, key, {
			...{ marker: true, modified: this.#account.clock.now(), size: 0, etag: '', storageClass: 'STANDARD', blobs: [] },
			about: { headers: {}, encryption: { ServerSideEncryption: 'AES256' } },
		});
	}

	/** Removes one version for good; the one before it becomes current. */
	remove(version: Version): void {
		this.#erase(version);
		if (!version.latest) return;
		this.#account.db.run(
			'UPDATE s3_objects SET latest = 1 WHERE id = (SELECT id FROM s3_objects WHERE bucket = ? AND key = ? ORDER BY id DESC LIMIT 1)',
			version.bucket,
			version.key,
		);
	}

	/** Changes what is known of a version: tags, storage class. */
	change(version: Version, { about = version.about, storageClass = version.storageClass }: Partial<Version>): void {
		this.#account.db.run(
			'UPDATE s3_objects SET about = ?, storage_class = ? WHERE id = ?',
			JSON.stringify(about),
			storageClass,
			version.id,
		);
	}

	isEmpty(bucket: string): boolean {
		return this.#account.db.get('SELECT 1 FROM s3_objects WHERE bucket = ? LIMIT 1', bucket) === undefined;
	}

	/** Current objects in the order of their keys, from `position` on. */
	currentFrom(bucket: string, { key, inclusive }: Position, limit: number): Version[] {
		return this.#all(
			`SELECT * FROM s3_objects WHERE bucket = ? AND latest = 1 AND key ${inclusive ? '>=' : '>'} ? AND marker = 0 ORDER BY key LIMIT ?`,
			...[bucket, key, limit],
		);
	}

	/** All versions and delete markers: by key, the newest first. `position.before` goes on within a key. */
	versionsFrom(bucket: string, { key, inclusive, before }: Position, limit: number): Version[] {
		const same =
			before === undefined
				? []
				: this.#all(
						'SELECT * FROM s3_objects WHERE bucket = ? AND key = ? AND id < ? ORDER BY id DESC LIMIT ?',
						...[bucket, key, before, limit],
					);
		if (same.length === limit) return same;
		const others = this.#all(
			`SELECT * FROM s3_objects WHERE bucket = ? AND key ${inclusive && before === undefined ? '>=' : '>'} ? ORDER BY key, id DESC LIMIT ?`,
			...[bucket, key, limit - same.length],
		);
		return [...same, ...others];
	}

	#erase(version: Version): void {
		this.#account.db.run('DELETE FROM s3_objects WHERE id = ?', version.id);
		for (const [blob] of version.blobs) this.#account.blobs.release(blob);
	}

	#one(sql: string, ...values: string[]): Version | undefined {
		const row = this.#account.db.get<Row>(sql, ...values);
		return row && read(row);
	}

	#all(sql: string, ...values: (string | number)[]): Version[] {
		return this.#account.db.all<Row>(sql, ...values).map(read);
	}
}

const read = ({ storage_class, latest, marker, blobs, about, ...row }: Row): Version => ({
	...row,
	latest: latest === 1,
	marker: marker === 1,
	storageClass: storage_class,
	blobs: JSON.parse(blobs),
	about: JSON.parse(about),
});

/**
 * 32 characters, as S3's. The row's id is in it, so that a listing goes on behind a version that was deleted meanwhile:
 * whoever empties a bucket does it page by page.
 */
function versionId(id: number): string {
	const bytes = randomBytes(24);
	bytes.writeUIntBE(id, 0, 6);
	for (let index = 0; index < 6; index++) bytes[index]! ^= bytes[index + 6]!;
	return bytes.toString('base64').replaceAll('+', '.').replaceAll('/', '_');
}

/** The row's id of a version id, or undefined for `null`. */
export function rowOf(version: string): number | undefined {
	if (version === 'null') return undefined;
	const bytes = Buffer.from(version.replaceAll('.', '+').replaceAll('_', '/'), 'base64');
	for (let index = 0; index < 6; index++) bytes[index]! ^= bytes[index + 6]!;
	return bytes.readUIntBE(0, 6);
}
