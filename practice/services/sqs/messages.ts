import type { AccountInRegion } from '../../account/account.ts';

/** A message as it lies in its queue. Times are account time, ms. */
export interface Message {
	/** Its place in the queue. */
	id: number;
	queue: string;
	messageId: string;
	body: string;
	/** `MessageAttributes` as JSON, bytes in base64. */
	attributes: string | null;
	/** The X-Ray header, the one system attribute that a sender may set. */
	trace: string | null;
	sender: string;
	/** When it was first enqueued, from which its retention counts. */
	sent: number;
	/** When it can be received; in the future while it is delayed or in flight. */
	visible: number;
	received: number;
	firstReceived: number | null;
	/** The mark of the newest receipt handle; null when nobody has received it in this queue. */
	receipt: string | null;
	groupId: string | null;
	deduplicationId: string | null;
	sequence: string | null;
	/** The queue from which it came to a dead-letter queue: an ARN. */
	source: string | null;
}

export type NewMessage = Omit<Message, 'id' | 'received' | 'firstReceived' | 'receipt' | 'source'>;

/** The messages of all queues of a region: there may be many, so they have a table of their own. */
export class Messages {
	static tables =
		`CREATE TABLE IF NOT EXISTS sqs_messages (id INTEGER PRIMARY KEY AUTOINCREMENT, region TEXT, queue TEXT,
			messageId TEXT, body TEXT, attributes TEXT, trace TEXT, sender TEXT, sent INTEGER, visible INTEGER,
			received INTEGER DEFAULT 0, firstReceived INTEGER, receipt TEXT, groupId TEXT, deduplicationId TEXT,
			sequence TEXT, source TEXT);` +
		'CREATE INDEX IF NOT EXISTS sqs_messages_visible ON sqs_messages (region, queue, visible);' +
		'CREATE INDEX IF NOT EXISTS sqs_messages_sent ON sqs_messages (region, queue, sent);' +
		'CREATE INDEX IF NOT EXISTS sqs_messages_queue ON sqs_messages (region, queue);' +
		`CREATE TABLE IF NOT EXISTS sqs_deduplications (region TEXT, queue TEXT, id TEXT, messageId TEXT, sequence TEXT,
			at INTEGER, PRIMARY KEY (region, queue, id)) WITHOUT ROWID`;
	readonly #account: AccountInRegion;

	constructor(account: AccountInRegion) {
		this.#account = account;
	}

	add(message: NewMessage): number {
		const { db, region } = this.#account;
		return db.run(
			`INSERT INTO sqs_messages (region, queue, messageId, body, attributes, trace, sender, sent, visible, groupId,
				deduplicationId, sequence) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			region,
			message.queue,
			message.messageId,
			message.body,
			message.attributes,
			message.trace,
			message.sender,
			message.sent,
			message.visible,
			message.groupId,
			message.deduplicationId,
			message.sequence,
		).id;
	}

	/** The greatest id that was ever given. */
	lastId(): number {
		return (
			this.#account.db.get<{ seq: number }>("SELECT seq FROM sqlite_sequence WHERE name = 'sqs_messages'")?.seq ?? 0
		);
	}

	get(id: number): Message | undefined {
		return this.#account.db.get<Message>(
			'SELECT * FROM sqs_messages WHERE id = ? AND region = ?',
			id,
			this.#account.region,
		);
	}

	/** Messages of a standard queue that can be received, those first that could be first. */
	ready(queue: string, limit: number): Message[] {
		const { db, region, clock } = this.#account;
		return db.all<Message>(
			'SELECT * FROM sqs_messages WHERE region = ? AND queue = ? AND visible <= ? ORDER BY visible, id LIMIT ?',
			region,
			queue,
			clock.now(),
			limit,
		);
	}

	/** The same for a FIFO queue: nothing of a group while an earlier message of it is in flight or delayed. */
	readyInOrder(queue: string, limit: number): Message[] {
		const { db, region, clock } = this.#account;
		const now = clock.now();
		return db.all<Message>(
			`WITH hidden AS MATERIALIZED (
				SELECT groupId, max(receipt IS NOT NULL) AS inFlight, min(id) AS first FROM sqs_messages
					WHERE region = ? AND queue = ? AND visible > ? GROUP BY groupId)
				SELECT m.* FROM sqs_messages AS m INDEXED BY sqs_messages_queue LEFT JOIN hidden USING (groupId)
					WHERE m.region = ? AND m.queue = ? AND m.visible <= ?
						AND (hidden.first IS NULL OR (NOT hidden.inFlight AND m.id < hidden.first))
					ORDER BY m.id LIMIT ?`,
			region,
			queue,
			now,
			region,
			queue,
			now,
			limit,
		);
	}

	/** When the next message of a queue comes into sight, if one is to. */
	nextVisible(queue: string): number | undefined {
		const { db, region, clock } = this.#account;
		const row = db.get<{ at: number | null }>(
			'SELECT min(visible) AS at FROM sqs_messages WHERE region = ? AND queue = ? AND visible > ?',
			region,
			queue,
			clock.now(),
		);
		return row?.at ?? undefined;
	}

	receive(message: Message, receipt: string, visible: number): Message {
		const received = message.received + 1;
		const firstReceived = message.firstReceived ?? this.#account.clock.now();
		this.#account.db.run(
			'UPDATE sqs_messages SET received = ?, firstReceived = ?, receipt = ?, visible = ? WHERE id = ?',
			received,
			firstReceived,
			receipt,
			visible,
			message.id,
		);
		return { ...message, received, firstReceived, receipt, visible };
	}

	hide(id: number, visible: number): void {
		this.#account.db.run('UPDATE sqs_messages SET visible = ? WHERE id = ?', visible, id);
	}

	delete(id: number): void {
		this.#account.db.run('DELETE FROM sqs_messages WHERE id = ?', id);
	}

	/** Moves a message to the end of another queue, ready to be received there. */
	move(message: Message, to: { queue: string; source: string | null; sent: number; sequence: string | null }): void {
		const { db, region, clock } = this.#account;
		this.delete(message.id);
		db.run(
			`INSERT INTO sqs_messages (region, queue, messageId, body, attributes, trace, sender, sent, visible, received,
				firstReceived, groupId, deduplicationId, sequence, source) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			region,
			to.queue,
			message.messageId,
			message.body,
			message.attributes,
			message.trace,
			message.sender,
			to.sent,
			clock.now(),
			to.source === null ? 0 : message.received,
			to.source === null ? null : message.firstReceived,
			message.groupId,
			message.deduplicationId,
			to.sequence,
			to.source,
		);
	}

