import { labs } from '../../labs/index.ts';
import { exitCodes, UserError } from '../../lib/user-error.ts';
import { mayWrite, writeOptions } from '../aws/guard.ts';
import { command, wrongUsage } from '../command.ts';
import { showHeader } from '../header.ts';
import { costNotice } from '../lab/cost.ts';
import { getLab } from '../labs.ts';
import { progress } from '../progress.ts';
import type { Done } from '../prove/acts.ts';
import { type Proof, proveLab } from '../prove/proof.ts';
import { writeRecord } from '../prove/record.ts';
import { proofLines } from '../prove/report.ts';
import { proveSeveral } from '../prove/several.ts';
import { enterSurroundings } from '../prove/surroundings.ts';
import { getTarget, targetOptions } from '../target.ts';
import { note, say } from '../terminal.ts';

/** `npm run prove`: a lab works as its page says, and every mistake gets its diagnosis. */
export const prove = command({
	name: 'prove',
	summary: 'prove that a lab works as its page says',
	usage: '[lab] [options]',
	options: {
		all: { type: 'boolean', describe: 'every lab (also without a name)' },
		json: { type: 'boolean', describe: 'the proofs as JSON' },
		record: {
			type: 'boolean',
			describe: 'keep what the commands print, for the page to show: labs/<lab>/recorded.json',
		},
		verbose: { type: 'boolean', short: 'v', describe: 'show what the commands print' },
		keep: { type: 'boolean', describe: "leave the proof's folder, for a look" },
		live: { type: 'boolean', describe: 'on your real account: shows the cost and asks' },
		profile: targetOptions.profile,
		region: targetOptions.region,
		...writeOptions,
	},
	examples: [
		['npm run prove -- get-ready', 'one lab'],
		['npm run -s prove -- --all --json', 'every lab, as JSON'],
		['npm run prove -- get-ready --record', 'and what its commands print goes to the page'],
	],
	async run({ values, words: [slug] }) {
		if (slug && values.all) throw wrongUsage(prove, '`prove` takes a lab or --all, not both.');
		if (!slug || values.all) {
			if (values.live) throw wrongUsage(prove, 'A proof on a real account wants one lab by name.');
			const proofs = await proveSeveral(
				labs.map((lab) => lab.slug),
				{ record: values.record ?? false, quiet: values.json ?? false },
			);
			if (values.json) say(JSON.stringify({ labs: proofs }, undefined, '\t'));
			return proofs.every(({ status }) => status === 'passed') ? exitCodes.done : exitCodes.notDone;
		}
		const lab = getLab(slug);
		const { live = false } = values;
		const surroundings = enterSurroundings(slug, { live });
		let proof: Proof | undefined;
		const done: Done[] = [];
		const told = values.verbose ? undefined : progress(`proving ${slug}`);
		try {
			const choice = { target: live ? 'aws' : 'practice', ...(live && values) };
			const found = await getTarget(
				{
					target: choice.target,
					...(values.region && { region: values.region }),
					...(live && values.profile && { profile: values.profile }),
				},
				slug,
			);
			showHeader(found, slug);
			if (live) note(costNotice(lab, found));
			const target = live ? await mayWrite(found, `Prove ${slug} on this account, with every mistake`, values) : found;
			proof = await proveLab(lab, target, {
				onAct: (what) => (values.verbose ? note(`$ ${what}`) : told?.update(`proving ${slug}: ${what.split('\n')[0]}`)),
				...(values.verbose && { onOutput: (text: string) => process.stderr.write(text) }),
				onDone: (one) => done.push(one),
				...(live && { consent: { yes: true, ...(values.account && { account: values.account }) } }),
			});
			if (values.record) record(proof, () => writeRecord(slug, target, done));
		} finally {
			told?.done();
			const keep = values.keep ?? false;
			await surroundings.close(keep);
			if (keep) note(`The proof's folder: ${surroundings.folder}`);
		}
		if (values.json) say(JSON.stringify({ labs: [proof] }, undefined, '\t'));
		else say(proofLines(proof).join('\n'));
		return proof.status === 'passed' ? exitCodes.done : exitCodes.notDone;
	},
});

/** Only what works is shown to a learner. */
function record(proof: Proof, write: () => void): void {
	if (proof.steps.every(({ status }) => status === 'passed')) write();
	else
		throw new UserError(
			`The steps of ${proof.lab} do not all pass, so nothing was recorded.`,
			`See why with \`npm run prove -- ${proof.lab}\`.`,
		);
}
