import { command } from '../command.ts';
import { credentials, practiceAccount, realAccount } from '../doctor/account.ts';
import type { Finding, Look, State } from '../doctor/finding.ts';
import { awsCli, containers, disk, folder, git, labTools, memory, node, ports, repository } from '../doctor/machine.ts';
import { getLab } from '../labs.ts';
import { during } from '../progress.ts';
import { choice, targetOptions } from '../target.ts';
import { paint, say } from '../terminal.ts';

/** What is looked at, in the order in which it is shown. */
const looks: readonly Look[] = [
	node,
	git,
	awsCli,
	containers,
	labTools,
	folder,
	disk,
	memory,
	ports,
	practiceAccount,
	credentials,
	realAccount,
];

const marks: Record<State, string> = {
	ready: paint('green', '✓'),
	note: paint('cyan', '·'),
	fix: paint('yellow', '!'),
	admin: paint('red', '✗'),
};

/** `npm run doctor`: exit 0 ready, 1 you can fix it, 2 you need an administrator. */
export const doctor = command({
	name: 'doctor',
	summary: 'is this machine (and account) ready?',
	usage: '[lab] [options]',
	options: { json: { type: 'boolean', describe: 'what was found as JSON, nothing private in it' }, ...targetOptions },
	examples: [
		['npm run doctor', 'this machine'],
		['npm run doctor -- get-ready', 'and what that lab wants'],
		['npm run doctor -- --target aws', 'and your account'],
	],
	async run({ values, words }) {
		const lab = words[0] ? getLab(words[0]) : undefined;
		const { kind, profile, region } = choice(values);
		const patient = { target: kind, lab, ...(profile && { profile }), ...(region && { region }) };
		const findings = await during('looking at this machine', async () =>
			(await Promise.all(looks.map((look) => look(patient)))).flat(),
		);
		const has = (state: State) => findings.some((finding) => finding.state === state);
		const exit = has('admin') ? 2 : has('fix') ? 1 : 0;
		const block = await shareable(findings, exit, kind, lab?.slug);
		if (values.json) {
			say(JSON.stringify(block, undefined, '\t'));
			return exit;
		}
		say(`machine · target ${kind}${region ? ` · ${region}` : ''}${lab ? ` · for ${lab.slug}` : ''}`);
		const width = Math.max(...findings.map(({ what }) => what.length)) + 2;
		for (const { what, state, found, next } of findings) {
			say(`${marks[state]} ${what.padEnd(width)}${found}`);
			if (next && state !== 'ready') say(`  ${' '.repeat(width)}${paint('dim', '→')} ${next}`);
		}
		say();
		say(verdicts[exit]!);
		say();
		say('To paste into a question; there is nothing private in it:');
		say();
		say(
			`slipway ${block.slipway} · ${block.system} · target ${block.target}${block.lab ? ` · ${block.lab}` : ''} · exit ${exit}`,
		);
		for (const { what, state, found } of block.findings) say(`${state.padEnd(6)}${what}: ${found}`);
		return exit;
	},
});

const verdicts = [
	'Ready.',
	'Nearly: what is marked ! you can put right yourself.',
	'Not ready: what is marked ✗ takes an administrator.',
];

/** What was found without names of profiles, accounts, folders or persons. */
async function shareable(findings: readonly Finding[], exit: number, target: string, lab: string | undefined) {
	return {
		slipway: await repository(),
		system: `${process.platform} ${process.arch}`,
		target,
		...(lab && { lab }),
		exit,
		findings: findings.map(({ what, state, found, shareable: said }) => ({ what, state, found: said ?? found })),
	};
}
