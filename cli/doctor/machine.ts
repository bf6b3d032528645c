import { constants } from 'node:fs';
import { access, readFile, statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { freemem, totalmem } from 'node:os';
import { join } from 'node:path';
import { root } from '../../lib/paths.ts';
import { output } from '../child.ts';
import type { Finding, Look } from './finding.ts';
import { compareVersions, findTool } from './tools.ts';

const gigabyte = 1024 ** 3;

/** Which Node runs our code, and which one the machine has. */
export const node: Look = async () => {
	const own = process.versions.node;
	const state = Number(own.split('.')[0]) >= 24 ? 'ready' : 'fix';
	return {
		what: 'Node',
		state,
		found: `${own}${process.execPath.startsWith(root) ? ', the one that comes with the repository' : ''}`,
		...(state === 'fix' && { next: '`npm rebuild node`, or install Node 24 from https://nodejs.org/en/download' }),
	};
};

/** Whether the repository's own folder can be written to: workspaces and practice accounts live there. */
export const folder: Look = async () => {
	try {
		await access(root, constants.W_OK);
	} catch {
		return {
			what: 'folder',
			state: 'admin',
			found: `${root} cannot be written to`,
			shareable: "the repository's folder cannot be written to",
			next: 'Clone the repository into your own home folder, or ask for the right to write there.',
		};
	}
	const wsl = await windowsDrive();
	if (wsl) {
		return {
			what: 'folder',
			state: 'fix',
			found: `${root} lies on a Windows drive, which is slow and blurs file permissions in WSL`,
			shareable: 'the repository lies on a Windows drive',
			next: 'Clone it inside WSL: `cd ~ && git clone …`.',
		};
	}
	return { what: 'folder', state: 'ready', found: `${root} can be written to`, shareable: 'can be written to' };
};

async function windowsDrive(): Promise<boolean> {
	if (!/^\/mnt\/[a-z]\//.test(root)) return false;
	return /microsoft/i.test(await readFile('/proc/version', 'utf8').catch(() => ''));
}

/** Git makes each workspace a repository. */
export const git: Look = async () => {
	const { version, install } = await findTool('git');
	if (!version) return { what: 'git', state: 'fix', found: 'not there', next: install };
	// `git init --initial-branch` came with 2.28.
	const enough = compareVersions(version, '2.28') >= 0;
	return {
		what: 'git',
		state: enough ? 'ready' : 'fix',
		found: version,
		...(!enough && { next: `It should be 2.28 or newer: ${install}` }),
	};
};

/** One that ignores AWS_ENDPOINT_URL would call real AWS with a lab's commands. */
export const awsCli: Look = async ({ lab }) => {
	const { version, install } = await findTool('aws');
	const wanted = lab?.tools?.find(({ name }) => name === 'aws');
	if (!version) {
		const needed = wanted !== undefined && !wanted.optional;
		return {
			what: 'AWS CLI',
			state: needed ? 'fix' : 'note',
			found: needed ? `not there, and ${lab!.slug} needs it` : 'not there; read-only commands have a twin on the page',
			next: install,
		};
	}
	const oldest = version.startsWith('1.') ? '1.29' : '2.13';
	if (compareVersions(version, oldest) < 0) {
		return {
			what: 'AWS CLI',
			state: 'fix',
			found: `${version} does not obey AWS_ENDPOINT_URL: a lab's command would go to real AWS`,
			next: `It should be ${oldest} or newer: ${install}`,
		};
	}
	return { what: 'AWS CLI', state: 'ready', found: version };
};

/** Whether a server may listen on this machine's own address. */
export const ports: Look = () =>
	new Promise((done) => {
		const server = createServer();
		server.once('error', (error: NodeJS.ErrnoException) =>
			done({
				what: 'ports',
				state: 'admin',
				found: `no server may listen on 127.0.0.1 (${error.code})`,
				next: 'Something forbids it: a security program, or a container without a network. Whoever runs this machine can allow it.',
			}),
		);
		server.listen(0, '127.0.0.1', () =>
			server.close(() => done({ what: 'ports', state: 'ready', found: '127.0.0.1 can be listened on' })),
		);
	});

export const disk: Look = async () => {
	const { bavail, bsize } = await statfs(root);
	const free = (bavail * bsize) / gigabyte;
	const found = `${free.toFixed(1)} GB free`;
	if (free < 1) return { what: 'disk', state: 'fix', found, next: 'Make room: labs want 2 GB.' };
	return { what: 'disk', state: free < 2 ? 'note' : 'ready', found: free < 2 ? `${found}, which is little` : found };
};

export const memory: Look = async () => {
	const total = totalmem() / gigabyte;
	const found = `${total.toFixed(1)} GB, ${(freemem() / gigabyte).toFixed(1)} GB of it free`;
	return {
		what: 'memory',
		state: total < 3 ? 'note' : 'ready',
		found: total < 3 ? `${found}; close what you do not need while the site is built` : found,
	};
};

/** Docker or Podman, if one answers. Without it the built-in runtime does. */
export const containers: Look = async ({ lab }) => {
	const found = await engine();
	if (found.state === 'ready') return found;
	const needed = lab?.tools?.some(({ name, optional }) => name === 'docker' && !optional);
	return needed ? { ...found, state: 'fix', next: (await findTool('docker')).install } : found;
};

async function engine(): Promise<Finding> {
	for (const name of ['docker', 'podman']) {
		const said = await output(name, [
			'info',
			'--format',
			name === 'docker' ? '{{.ServerVersion}}' : '{{.Version.Version}}',
		]);
		if (said?.exit === 0 && /^\d/.test(said.text.trim())) {
			return { what: 'containers', state: 'ready', found: `${name} ${said.text.trim().split('\n')[0]}` };
		}
		if (said)
			return {
				what: 'containers',
				state: 'note',
				found: `${name} is installed and its engine does not answer; the built-in runtime will do`,
			};
	}
	return { what: 'containers', state: 'note', found: 'none; the built-in runtime will do' };
}

/** What else the named lab wants. */
export const labTools: Look = async ({ lab }) => {
	const others = lab?.tools?.filter(({ name }) => !['aws', 'git', 'docker'].includes(name)) ?? [];
	return Promise.all(
		others.map(async ({ name, atLeast, optional }): Promise<Finding> => {
			const { version, enough, install } = await findTool(name, atLeast);
			if (enough) return { what: name, state: 'ready', found: version! };
			return {
				what: name,
				state: optional ? 'note' : 'fix',
				found: version ? `${version}, older than ${atLeast}` : 'not there',
				next: install,
			};
		}),
	);
};

/** The version of the repository, for the block to paste. */
export async function repository(): Promise<string> {
	const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
	const commit = await output('git', ['rev-parse', '--short', 'HEAD'], { cwd: root });
	return commit?.exit === 0 ? `${version} (${commit.text.trim()})` : version;
}
