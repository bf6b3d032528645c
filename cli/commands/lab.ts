import { exitCodes } from '../../lib/user-error.ts';
import { writeOptions } from '../aws/guard.ts';
import { command, wrongUsage } from '../command.ts';
import { inWords } from '../duration.ts';
import { showHeader } from '../header.ts';
import { mayReset } from '../lab/forget.ts';
import { goTo } from '../lab/go-to.ts';
import { prepareLab } from '../lab/prepare.ts';
import { resetLab, undo } from '../lab/reset.ts';
import { meantLab } from '../labs.ts';
import { during } from '../progress.ts';
import { getTarget, targetOptions } from '../target.ts';
import { say } from '../terminal.ts';

/** `npm run lab`: everything that a lab needs before its first step. */
export const lab = command({
	name: 'lab',
	summary: 'prepare your copy of a lab',
	usage: '[lab] [options]',
	options: {
		reset: { type: 'boolean', describe: 'begin again: asks, and says what is lost' },
		goto: { type: 'string', value: 'step', describe: "be at the start of that step, by the page's own commands" },
		undo: { type: 'boolean', describe: 'take back the last command that changed the account, files included' },
		...targetOptions,
		...writeOptions,
	},
	examples: [
		['npm run lab -- get-ready', 'copies the starter to workspace/get-ready'],
		['npm run lab -- get-ready --goto repair', 'does the steps before it, as the page prints them'],
		['npm run lab -- get-ready --undo', 'account and files as before the last deploy or cleanup'],
	],
	async run({ values, words }) {
		const chosen = meantLab(words[0]);
		const several = (['reset', 'goto', 'undo'] as const).filter((name) => values[name]);
		if (several.length > 1) throw wrongUsage(lab, `--${several[0]} and --${several[1]} are two different things.`);
		if (values.goto && !chosen.steps.includes(values.goto)) {
			throw wrongUsage(
				lab,
				`${chosen.slug} has no step ${JSON.stringify(values.goto)}.`,
				`It has: ${chosen.steps.join(', ')}.`,
			);
		}
		const found = await getTarget(values, chosen.slug);
		showHeader(found, chosen.slug);
		if (values.undo) {
			const { at, note: what } = await during('taking it back', () => undo(chosen, found));
			say(
				`Account and workspace are as they were before ${what ?? 'the last change'}, ${inWords(Date.now() - Date.parse(at))} ago.`,
			);
			return exitCodes.done;
		}
		if (values.reset) {
			await mayReset(chosen.slug, found, values);
			await resetLab(chosen, found);
		}
		const { workspace, target, did } = await prepareLab(chosen, found, values);
		for (const act of did) say(`✓ ${act}`);
		if (values.goto) return goTo(chosen, target, values.goto, values);
		say(did.length > 0 ? `${chosen.slug} is ready.` : `${chosen.slug} was ready already; --reset begins it again.`);
		say(`Your files: ${workspace}`);
		say(`Your shell: npm run shell -- ${chosen.slug}`);
		return exitCodes.done;
	},
});
