/**
 * The practice process: opens the port and says where it is. Started detached by whichever command needs it; tells the
 * starter over IPC when it listens. What it prints goes to the log.
 */

import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { openPractice } from '../practice/practice.ts';
import { writeJson } from './files.ts';
import { currentVersion, type PracticeProcess, practiceFile, practiceFolder } from './practice-file.ts';

/** How long a stop waits for requests in flight, in ms. */
const patience = 2_000;

const { values } = parseArgs({ options: { port: { type: 'string', default: '0' } } });
const token = randomBytes(24).toString('base64url');
const version = currentVersion();

mkdirSync(practiceFolder(), { recursive: true, mode: 0o700 });
const practice = openPractice({
	folder: practiceFolder(),
	token,
	version,
	stop: () => setImmediate(stop),
	onBug: (error, what) => log(`A bug at ${what}: ${error instanceof Error ? error.stack : String(error)}`),
});
const server = createServer(practice.listener);
// Clients keep their connections; one that is closed under a client's hands costs it a retry.
server.keepAliveTimeout = 75_000;
server.requestTimeout = 0;

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop);
// The starter may be gone, and its terminal with it.
process.on('SIGHUP', () => {});
process.on('disconnect', () => {});

await listen(server, Number(values.port));
const { port } = server.address() as AddressInfo;
practice.listening(`http://127.0.0.1:${port}`);
const self: PracticeProcess = { pid: process.pid, port, token, startedAt: new Date().toISOString(), version };
writeJson(practiceFile(), self);
log(`Listening on http://127.0.0.1:${port}, version ${version}.`);
if (process.connected) {
	process.send?.(self);
	process.disconnect();
}

/** Listens on the port of last time, so that URLs stay true; on another where somebody took it. */
async function listen(on: Server, wanted: number): Promise<void> {
	const attempt = (at: number) =>
		new Promise<void>((done, failed) => {
			on.once('error', failed);
			on.listen(at, '127.0.0.1', () => {
				on.off('error', failed);
				done();
			});
		});
	try {
		await attempt(wanted);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || wanted === 0) throw error;
		log(`Port ${wanted} is taken by another program; taking a free one. URLs that were handed out name the old one.`);
		await attempt(0);
	}
}

let stopping = false;
async function stop(): Promise<void> {
	if (stopping) return;
	stopping = true;
	log('Stopping.');
	server.close();
	server.closeIdleConnections();
	const timer = setTimeout(() => server.closeAllConnections(), patience);
	timer.unref();
	await practice.close();
	process.exit(0);
}

function log(text: string): void {
	process.stdout.write(`${new Date().toISOString()} ${text}\n`);
}
