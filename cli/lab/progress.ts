import { join } from 'node:path';
import { stateFolder } from '../../lib/paths.ts';
import type { Target } from '../../lib/target.ts';
import { begin, type Progress, readProgress, writeProgress } from '../../validators/progress.ts';
import { practiceFolder } from '../practice-file.ts';

/** Where the record of a lab is: with its practice account, so that snapshots move both, or beside the others of aws. */
export function progressFile(target: Target, slug: string): string {
	const folder =
		target.kind === 'practice' ? join(practiceFolder(), 'accounts', target.account) : join(stateFolder(), 'aws', slug);
	return join(folder, 'progress.json');
}

/** Changes the record; one that is missing begins now. */
export async function changeProgress(
	target: Target,
	slug: string,
	change: (progress: Progress) => Progress,
): Promise<Progress> {
	const file = progressFile(target, slug);
	const next = change((await readProgress(file)) ?? begin(slug));
	await writeProgress(file, next);
	return next;
}
