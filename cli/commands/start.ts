import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { root, stateFolder } from '../../lib/paths.ts';
import { exitCodes, UserError } from '../../lib/user-error.ts';
import { address, createCompanion } from '../../server/companion.ts';
import { output } from '../child.ts';
import { command, wrongUsage } from '../command.ts';
import { readJson, writeJson } from '../files.ts';
import { ensurePractice, runningPractice, stopPractice } from '../practice.ts';
import { during } from '../progress.ts';
import { createServices } from '../start/services.ts';
import { dist, ensureSite } from '../start/site.ts';
import { choice, targetOptions } from '../target.ts';
import { Interrupted, note, paint, say } from '../terminal.ts';

/** `npm start`: everything that the workshop needs, at one URL, until Ctrl-C. */
export const start = command({
	name: 'start',
	summary: 'open the workshop: site, practice account and terminal at one URL',
	usage: '[options]',
	words: 0,
	options: {
		port: { type: 'string', value: 'number', describe: "the site's port (default: that of last time)" },
		open: { type: 'boolean', describe: 'open it in the browser' },
		practice: { type: 'boolean', default: true, describe: '--no-practice does without the practice account' },
		'allow-host': {
			type: 'string',
			value: 'host',
			describe: 'one forwarded origin to answer for, as in a devcontainer',
		},
		...targetOptions,
	},
	examples: [
		['npm start', 'prints the address to open'],
		['npm start -- --port 8080 --open', 'at that port, and opens it'],
	],
	async run({ values }) {
		const wanted = portOf(values.port);
		const off = !values.practice;
		choice(values);
		const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
		await ensureSite();
		const already = off ? undefined : await runningPractice();
		if (!off && !already) await during('starting the practice account', () => ensurePractice());

		const allowHost = values['allow-host'];
		const companion = createCompanion({
			services: createServices({ version, values, off }),
			dist,
			...(allowHost && { allowHost }),
			report: (error) => note(error instanceof Error ? (error.stack ?? error.message) : String(error)),
		});
		const server = createServer((request, response) => companion.handle(request, response));
		server.on('upgrade', (request, socket, head) => companion.upgrade(request, socket, head));
		const port = await listen(server, wanted);
		writeJson(portFile(), { port });

		const url = address(companion, port);
		say(`The workshop is open: ${paint('bold', url)}`);
		note('Ctrl-C closes it; what you did is kept.');
		if (values.open) await openInBrowser(url);

		const signal = await ended();
		server.close();
		await companion.close();
		server.closeAllConnections();
		// One that was there before belongs to somebody else's terminal.
		if (!off && !already) await stopPractice();
		if (signal === 'SIGINT') throw new Interrupted();
		return exitCodes.done;
	},
});

const portFile = () => join(stateFolder(), 'companion.json');

function portOf(text: string | undefined): number | undefined {
	if (text === undefined) return undefined;
	const port = Number(text);
	if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
	throw wrongUsage(start, `${JSON.stringify(text)} is not a port.`);
}

/** The port that was asked for; else that of last time, so that bookmarks stay true; else a free one. */
async function listen(server: Server, wanted: number | undefined): Promise<number> {
	const attempts = wanted === undefined ? [readJson<{ port: number }>(portFile())?.port ?? 0, 0] : [wanted];
	for (const [index, attempt] of attempts.entries()) {
		try {
			await new Promise<void>((done, failed) => {
				server.once('error', failed);
				server.listen(attempt, '127.0.0.1', () => {
					server.off('error', failed);
					done();
				});
			});
			return (server.address() as AddressInfo).port;
		} catch (error) {
			const { code } = error as NodeJS.ErrnoException;
			if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
			if (index < attempts.length - 1) continue;
			throw new UserError(
				`Port ${attempt} ${code === 'EACCES' ? 'is reserved for the system' : 'is taken by another program'}.`,
				'Leave --port out to take a free one, or name another.',
			);
		}
	}
	throw new Error('no attempt');
}

/** Resolves at Ctrl-C or a polite end from outside. */
const ended = () =>
	new Promise<NodeJS.Signals>((done) => {
		for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, done);
	});

async function openInBrowser(url: string): Promise<void> {
	const opener = process.platform === 'darwin' ? 'open' : 'xdg-open';
	const opened = await output(opener, [url]);
	if (opened?.exit !== 0) note(`There is no browser to open from here (${opener}); open the address by hand.`);
}
