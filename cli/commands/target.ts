import { exitCodes } from '../../lib/user-error.ts';
import { identified } from '../aws/identity.ts';
import { command, wrongUsage } from '../command.ts';
import { header } from '../header.ts';
import { runningPractice } from '../practice.ts';
import { choice, getTarget, saveChoice, scratch, targetOptions } from '../target.ts';
import { note, say } from '../terminal.ts';

/** `npm run target`: shows the account that commands work on, or chooses it for those to come. */
export const target = command({
	name: 'target',
	summary: 'show or choose the account that commands work on',
	usage: '[practice|aws] [options]',
	options: { profile: targetOptions.profile, region: targetOptions.region },
	examples: [
		['npm run target', 'what it is now'],
		['npm run target -- aws --profile sandbox --region eu-west-1', 'a real account from now on'],
		['npm run target -- practice', 'the practice account again'],
	],
	async run({ values, words }) {
		const [kind] = words;
		if (kind !== undefined && kind !== 'practice' && kind !== 'aws') {
			throw wrongUsage(target, `There is no target ${JSON.stringify(kind)}.`, 'It is `practice` or `aws`.');
		}
		const chosen = choice({ ...values, ...(kind && { target: kind }) });
		if (kind) saveChoice(chosen);
		if (chosen.kind === 'practice') {
			// To look must not start a process.
			say(`practice account · ${chosen.region ?? 'us-east-1'}`);
			note((await runningPractice()) ? 'It is running.' : 'It starts with the first command that needs it.');
			return exitCodes.done;
		}
		const found = await getTarget({ ...values, target: 'aws' }, scratch);
		if (found.kind !== 'aws') return exitCodes.bug;
		// What was chosen stays chosen, whether or not its credentials are good today.
		const known = await identified(found);
		say(header(known));
		note(`You are ${known.arn}. Commands that write ask first; \`npm run target -- practice\` goes back.`);
		return exitCodes.done;
	},
});
