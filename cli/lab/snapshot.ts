import { workspaceFolder } from '../../lib/paths.ts';
import type { Target } from '../../lib/target.ts';
import { UserError } from '../../lib/user-error.ts';
import { ensurePractice, type Snapshot } from '../practice.ts';
import { bringBack, keep } from './git.ts';
import { isPrepared } from './workspace.ts';

/** The snapshot that `--undo` goes back to. */
export const beforeLastChange = 'before-the-last-change';

/** Saves the account and the workspace's files under one name. `why` is what `--undo` will say it undid. */
export async function save(slug: string, name: string, why?: string): Promise<void> {
	const practice = await ensurePractice();
	const commit = isPrepared(slug) ? await keep(workspaceFolder(slug), `Snapshot ${name}`) : undefined;
	await practice.save(slug, { name, ...(commit && { commit }), ...(why && { note: why }) });
}

/** Set in the shell of a command that does several changes as one, which `--undo` takes back as one. */
export const asOneChange = { SLIPWAY_ONE_CHANGE: '1' };

/** Before a command that changes the account: on practice, what it changes can be undone. On aws nothing can. */
export async function saveBefore(target: Target, slug: string, why: string): Promise<void> {
	if (target.kind === 'aws' || process.env['SLIPWAY_ONE_CHANGE']) return;
	await save(slug, beforeLastChange, why);
}

/** Brings back account and files together. */
export async function restore(slug: string, name: string): Promise<Snapshot> {
	const practice = await ensurePractice();
	const snapshots = await practice.snapshots(slug);
	if (!snapshots.some((snapshot) => snapshot.name === name)) {
		const names = snapshots.map((snapshot) => snapshot.name);
		throw new UserError(
			`${slug} has no snapshot ${JSON.stringify(name)}.`,
			names.length > 0
				? `There are: ${names.join(', ')}.`
				: `Save one with \`npm run practice -- save NAME --lab ${slug}\`.`,
		);
	}
	const snapshot = await practice.restore(slug, name);
	if (snapshot.commit && isPrepared(slug)) await bringBack(workspaceFolder(slug), snapshot.commit);
	return snapshot;
}
