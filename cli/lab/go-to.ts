import type { Lab } from '../../labs/lab.ts';
import { readPage } from '../../labs/page.ts';
import { workspaceFolder } from '../../lib/paths.ts';
import { environment, type Target } from '../../lib/target.ts';
import { exitCodes, UserError } from '../../lib/user-error.ts';
import { readProgress } from '../../validators/progress.ts';
import { type Consent, mayWrite } from '../aws/guard.ts';
import { during } from '../progress.ts';
import { ActFailed, performStep } from '../prove/acts.ts';
import { openBash } from '../prove/bash.ts';
import { say } from '../terminal.ts';
import { progressFile } from './progress.ts';
import { asOneChange, saveBefore } from './snapshot.ts';
import { checksOf, validateLab } from './validate.ts';

/**
 * Does the steps before `step` by the page's own commands, from the first that is not passed. What the learner did stays
 * where it is right; `--undo` takes back all of it at once.
 */
export async function goTo(lab: Lab, found: Target, step: string, consent: Consent): Promise<number> {
	const ahead = await stepsAhead(lab, found, step);
	if (ahead.length === 0) {
		say(
			`${lab.slug} is at ${step} or past it already. \`npm run lab -- ${lab.slug} --reset --goto ${step}\` begins again.`,
		);
		return exitCodes.done;
	}
	const target = await mayWrite(found, `Do ${ahead.join(', ')} as the page does`, consent);
	await saveBefore(target, lab.slug, `--goto ${step}`);
	const page = await readPage(lab);
	const bash = openBash(workspaceFolder(lab.slug), { ...environment(target), ...asOneChange });
	try {
		for (const { id, acts } of page.steps.filter((one) => ahead.includes(one.id))) {
			await during(id, async (told) => {
				const onAct = (what: string) => told.update(`${id}: ${what.split('\n')[0]}`);
				await performStep(lab, id, acts, { bash, onAct }).catch((error: unknown) => {
					throw error instanceof ActFailed ? stuck(lab, id, error) : error;
				});
			});
			const { report } = await validateLab(lab, target, { step: id });
			const open = report.checks.filter((check) => check.step === id && check.status !== 'passed');
			if (open[0]) {
				throw new UserError(
					`The step ${id} was done as the page does it, and still: ${open[0].title}? Found: ${open[0].found}.`,
					`${open[0].next ?? ''} Or take it back with \`npm run lab -- ${lab.slug} --undo\`.`.trim(),
				);
			}
			say(`✓ ${id}`);
		}
	} finally {
		await bash.close();
	}
	say(`${lab.slug} is at ${step}.`);
	return exitCodes.done;
}

/** The steps before `step` that are not passed yet, in page order. */
async function stepsAhead(lab: Lab, target: Target, step: string): Promise<string[]> {
	const progress = await readProgress(progressFile(target, lab.slug));
	const checks = await checksOf(lab.slug);
	const before = lab.steps.slice(0, lab.steps.indexOf(step));
	// A step without checks is done again with the first of its followers that is not passed.
	const first = before.findIndex((one) => checks.some((check) => check.step === one && !progress?.passes[check.id]));
	return first < 0 ? [] : before.slice(first);
}

function stuck(lab: Lab, step: string, { message, done }: ActFailed): UserError {
	const printed = done?.output
		.map(([, text]) => text)
		.join('')
		.trim();
	return new UserError(
		`In the step ${step}, ${done ? `\`${done.command}\` ` : ''}${message}${printed ? `:\n${printed}` : '.'}`,
		`Take it back with \`npm run lab -- ${lab.slug} --undo\`, or begin again with --reset.`,
	);
}
