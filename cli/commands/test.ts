import { exitCodes } from '../../lib/user-error.ts';
import { command, wrongUsage } from '../command.ts';
import { explain, Interrupted, note, paint, say } from '../terminal.ts';
import { type Counts, suites } from '../test/suites.ts';

/** `npm test`: every test there is. Ends in a line `N passed, N failed`. */
export const test = command({
	name: 'test',
	summary: 'run every test, the proof of every lab included',
	usage: '[words] [options]',
	words: 50,
	options: {
		only: {
			type: 'string',
			multiple: true,
			value: 'suite',
			describe: `one suite: ${suites.map(({ what }) => what).join(', ')}`,
		},
	},
	examples: [
		['npm test', 'all'],
		['npm test -- --only unit cli/', 'tests beside the code, in paths with cli/'],
		['npm test -- --only proof get-ready', 'the proof of one lab'],
	],
	async run({ values, words }) {
		const only = values.only ?? [];
		const unknown = only.find((name) => !suites.some(({ what }) => what === name));
		if (unknown)
			throw wrongUsage(
				test,
				`There is no suite ${JSON.stringify(unknown)}.`,
				`There are: ${suites.map(({ what }) => what).join(', ')}.`,
			);
		if (words.length > 0 && only.length !== 1)
			throw wrongUsage(test, 'Words choose within one suite.', 'Name it, as in `--only unit`.');

		const total: Counts = { passed: 0, failed: 0, skipped: 0 };
		for (const suite of suites.filter(({ what }) => only.length === 0 || only.includes(what))) {
			note(paint('bold', `\n${suite.what}`));
			const { passed, failed, skipped } = await suite.run(words).catch(broken);
			total.passed += passed;
			total.failed += failed;
			total.skipped += skipped;
			note(`${suite.what}: ${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
		}
		say(`\n${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ''}`);
		return total.failed === 0 ? exitCodes.done : exitCodes.notDone;
	},
});

/** A suite that cannot run has failed; the others run all the same. */
function broken(error: unknown): Counts {
	if (error instanceof Interrupted) throw error;
	note(explain(error).text);
	return { passed: 0, failed: 1, skipped: 0 };
}
