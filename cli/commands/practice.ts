import { environment } from '../../lib/target.ts';
import { exitCodes } from '../../lib/user-error.ts';
import { command, type Given, wrongUsage } from '../command.ts';
import { inWords, milliseconds } from '../duration.ts';
import { mayForget } from '../lab/forget.ts';
import { restore, save } from '../lab/snapshot.ts';
import { getLab, lastLab } from '../labs.ts';
import { ensurePractice, runningPractice, stopPractice } from '../practice.ts';
import { practiceLog } from '../practice-file.ts';
import { during } from '../progress.ts';
import { practiceTarget, scratch } from '../target.ts';
import { note, say } from '../terminal.ts';

const options = {
	lab: {
		type: 'string',
		value: 'slug',
		describe: 'whose account (default: the lab last opened, else a scratch account)',
	},
	region: { type: 'string', value: 'name', describe: 'for env: the region' },
	yes: { type: 'boolean', short: 'y', describe: 'for reset: agree in advance' },
	json: { type: 'boolean', describe: 'for status and list: as JSON' },
} as const;

type Act = (given: Given<typeof options>, argument: string | undefined) => Promise<number | undefined>;

/** What can be done with the practice account, one function each. */
const acts: Record<string, { takes?: string; act: Act }> = {
	start: {
		async act() {
			const practice = await during('starting the practice account', () => ensurePractice());
			say(`The practice account listens on ${practice.endpoint} (process ${practice.process.pid}).`);
		},
	},
	stop: {
		async act() {
			const stopped = await stopPractice();
			say(
				stopped
					? 'The practice account has stopped. Everything in it is kept.'
					: 'The practice account was not running.',
			);
		},
	},
	status: {
		async act({ values }) {
			const running = await runningPractice();
			if (values.json) {
				say(
					JSON.stringify(
						running ? { running: true, endpoint: running.endpoint, ...(await running.status()) } : { running: false },
						undefined,
						'\t',
					),
				);
				return running ? exitCodes.done : exitCodes.notDone;
			}
			if (!running) {
				say('The practice account is not running; the first command that needs it starts it.');
				return exitCodes.notDone;
			}
			const { pid, startedAt, version, accounts } = await running.status();
			say(
				`Running on ${running.endpoint}, process ${pid}, version ${version}, since ${startedAt}. Log: ${practiceLog()}`,
			);
			for (const account of accounts) {
				const ahead = account.offset > 0 ? `, ${inWords(account.offset)} ahead` : '';
				say(
					`  ${account.name.padEnd(20)} ${account.account}  ${account.region}${ahead}${account.working ? ', at work' : ''}`,
				);
			}
			return exitCodes.done;
		},
	},
	env: {
		async act({ values }) {
			const target = await practiceTarget(whose(values.lab), values.region);
			const { PATH, ...set } = environment(target, {});
			say(`export PATH=${quoted(PATH!)}:"$PATH"`);
			// A profile or a session of one's own would outrank or spoil the keys.
			for (const name of [
				'AWS_PROFILE',
				'AWS_DEFAULT_PROFILE',
				'AWS_SESSION_TOKEN',
				'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS',
			]) {
				if (!(name in set)) say(`unset ${name}`);
			}
			for (const [name, value] of Object.entries(set)) say(`export ${name}=${quoted(value)}`);
			if (process.stdout.isTTY)
				note('# eval "$(npm run -s practice -- env)" points this shell at the practice account.');
		},
	},
	reset: {
		async act({ values }) {
			const name = whose(values.lab);
			await mayForget(name, values);
			await (await ensurePractice()).reset(name);
			say(`The account of ${name} is empty. Its id and keys are as before.`);
		},
	},
	clock: {
		takes: '+10m',
		async act({ values }, argument) {
			const name = whose(values.lab);
			const practice = await ensurePractice();
			await practice.account(name);
			const advance = argument === undefined ? 0 : milliseconds(argument);
			const { now, offset } = await during('the account does what falls due', () => practice.clock(name, advance));
			say(`In the account of ${name} it is ${now}${offset > 0 ? `, ${inWords(offset)} ahead` : ''}.`);
		},
	},
	save: {
		takes: 'NAME',
		async act({ values }, snapshot) {
			if (!snapshot)
				throw wrongUsage(practice, 'A snapshot wants a name.', 'As in `npm run practice -- save before-lunch`.');
			const name = whose(values.lab);
			await (await ensurePractice()).account(name);
			await during('waiting for work in progress, and saving', () => save(name, snapshot));
			say(`Saved ${snapshot}: account and workspace of ${name}.`);
		},
	},
	restore: {
		takes: 'NAME',
		async act({ values }, snapshot) {
			if (!snapshot) throw wrongUsage(practice, 'Restore which snapshot?', '`npm run practice -- list` shows them.');
			const name = whose(values.lab);
			const { at } = await during('restoring', () => restore(name, snapshot));
			say(`Account and workspace of ${name} are as they were at ${at}.`);
		},
	},
	list: {
		async act({ values }) {
			const name = whose(values.lab);
			const snapshots = await (await ensurePractice()).snapshots(name);
			if (values.json) say(JSON.stringify(snapshots, undefined, '\t'));
			else if (snapshots.length === 0) say(`${name} has no snapshots. \`npm run practice -- save NAME\` makes one.`);
			else
				for (const { name: of, at, note: why } of snapshots)
					say(`${of.padEnd(24)} ${at}${why ? `  (before: ${why})` : ''}`);
		},
	},
};

/** `npm run practice`: the practice account by itself. */
export const practice = command({
	name: 'practice',
	summary: 'the practice account by itself',
	usage: '<start|stop|status|env|reset|clock +10m|save NAME|restore NAME|list> [options]',
	options,
	examples: [
		['eval "$(npm run -s practice -- env)"', 'points this shell at the practice account'],
		['npm run practice -- clock +10m', 'ages the account by ten minutes'],
		['npm run practice -- save before-lunch', 'account and workspace, to be restored together'],
	],
	words: 2,
	async run(given) {
		const [name, argument] = given.words;
		const chosen = name !== undefined && Object.hasOwn(acts, name) ? acts[name] : undefined;
		if (!chosen) {
			throw wrongUsage(
				practice,
				name === undefined ? 'practice wants to know what to do.' : `practice cannot ${JSON.stringify(name)}.`,
				`It can: ${Object.entries(acts)
					.map(([act, { takes }]) => (takes ? `${act} ${takes}` : act))
					.join(', ')}.`,
			);
		}
		if (argument !== undefined && !chosen.takes) {
			throw wrongUsage(practice, `\`practice ${name}\` does not know what to do with ${JSON.stringify(argument)}.`);
		}
		return chosen.act(given, argument);
	},
});

/** Whose account is meant: an account bears its lab's name. */
function whose(slug: string | undefined): string {
	if (slug === undefined) return lastLab() ?? scratch;
	return slug === scratch ? scratch : getLab(slug).slug;
}

/** As bash and zsh read it. */
const quoted = (value: string) => (/^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`);
