import { exitCodes } from '../../lib/user-error.ts';
import { readProgress } from '../../validators/progress.ts';
import { mayWrite, writeOptions } from '../aws/guard.ts';
import { looking } from '../aws/identity.ts';
import { cleanUp, planCleanup } from '../cleanup/cleanup.ts';
import { planLines, receiptLines } from '../cleanup/receipt.ts';
import { command } from '../command.ts';
import { showHeader } from '../header.ts';
import { progressFile } from '../lab/progress.ts';
import { saveBefore } from '../lab/snapshot.ts';
import { meantLab } from '../labs.ts';
import { during } from '../progress.ts';
import { getTarget, targetOptions } from '../target.ts';
import { note, paint, say } from '../terminal.ts';

/** `npm run cleanup`: clears a lab away, then proves that nothing is left. */
export const cleanup = command({
	name: 'cleanup',
	summary: 'clear a lab away, and prove that nothing is left',
	usage: '[lab] [options]',
	options: { json: { type: 'boolean', describe: 'the receipt as JSON' }, ...targetOptions, ...writeOptions },
	examples: [['npm run cleanup -- get-ready', 'empties buckets, destroys stacks, and looks again']],
	async run({ values, words }) {
		const lab = meantLab(words[0]);
		const found = await getTarget(values, lab.slug);
		showHeader(found, lab.slug);
		const plan = await during('looking what there is', () => looking(found, () => planCleanup(lab, found)));
		if (plan.stacks.length > 0)
			note(['This is about to go:', ...planLines(plan).map((line) => `  ${line}`)].join('\n'));
		const target = plan.stacks.length > 0 ? await mayWrite(found, 'Remove all of this', values) : found;
		if (plan.stacks.length > 0) await saveBefore(target, lab.slug, 'cleanup');
		const progress = await readProgress(progressFile(target, lab.slug));
		const receipt = await during('cleaning up', (told) => cleanUp(lab, target, plan, progress?.baseline, told));
		const clean = receipt.left.length === 0 && receipt.before !== undefined;
		if (values.json) say(JSON.stringify({ lab: lab.slug, clean, ...receipt }, undefined, '\t'));
		else {
			for (const line of receiptLines(receipt)) say(line);
			say(
				clean
					? paint('green', `✓ The account is as it was before ${lab.slug}.`)
					: paint('red', '✗ The account is not as it was.'),
			);
		}
		if (receipt.left.length > 0) return exitCodes.notDone;
		return receipt.before === undefined ? exitCodes.blocked : exitCodes.done;
	},
});
