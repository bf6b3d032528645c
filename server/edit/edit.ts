import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parsePage } from '../../labs/page.ts';
import type { Edited } from '../../lib/companion-api.ts';
import { Refusal } from '../refusal.ts';
import { inside, read, writeWhole } from './file.ts';
import { merge } from './merge.ts';
import { unifiedDiff } from './unified-diff.ts';

/** An edit of a lab's page, and where its files are. */
export interface Wanted {
	/** `labs/<slug>` */
	lab: string;
	/** `workspace/<slug>` */
	workspace: string;
	/** The lab's steps in page order. */
	steps: readonly string[];
	step: string;
	file: string;
}

/** Makes the change that the page shows. The learner's own changes stay; where both meet, nothing is written. */
export async function edit({ lab, workspace, steps, step, file }: Wanted): Promise<Edited> {
	await onPage(lab, step, file);
	const wanted = await read(join(lab, 'solution', step, file));
	if (wanted === undefined) {
		throw new Refusal(
			500,
			`The page edits ${file} in step ${step}, but the lab has no solution/${step}/${file}.`,
			'The lab is incomplete: `npm run prove` would say so too. Edit the file by hand as the page describes.',
		);
	}
	const path = await inside(workspace, file);
	const [before, mine] = await Promise.all([previous(lab, steps, step, file), read(path)]);
	if (mine === wanted) return { file, outcome: 'already' };

	const merged =
		mine === before ? wanted : (mine !== undefined && before !== undefined && merge(before, mine, wanted)) || undefined;
	if (merged === undefined) return { file, outcome: 'differs', diff: unifiedDiff(file, mine, wanted) };
	if (merged === mine) return { file, outcome: 'already' };
	await writeWhole(path, merged);
	return { file, outcome: 'applied' };
}

/** Refuses a file that the page does not offer to change in that step. */
async function onPage(lab: string, step: string, file: string): Promise<void> {
	const { steps } = parsePage((await read(join(lab, 'index.mdx'))) ?? '');
	const acts = steps.find(({ id }) => id === step)?.acts;
	if (acts?.some((act) => act.kind === 'edit' && act.file === file)) return;
	throw new Refusal(
		404,
		acts ? `The step ${step} does not change ${file}.` : `The page has no step ${step}.`,
		'Reload the page: it may be older than the lab.',
	);
}

/** The file as it is before the step: of the newest earlier step that changes it, else of the starter. */
async function previous(
	lab: string,
	steps: readonly string[],
	step: string,
	file: string,
): Promise<string | undefined> {
	const earlier = steps.slice(0, steps.indexOf(step)).reverse();
	const folder = earlier.map((name) => join(lab, 'solution', name)).find((name) => existsSync(join(name, file)));
	return read(join(folder ?? join(lab, 'starter'), file));
}
