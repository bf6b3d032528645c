import { exitCodes } from '../../lib/user-error.ts';
import { mayWrite, writeOptions } from '../aws/guard.ts';
import { command } from '../command.ts';
import { showHeader } from '../header.ts';
import { costNotice } from '../lab/cost.ts';
import { deployAndRemember } from '../lab/prepare.ts';
import { saveBefore } from '../lab/snapshot.ts';
import { preparedWorkspace } from '../lab/workspace.ts';
import { meantLab, rememberLab } from '../labs.ts';
import { getTarget, targetOptions } from '../target.ts';
import { note } from '../terminal.ts';

/** `npm run deploy`: `cdk deploy` of the workspace, with the cost shown first where it costs. */
export const deploy = command({
	name: 'deploy',
	summary: "deploy a lab's workspace",
	usage: '[lab] [options] [-- options of cdk deploy]',
	options: { ...targetOptions, ...writeOptions },
	examples: [
		['npm run deploy -- get-ready', 'every stack of the lab'],
		['npm run deploy -- get-ready -- --hotswap', 'what follows the second -- goes to cdk deploy'],
	],
	passesOn: true,
	async run({ values, words, rest }) {
		const lab = meantLab(words[0]);
		preparedWorkspace(lab.slug);
		const found = await getTarget(values, lab.slug);
		showHeader(found, lab.slug);
		const cost = costNotice(lab, found);
		if (cost) note(cost);
		const target = await mayWrite(found, `Deploy ${lab.stacks.join(', ')}`, values);
		rememberLab(lab.slug);
		await saveBefore(target, lab.slug, 'deploy');
		const exit = await deployAndRemember(lab, target, rest);
		return exit === 0 ? exitCodes.done : exitCodes.notDone;
	},
});
