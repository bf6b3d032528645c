import { closeSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/** The JSON in a file, or undefined where there is none or it was torn. */
export function readJson<T>(file: string): T | undefined {
	try {
		return JSON.parse(readFileSync(file, 'utf8')) as T;
	} catch (error) {
		if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
		throw error;
	}
}

/** Replaces a file in one move, so that no reader sees half of it. Only its owner may read it. */
export function writeJson(file: string, value: unknown): void {
	mkdirSync(dirname(file), { recursive: true });
	const next = `${file}.${process.pid}`;
	writeFileSync(next, `${JSON.stringify(value, undefined, '\t')}\n`, { mode: 0o600 });
	renameSync(next, file);
}

/** Whether a process by that id is there. */
export function alive(pid: number | undefined): boolean {
	if (!pid || pid < 1) return false;
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}

/** Runs `work` while no other process runs work under the same file. A claim whose process is gone does not count. */
export async function alone<T>(file: string, work: () => Promise<T>): Promise<T> {
	mkdirSync(dirname(file), { recursive: true });
	while (!claim(file)) {
		if (!alive(owner(file))) rmSync(file, { force: true });
		else await setTimeout(50);
	}
	try {
		return await work();
	} finally {
		rmSync(file, { force: true });
	}
}

function claim(file: string): boolean {
	try {
		const handle = openSync(file, 'wx');
		writeFileSync(handle, String(process.pid));
		closeSync(handle);
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
		throw error;
	}
}

function owner(file: string): number | undefined {
	try {
		const text = readFileSync(file, 'utf8');
		// Between being made and being written it is empty: somebody has it.
		return text === '' ? process.pid : Number(text);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
		throw error;
	}
}
