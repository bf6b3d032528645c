import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Lab } from '../../labs/lab.ts';
import type { Target } from '../../lib/target.ts';
import { exitCodes, UserError } from '../../lib/user-error.ts';
import { ensurePractice, type Snapshot } from '../practice.ts';
import { progressFile } from './progress.ts';
import { beforeLastChange, restore } from './snapshot.ts';
import { removeWorkspace } from './workspace.ts';

/** Forgets workspace, progress and, on practice, the account with its snapshots. A real account is cleaned up, not forgotten. */
export async function resetLab(lab: Lab, target: Target): Promise<void> {
	if (target.kind === 'practice') {
		const practice = await ensurePractice();
		// Their commits go with the workspace.
		for (const { name } of await practice.snapshots(lab.slug)) await practice.forget(lab.slug, name);
		await practice.reset(lab.slug);
	} else {
		rmSync(dirname(progressFile(target, lab.slug)), { recursive: true, force: true });
	}
	removeWorkspace(lab.slug);
}

/** Takes back the last command that changed the account. */
export async function undo(lab: Lab, target: Target): Promise<Snapshot> {
	if (target.kind === 'aws') {
		throw new UserError(
			'A real account cannot be taken back to an earlier time.',
			`Change the files back (\`git diff\` shows what you changed) and deploy, or begin again: \`npm run cleanup -- ${lab.slug}\`.`,
		);
	}
	const practice = await ensurePractice();
	const there = (await practice.snapshots(lab.slug)).some(({ name }) => name === beforeLastChange);
	if (!there) {
		throw new UserError(
			`No command has changed the account of ${lab.slug} yet.`,
			'--undo takes back the last deploy, clean-up or --goto.',
			{ exitCode: exitCodes.notDone },
		);
	}
	return restore(lab.slug, beforeLastChange);
}
