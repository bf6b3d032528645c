import { nearest } from '../../lib/nearest.ts';
import { exitCodes, UserError } from '../../lib/user-error.ts';
import type { Report } from '../../validators/check.ts';
import { github } from '../../validators/reporters/github.ts';
import { json } from '../../validators/reporters/json.ts';
import { junit } from '../../validators/reporters/junit.ts';
import { terminal } from '../../validators/reporters/terminal.ts';
import { exitCode } from '../../validators/run.ts';
import { command, wrongUsage } from '../command.ts';
import { validateLab } from '../lab/validate.ts';
import { meantLab, rememberLab } from '../labs.ts';
import { progress } from '../progress.ts';
import { getTarget, targetOptions } from '../target.ts';
import { columns } from '../terminal.ts';
import { watchLab } from '../watch.ts';

/** Forms for programs. */
const reporters: Record<string, (report: Report) => string> = { json, junit, github };

/** `npm run validate`: looks into the account and says what is right, what is not, and why. */
export const validate = command({
	name: 'validate',
	summary: 'check what you have done, with a diagnosis',
	usage: '[lab] [options]',
	options: {
		step: { type: 'string', value: 'step', describe: 'look at this step (default: the first that is not passed)' },
		hint: { type: 'boolean', describe: 'unfold one hint of what is open; with --hint --hint one more', multiple: true },
		watch: { type: 'boolean', describe: 'look again whenever something changes; keys at the bottom' },
		json: { type: 'boolean', describe: 'the report as JSON' },
		reporter: { type: 'string', value: 'junit|github|json', describe: 'the report in a form for programs' },
		...targetOptions,
	},
	examples: [
		['npm run validate', 'the lab last opened'],
		['npm run validate -- get-ready --hint', 'with a hint'],
		['npm run validate -- get-ready --watch', 'looks again by itself'],
		['npm run -s validate -- get-ready --json', 'for a program'],
	],
	async run({ values, words }) {
		const form = values.json ? 'json' : values.reporter;
		if (form !== undefined && !Object.hasOwn(reporters, form)) {
			const near = nearest(form, Object.keys(reporters));
			throw wrongUsage(
				validate,
				`There is no reporter ${JSON.stringify(form)}.`,
				near ? `Did you mean ${near}?` : 'There are junit, github and json.',
			);
		}
		if (values.watch && form) throw wrongUsage(validate, '--watch is for a person, and a reporter is for a program.');
		const lab = meantLab(words[0]);
		if (values.step !== undefined && !lab.steps.includes(values.step)) {
			const near = nearest(values.step, lab.steps);
			throw wrongUsage(
				validate,
				`${lab.slug} has no step ${JSON.stringify(values.step)}.`,
				near ? `Did you mean ${near}?` : `It has: ${lab.steps.join(', ')}.`,
			);
		}
		const target = await getTarget(values, lab.slug);
		rememberLab(lab.slug);
		if (values.watch) {
			if (!process.stdin.isTTY || !process.stdout.isTTY) {
				throw new UserError('--watch wants a terminal to draw on.', 'Leave it out, or use --json for a program.', {
					exitCode: exitCodes.usage,
				});
			}
			return watchLab(lab, target, values.step);
		}
		const told = progress(`looking at ${lab.slug}`, { after: 1_000 });
		const { report, checks } = await validateLab(lab, target, values.step ? { step: values.step } : {}).finally(() =>
			told.done(),
		);
		if (form) process.stdout.write(reporters[form]!(report));
		else {
			const hints = values.hint?.length ?? 0;
			process.stdout.write(terminal(report, { columns: columns(), colour: coloured(), hints, checks }));
		}
		return exitCode(report);
	},
});

const coloured = () => process.env['FORCE_COLOR'] !== undefined || (process.stdout.isTTY && !process.env['NO_COLOR']);
