import type { Lab } from '../../labs/lab.ts';
import { workspaceFolder } from '../../lib/paths.ts';
import type { Target } from '../../lib/target.ts';
import { UserError } from '../../lib/user-error.ts';
import type { Check, Report } from '../../validators/check.ts';
import { labsWithChecks } from '../../validators/index.ts';
import { begin, type Progress, readProgress, remember, writeProgress } from '../../validators/progress.ts';
import { type ValidateOptions, validate } from '../../validators/run.ts';
import { openWorkspace } from '../../validators/workspace.ts';
import { progressFile } from './progress.ts';

/** The checks of a lab, in order. */
export async function checksOf(slug: string): Promise<readonly Check[]> {
	const load = labsWithChecks[slug];
	if (!load) throw new UserError(`The lab ${slug} has no checks.`, 'Add it to the list in validators/index.ts.');
	return (await load()).checks as readonly Check[];
}

/** Runs the checks and keeps what passed. */
export async function validateLab(
	lab: Lab,
	target: Target,
	options: Pick<ValidateOptions, 'step' | 'onResult' | 'session'> = {},
): Promise<{ report: Report; checks: readonly Check[]; progress: Progress }> {
	const file = progressFile(target, lab.slug);
	const [checks, before] = await Promise.all([checksOf(lab.slug), readProgress(file)]);
	const deployedAt = before?.deployedAt ? new Date(before.deployedAt) : undefined;
	const workspace = openWorkspace(workspaceFolder(lab.slug), deployedAt);
	const report = await validate({ ...options, lab, checks, target, progress: before, workspace });
	const progress = remember(before ?? begin(lab.slug), report, checks, lab);
	await writeProgress(file, progress);
	return { report, checks, progress };
}
