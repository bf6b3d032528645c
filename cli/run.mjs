/**
 * What `npm run <command>` starts. It runs on the Node of the machine (20 or newer) with nothing installed: it installs
 * what is missing, and hands over to the Node that the repository pins.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const WANTED = 24;
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const major = Number(process.versions.node.split('.')[0]);

const [command] = process.argv.slice(2);
const needsTests =
	command === 'test' || command === 'bench' || (command === 'prove' && process.argv.includes('--record'));

if (major < 20) {
	stop(
		`This is Node ${process.versions.node}, and Slipway begins with Node 20 or newer (it brings its own Node 24).`,
		'Install a current Node from https://nodejs.org/en/download, then say it again.',
	);
} else {
	const { install } = await import('./install.mjs');
	const problem = await install(root, { tests: needsTests });
	if (problem) stop(problem.message, problem.hint, problem.code);
	else await handOver();
}

async function handOver() {
	const main = join(root, 'cli', 'main.ts');
	const cache = compileCache();
	if (major === WANTED) return here(main, cache);
	const pinned = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
	if (existsSync(pinned) && pinnedMajor() === WANTED) return there(pinned, main, cache);
	if (major > WANTED) return here(main, cache);
	stop(
		`This is Node ${process.versions.node}, and the Node ${WANTED} that comes with the repository was not installed: npm has no build of it for ${process.platform} ${process.arch}, or may not run its install script.`,
		`Run \`npm rebuild node\`; where that does not help, install Node ${WANTED} from https://nodejs.org/en/download.`,
	);
}

/** The right Node already: no second process. */
async function here(main, cache) {
	const { enableCompileCache } = await import('node:module');
	if (cache) enableCompileCache?.(cache);
	await import(pathToFileURL(main).href);
}

/** The same arguments, streams, signals and exit code, under the pinned Node. */
function there(node, main, cache) {
	const child = spawn(node, [main, ...process.argv.slice(2)], {
		stdio: 'inherit',
		env: { ...process.env, ...(cache && { NODE_COMPILE_CACHE: cache }), SLIPWAY_HANDED_OVER: '1' },
	});
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT']) {
		process.on(signal, () => {
			// A terminal sends Ctrl-C and Ctrl-\ to the whole group: the child has it already.
			const fromTerminal = process.stdin.isTTY && (signal === 'SIGINT' || signal === 'SIGQUIT');
			if (!fromTerminal) child.kill(signal);
		});
	}
	child.on('error', (error) => stop(`${node} cannot be run: ${error.message}.`, 'Run `npm ci`.'));
	child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
}

function pinnedMajor() {
	try {
		return Number(
			JSON.parse(readFileSync(join(root, 'node_modules', 'node', 'package.json'), 'utf8')).version.split('.')[0],
		);
	} catch {
		return undefined;
	}
}

/** Compiled code is kept between commands: a third of the start of each. Without a place to keep it, it is just slower. */
function compileCache() {
	const folder = join(process.env.SLIPWAY_STATE ?? join(root, '.slipway'), 'compiled');
	try {
		mkdirSync(folder, { recursive: true });
		return folder;
	} catch {
		return undefined;
	}
}

function stop(message, hint, code = 1) {
	process.stderr.write(`${message}\n${hint}\n`);
	process.exitCode = code;
}
