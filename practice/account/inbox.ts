import type { AccountInRegion } from './account.ts';

export interface Mail {
	/** Account time, ms. */
	at: number;
	to: string;
	subject: string;
	body: string;
}

/** E-mail that the account's services sent. It goes nowhere; the page shows it. */
export class Inbox {
	static tables =
		'CREATE TABLE IF NOT EXISTS mails (id INTEGER PRIMARY KEY AUTOINCREMENT, sent INTEGER, recipient TEXT, subject TEXT, body TEXT)';
	readonly #account: AccountInRegion;

	constructor(account: AccountInRegion) {
		this.#account = account;
	}

	deliver(mail: Omit<Mail, 'at'>): void {
		const { db, clock } = this.#account;
		db.run(
			'INSERT INTO mails (sent, recipient, subject, body) VALUES (?, ?, ?, ?)',
			clock.now(),
			mail.to,
			mail.subject,
			mail.body,
		);
	}

	/** The newest hundred, newest first. */
	list(): Mail[] {
		return this.#account.db
			.all<{ sent: number; recipient: string; subject: string; body: string }>(
				'SELECT * FROM mails ORDER BY id DESC LIMIT 100',
			)
			.map(({ sent, recipient, subject, body }) => ({ at: sent, to: recipient, subject, body }));
	}
}
