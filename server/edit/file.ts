import { randomUUID } from 'node:crypto';
import { mkdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { Refusal } from '../refusal.ts';

/** The text of a file, or undefined where there is none. */
export async function read(file: string): Promise<string | undefined> {
	try {
		return await readFile(file, 'utf8');
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
		throw error;
	}
}

/** The path of `file` in `folder`, once it is sure that nothing on the way leads out of it. */
export async function inside(folder: string, file: string): Promise<string> {
	const root = await realpath(folder);
	const path = resolve(root, file);
	let existing = path;
	// The deepest part that is there tells where links lead.
	for (;;) {
		const real = await realpath(existing).catch(() => undefined);
		if (real === undefined) {
			existing = dirname(existing);
			continue;
		}
		if (path.startsWith(root + sep) && real === existing) return path;
		throw new Refusal(
			403,
			`${file} does not lie in the workspace, or a link leads there.`,
			'Replace the link by a real file; edits are written to the workspace only.',
		);
	}
}

/** Writes the whole file or nothing, and keeps its mode. */
export async function writeWhole(path: string, text: string): Promise<void> {
	const mode = (await stat(path).catch(() => undefined))?.mode;
	await mkdir(dirname(path), { recursive: true });
	const draft = join(dirname(path), `.slipway-${randomUUID()}`);
	try {
		await writeFile(draft, text, { flag: 'wx', ...(mode !== undefined && { mode }) });
		await rename(draft, path);
	} catch (error) {
		await rm(draft, { force: true });
		throw error;
	}
}
