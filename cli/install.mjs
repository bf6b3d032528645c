/** Installs the packages that are missing. Plain JavaScript on Node 20: it runs before anything is there. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Returns nothing when all packages are there (now), else what went wrong and what to do.
 * `tests` asks for the packages that only tests and benchmarks need, too.
 * @param {string} root
 * @param {{ tests?: boolean, npm?: string[], log?: (text: string) => void }} options
 * @returns {Promise<{ message: string, hint: string, code: number } | undefined>}
 */
export async function install(
	root,
	{ tests = false, npm = npmCommand(), log = (text) => process.stderr.write(text) } = {},
) {
	const lock = read(join(root, 'package-lock.json'));
	if (!lock) {
		return {
			message: `There is no package-lock.json in ${root}.`,
			hint: 'Clone the repository again, or `git checkout package-lock.json`.',
			code: 1,
		};
	}
	const hash = createHash('sha256').update(lock).digest('hex');
	const stampFile = join(root, 'node_modules', '.slipway-installed.json');
	if (enough(read(stampFile), hash, tests)) return undefined;

	// Somebody may have run `npm ci` by hand: then everything is there, and only our stamp is missing.
	if (alreadyThere(root, JSON.parse(lock), tests)) {
		stamp(stampFile, hash, tests || alreadyThere(root, JSON.parse(lock), true));
		return undefined;
	}
	const release = await soleInstaller(root, log);
	try {
		if (enough(read(stampFile), hash, tests)) return undefined;
		const problem = await npmCi(root, { tests, npm, log });
		if (!problem) stamp(stampFile, hash, tests);
		return problem;
	} finally {
		release();
	}
}

const enough = (text, hash, tests) => {
	if (!text) return false;
	const done = JSON.parse(text);
	return done.lock === hash && (done.tests || !tests);
};

function stamp(file, hash, tests) {
	try {
		writeFileSync(file, `${JSON.stringify({ lock: hash, tests })}\n`);
	} catch {
		// A read-only tree: the next command looks again, which costs it some milliseconds.
	}
}

/** Whether npm's own record of what it installed has every package that the lock file asks for, in its version. */
function alreadyThere(root, lock, tests) {
	const record = read(join(root, 'node_modules', '.package-lock.json'));
	if (!record) return false;
	const installed = JSON.parse(record).packages;
	return Object.entries(lock.packages).every(
		([path, entry]) =>
			path === '' ||
			entry.optional ||
			entry.devOptional ||
			(entry.dev && !tests) ||
			installed[path]?.version === entry.version,
	);
}

async function npmCi(root, { tests, npm, log }) {
	const before = Date.now();
	const wanted = tests ? 'Installing packages, those for tests included' : 'Installing packages';
	log(`${wanted}: about 350 MB the first time, half a minute to a few minutes.\n`);
	const [program, ...first] = npm;
	const args = [
		...first,
		'ci',
		...(tests ? [] : ['--omit=dev']),
		'--no-audit',
		'--no-fund',
		'--loglevel=error',
		'--no-progress',
	];
	const said = [];
	const ticker = setInterval(() => showProgress(root, before, log), process.stderr.isTTY ? 1_000 : 10_000);
	const exit = await new Promise((done) => {
		const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
		for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => said.push(chunk));
		child.on('error', (error) => done(error));
		child.on('close', (code, signal) => done(code ?? signal));
	});
	clearInterval(ticker);
	if (process.stderr.isTTY) log('\r\x1b[K');
	if (exit === 0) {
		log(`Installed in ${Math.round((Date.now() - before) / 1000)} s.\n`);
		return undefined;
	}
	return explain(exit, Buffer.concat(said).toString(), program);
}

function showProgress(root, since, log) {
	const seconds = Math.round((Date.now() - since) / 1000);
	const line = `  ${seconds} s, ${countPackages(join(root, 'node_modules'))} packages unpacked`;
	log(process.stderr.isTTY ? `\r\x1b[K${line}` : `${line}\n`);
}

function countPackages(folder) {
	let count = 0;
	for (const name of list(folder)) {
		if (name.startsWith('@')) count += list(join(folder, name)).length;
		else if (!name.startsWith('.')) count++;
	}
	return count;
}

/** npm's failure as two sentences. Its own last lines follow, since a proxy or a registry may say more there. */
function explain(exit, output, program) {
	const tail = output.trim().split('\n').slice(-12).join('\n');
	const said = tail && `\n\nnpm said:\n${tail}`;
	if (exit instanceof Error) {
		return {
			message: `\`${program}\` cannot be run: ${exit.message}.`,
			hint: 'Install Node with npm from https://nodejs.org/en/download, then say it again.',
			code: 1,
		};
	}
	const [, cause] = causes.find(([pattern]) => pattern.test(output)) ?? [
		undefined,
		{ message: `npm ci ended with ${exit}.`, hint: 'Its last lines are below; `npm ci` by hand shows all of them.' },
	];
	return { message: cause.message, hint: `${cause.hint}${said}`, code: 1 };
}

const causes = [
	[
		/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|network/i,
		{
			message: 'npm did not reach its registry.',
			hint: 'Check the network, and behind a proxy `npm config get proxy https-proxy registry`; then say it again: what was downloaded is kept.',
		},
	],
	[
		/SELF_SIGNED_CERT|UNABLE_TO_VERIFY_LEAF|UNABLE_TO_GET_ISSUER|CERT_/,
		{
			message:
				'npm does not trust the certificate that its registry showed, as behind a proxy that opens encrypted traffic.',
			hint: "Set NODE_EXTRA_CA_CERTS to your organisation's certificate file; whoever runs the network has it.",
		},
	],
	[/ENOSPC/, { message: 'The disk is full.', hint: 'Slipway wants 2 GB free; make room, then say it again.' }],
	[
		/EACCES|EPERM/,
		{
			message: 'npm may not write into node_modules.',
			hint: 'An earlier `sudo npm` may own it: remove node_modules (as its owner), then say it again without sudo.',
		},
	],
	[
		/EUSAGE|in sync/,
		{
			message: 'package.json and package-lock.json disagree.',
			hint: '`git checkout package.json package-lock.json` brings back a pair that agrees.',
		},
	],
	[
		/EBADENGINE|engine/i,
		{
			message: 'npm refused this version of Node.',
			hint: 'Install Node 20 or newer from https://nodejs.org/en/download.',
		},
	],
];

/** Two commands at once: the second waits for the first. Returns what ends the claim. */
async function soleInstaller(root, log) {
	const folder = join(root, '.slipway');
	const file = join(folder, 'install.pid');
	mkdirSync(folder, { recursive: true });
	for (let told = false; ; told = true) {
		try {
			const claim = openSync(file, 'wx');
			writeSync(claim, String(process.pid));
			closeSync(claim);
			return () => rmSync(file, { force: true });
		} catch (error) {
			if (error.code !== 'EEXIST') throw error;
			if (!alive(Number(read(file)))) {
				rmSync(file, { force: true });
				continue;
			}
			if (!told) log(`Another command is installing (process ${read(file)}); waiting for it.\n`);
			await new Promise((done) => setTimeout(done, 500));
		}
	}
}

function alive(pid) {
	if (!pid) return false;
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error.code === 'EPERM';
	}
}

/** The npm that started us, else the one on the path. */
function npmCommand() {
	const path = process.env.npm_execpath;
	return path?.endsWith('.js') ? [process.execPath, path] : ['npm'];
}

function read(file) {
	try {
		return readFileSync(file, 'utf8');
	} catch {
		return undefined;
	}
}

function list(folder) {
	try {
		return readdirSync(folder);
	} catch {
		return [];
	}
}
