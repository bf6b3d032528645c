import { join } from 'node:path';
import { stateFolder } from '../lib/paths.ts';
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