	/** How many there are, without those past the queue's retention (seconds). */
	count(queue: string, retention: number): { visible: number; inFlight: number; delayed: number } {
		const { db, region, clock } = this.#account;
		const now = clock.now();
		const row = db.get<{ visible: number; inFlight: number; delayed: number }>(
			`SELECT count(*) FILTER (WHERE visible <= ?) AS visible,
				count(*) FILTER (WHERE visible > ? AND receipt IS NOT NULL) AS inFlight,
				count(*) FILTER (WHERE visible > ? AND receipt IS NULL) AS delayed
				FROM sqs_messages WHERE region = ? AND queue = ? AND sent > ?`,
			now,
			now,
			now,
			region,
			queue,
			now - retention * 1000,
		);
		return row!;
	}

	/** Deletes what is older than the queue's retention (seconds). */
	expire(queue: string, retention: number): void {
		const { db, region, clock } = this.#account;
		const until = clock.now() - retention * 1000;
		// A write wakes every long poll, so none without need.
		const old = db.get('SELECT 1 FROM sqs_messages WHERE region = ? AND queue = ? AND sent <= ?', region, queue, until);
		if (old) db.run('DELETE FROM sqs_messages WHERE region = ? AND queue = ? AND sent <= ?', region, queue, until);
	}

	/** Deletes every message of a queue. */
	purge(queue: string): void {
		this.#account.db.run('DELETE FROM sqs_messages WHERE region = ? AND queue = ?', this.#account.region, queue);
	}

	/** Deletes all that is known of a queue. */
	forget(queue: string): void {
		this.purge(queue);
		this.#account.db.run('DELETE FROM sqs_deduplications WHERE region = ? AND queue = ?', this.#account.region, queue);
	}

	/** What was sent with that deduplication id in the last five minutes. */
	duplicate(queue: string, id: string): { messageId: string; sequence: string } | undefined {
		const { db, region, clock } = this.#account;
		return db.get<{ messageId: string; sequence: string }>(
			'SELECT messageId, sequence FROM sqs_deduplications WHERE region = ? AND queue = ? AND id = ? AND at > ?',
			region,
			queue,
			id,
			clock.now() - 300_000,
		);
	}

	remember(queue: string, id: string, { messageId, sequence }: { messageId: string; sequence: string }): void {
		const { db, region, clock } = this.#account;
		db.run(
			'INSERT OR REPLACE INTO sqs_deduplications (region, queue, id, messageId, sequence, at) VALUES (?, ?, ?, ?, ?, ?)',
			region,
			queue,
			id,
			messageId,
			sequence,
			clock.now(),
		);
	}
}
