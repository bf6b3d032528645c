import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Account } from './account/account.ts';
import { openPractice, type Practice } from './practice.ts';

/** A practice account for a test: a real server on a port of its own, with one account, removed afterwards. */
export interface TestPractice extends AsyncDisposable {
	practice: Practice;
	account: Account;
	endpoint: string;
	token: string;
	credentials: { accessKeyId: string; secretAccessKey: string };
	/** Options for an SDK client: `new SQS(client)`. */
	client: { region: string; endpoint: string; credentials: { accessKeyId: string; secretAccessKey: string } };
	/** Environment for the AWS CLI and the CDK CLI. */
	env: Record<string, string>;
	/** Bugs that were told while it ran. A test that expects none need not look: closing throws the first. */
	bugs: unknown[];
	close(): Promise<void>;
}

export async function testPractice({
	name = 'test',
	folder,
}: {
	name?: string;
	folder?: string;
} = {}): Promise<TestPractice> {
	const home = folder ?? mkdtempSync(join(tmpdir(), 'practice-'));
	const bugs: unknown[] = [];
	const practice = openPractice({
		folder: home,
		token: 'token',
		version: 'test',
		stop: () => {},
		strict: true,
		onBug: (error, what) => bugs.push(new Error(`A bug at ${what}`, { cause: error })),
	});
	const server = createServer(practice.listener);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	practice.listening(endpoint);
	const { card } = practice.accounts.ensure(name);
	const credentials = {
		accessKeyId: card.administrator.accessKeyId,
		secretAccessKey: card.administrator.secretAccessKey,
	};
	const close = async () => {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
		await practice.close();
		if (!folder) rmSync(home, { recursive: true, force: true });
		if (bugs.length > 0) throw bugs[0];
	};
	return {
		practice,
		account: practice.accounts.find(card.id)!,
		endpoint,
		token: 'token',
		credentials,
		client: { region: 'us-east-1', endpoint, credentials },
		env: {
			AWS_ENDPOINT_URL: endpoint,
			AWS_ACCESS_KEY_ID: credentials.accessKeyId,
			AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
			AWS_REGION: 'us-east-1',
			AWS_DEFAULT_REGION: 'us-east-1',
			AWS_PAGER: '',
			AWS_CONFIG_FILE: join(home, 'none'),
			AWS_SHARED_CREDENTIALS_FILE: join(home, 'none'),
			AWS_EC2_METADATA_DISABLED: 'true',
		},
		bugs,
		close,
		[Symbol.asyncDispose]: close,
	};
}
