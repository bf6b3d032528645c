import type { RequestListener } from 'node:http';
import { Accounts } from './accounts.ts';
import { control } from './gateway/control.ts';
import { gateway } from './gateway/gateway.ts';
import { listener } from './gateway/http.ts';
import { loadService } from './services/index.ts';

/** The practice accounts of one installation, ready to be put behind a port. */
export interface Practice {
	accounts: Accounts;
	/** For `http.createServer`. Tell `listen` the address first. */
	listener: RequestListener;
	/** Says where the listener is reached, `http://127.0.0.1:<port>`, and goes on with work in progress. */
	listening(endpoint: string): void;
	close(): Promise<void>;
}

export interface PracticeOptions {
	/** Holds accounts and snapshots. */
	folder: string;
	/** What the control API demands. */
	token: string;
	version: string;
	stop(): void;
	/** Our own bugs. */
	onBug(error: unknown, what: string): void;
	/** Refuse to answer members that a schema lacks. */
	strict?: boolean;
}

export function openPractice({ folder, token, version, stop, onBug, strict }: PracticeOptions): Practice {
	const accounts = new Accounts({
		folder,
		onError: onBug,
		async worker(account, { kind }) {
			const [name = '', work = ''] = kind.split(/\.(.*)/s);
			const worker = (await loadService(name))?.workers[work];
			if (!worker) throw new Error(`Nobody does the work "${kind}".`);
			return (job) =>
				worker(account.in(job.region), job, {
					endpoint: front.endpoint,
					bug: (error) => onBug(error, `work ${kind}`),
				});
		},
	});
	const front = gateway({ accounts, onBug, strict: strict ?? false });
	return {
		accounts,
		listener: listener(front, control({ accounts, token, version, stop })),
		listening(endpoint) {
			front.endpoint = endpoint;
			accounts.resume();
		},
		close: () => accounts.close(),
	};
}
