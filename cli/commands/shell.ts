import { shellStart } from '../../server/terminal/bash.ts';
import { runHere } from '../child.ts';
import { command } from '../command.ts';
import { showHeader } from '../header.ts';
import { preparedWorkspace } from '../lab/workspace.ts';
import { meantLab, rememberLab } from '../labs.ts';
import { getTarget, targetOptions } from '../target.ts';

/** `npm run shell`: bash in the workspace with the target's environment, as in the page's terminal. */
export const shell = command({
	name: 'shell',
	summary: "your shell in a lab's workspace, pointed at its account",
	usage: '[lab] [options]',
	options: targetOptions,
	examples: [['npm run shell -- get-ready', 'then `aws sqs list-queues` asks the practice account; `exit` leaves']],
	async run({ values, words }) {
		const lab = meantLab(words[0]);
		const workspace = preparedWorkspace(lab.slug);
		const target = await getTarget(values, lab.slug);
		showHeader(target, lab.slug);
		rememberLab(lab.slug);
		const { file, args, cwd, env } = shellStart(lab.slug, workspace, target);
		// The learner's terminal knows its own name better than the page's does.
		return runHere(file, args, { cwd, env: { ...env, TERM: process.env['TERM'] ?? env['TERM'] } });
	},
});
