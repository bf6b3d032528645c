import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root, stateFolder } from '../lib/paths.ts';
import { alive, readJson } from './files.ts';

/** Where the practice process is to be found, as it writes it when it listens. */
export interface PracticeProcess {
	pid: number;
	port: number;
	/** Opens the control API. */
	token: string;
	/** ISO 8601. */
	startedAt: string;
	version: string;
}

export const practiceFolder = () => join(stateFolder(), 'practice');
export const practiceFile = () => join(practiceFolder(), 'process.json');
export const practiceLog = () => join(practiceFolder(), 'log');

/** What the file says, whether or not that process is still alive. Its port is the one to take again. */
export const lastPractice = () => readJson<PracticeProcess>(practiceFile());

/** The process that is alive, as far as the file and the system know. */
export function livePractice(): PracticeProcess | undefined {
	const last = lastPractice();
	return last && alive(last.pid) ? last : undefined;
}

/** Two starters at once would make two processes over one store. */
export const practiceLock = () => join(practiceFolder(), 'start.lock');

/**
 * The version of the code as it lies on the disk: Slipway's, and a mark of the practice account's files. A process of
 * another version runs code that was changed since, by `git pull` as a rule.
 */
export function currentVersion(): string {
	const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
	const hash = createHash('sha256');
	for (const folder of ['practice', 'lib']) {
		for (const entry of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).sort()) {
			if (!/\.(ts|json)$/.test(entry) || entry.endsWith('.test.ts')) continue;
			const { size, mtimeMs } = statSync(join(root, folder, entry));
			hash.update(`${entry} ${size} ${mtimeMs}\n`);
		}
	}
	return `${version}+${hash.digest('hex').slice(0, 8)}`;
}
