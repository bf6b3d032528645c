import type { AccountInRegion } from '../../account/account.ts';
import type { LogGroup } from './groups.ts';

/** A stream of a group. Times are account time, ms. */
export interface LogStream {
	grp: string;
	name: string;
	created: number;
	/** Of the oldest and newest event that it ever had. */
	first: number | null;
	last: number | null;
	/** When something was last put into it. */
	ingested: number | null;
}

export interface LogEvent {
	id: number;
	stream: string;
	/** When it happened, as whoever put it says; account time, ms. */
	time: number;
	ingested: number;
	message: string;
}

/** A place between events: `time` and then `id` order them. */
export interface Position {
	time: number;
	id: number;
}

/** Streams and their events. There may be many, so they have tables of their own. */
export class LogEvents {
	static tables =
		`CREATE TABLE IF NOT EXISTS log_streams (region TEXT, grp TEXT, name TEXT, created INTEGER, first INTEGER,
			last INTEGER, ingested INTEGER, PRIMARY KEY (region, grp, name)) WITHOUT ROWID;` +
		`CREATE TABLE IF NOT EXISTS log_events (id INTEGER PRIMARY KEY AUTOINCREMENT, region TEXT, grp TEXT, stream TEXT,
			time INTEGER, ingested INTEGER, message TEXT);` +
		'CREATE INDEX IF NOT EXISTS log_events_group ON log_events (region, grp, time, id);' +
		'CREATE INDEX IF NOT EXISTS log_events_stream ON log_events (region, grp, stream, time, id)';
	readonly #account: AccountInRegion;

	constructor(account: AccountInRegion) {
		this.#account = account;
	}

	stream(group: string, name: string): LogStream | undefined {
		const { db, region } = this.#account;
		return db.get<LogStream>(
			'SELECT * FROM log_streams WHERE region = ? AND grp = ? AND name = ?',
			region,
			group,
			name,
		);
	}

	streams(group: string, prefix = ''): LogStream[] {
		const { db, region } = this.#account;
		return db.all<LogStream>(
			'SELECT * FROM log_streams WHERE region = ? AND grp = ? AND name >= ? AND name < ? ORDER BY name',
			region,
			group,
			prefix,
			`${prefix}\u{10ffff}`,
		);
	}

	addStream(group: string, name: string): void {
		const { db, region, clock } = this.#account;
		db.run(
			'INSERT INTO log_streams (region, grp, name, created) VALUES (?, ?, ?, ?)',
			region,
			group,
			name,
			clock.now(),
		);
	}

	deleteStream(group: string, name: string): void {
		const { db, region } = this.#account;
		db.run('DELETE FROM log_events WHERE region = ? AND grp = ? AND stream = ?', region, group, name);
		db.run('DELETE FROM log_streams WHERE region = ? AND grp = ? AND name = ?', region, group, name);
	}

	deleteGroup(group: string): void {
		const { db, region } = this.#account;
		db.run('DELETE FROM log_events WHERE region = ? AND grp = ?', region, group);
		db.run('DELETE FROM log_streams WHERE region = ? AND grp = ?', region, group);
	}

	/** Appends events, whose times do not decrease. */
	append(group: string, stream: string, events: readonly { time: number; message: string }[]): void {
		const { db, region, clock } = this.#account;
		const now = clock.now();
		for (const { time, message } of events) {
			db.run(
				'INSERT INTO log_events (region, grp, stream, time, ingested, message) VALUES (?, ?, ?, ?, ?, ?)',
				region,
				group,
				stream,
				time,
				now,
				message,
			);
		}
		const [first, last] = [events[0]?.time, events.at(-1)?.time];
		if (first === undefined || last === undefined) return;
		db.run(
			`UPDATE log_streams SET first = min(coalesce(first, ?), ?), last = max(coalesce(last, ?), ?), ingested = ?
				WHERE region = ? AND grp = ? AND name = ?`,
			first,
			first,
			last,
			last,
			now,
			region,
			group,
			stream,
		);
	}

	/** Events of a group, or of one stream of it, between two places (both left out): the first of them, or the last backwards. */
	find(
		group: LogGroup,
		{
			stream,
			from,
			until,
			limit,
			backwards = false,
		}: {
			stream?: string;
			from: Position;
			until: Position;
			limit: number;
			backwards?: boolean;
		},
	): LogEvent[] {
		const { db, region } = this.#account;
		return db.all<LogEvent>(
			`SELECT id, stream, time, ingested, message FROM log_events WHERE region = ? AND grp = ?
				${stream === undefined ? '' : 'AND stream = ?'} AND time >= ? AND (time, id) > (?, ?) AND (time, id) < (?, ?)
				ORDER BY ${backwards ? 'time DESC, id DESC' : 'time, id'} LIMIT ?`,
			region,
			group.name,
			...(stream === undefined ? [] : [stream]),
			this.oldest(group),
			from.time,
			from.id,
			until.time,
			until.id,
			limit,
		);
	}

	/** Bytes of a group's events, each with the 26 that AWS adds. */
	bytes(group: LogGroup): number {
		const { db, region } = this.#account;
		return db.get<{ bytes: number }>(
			`SELECT coalesce(sum(length(CAST(message AS BLOB)) + 26), 0) AS bytes FROM log_events
				WHERE region = ? AND grp = ? AND time >= ?`,
			region,
			group.name,
			this.oldest(group),
		)!.bytes;
	}

	/** Deletes what a group's retention no longer keeps. Nobody is shown it before either. */
	expire(group: LogGroup): void {
		const { db, region } = this.#account;
		if (group.retention === undefined) return;
		db.run('DELETE FROM log_events WHERE region = ? AND grp = ? AND time < ?', region, group.name, this.oldest(group));
	}

	/** The time of the oldest event that a group's retention keeps; account time, ms. */
	oldest({ retention }: LogGroup): number {
		return retention === undefined ? 0 : this.#account.clock.now() - retention * 86_400_000;
	}
}
