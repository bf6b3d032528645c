import { availableParallelism, cpus, totalmem } from 'node:os';
import { nearest } from '../../lib/nearest.ts';
import { exitCodes } from '../../lib/user-error.ts';
import type { Figure, Measured } from '../bench/figure.ts';
import { figures } from '../bench/figures.ts';
import { command, wrongUsage } from '../command.ts';
import { during } from '../progress.ts';
import { enterSurroundings } from '../prove/surroundings.ts';
import { paint, say } from '../terminal.ts';

/** `npm run bench`: the figures that the design promises, measured on this machine. */
export const bench = command({
	name: 'bench',
	summary: 'measure what the design promises',
	usage: '[figures] [options]',
	words: 50,
	options: { json: { type: 'boolean', describe: 'the figures as JSON' } },
	examples: [
		['npm run bench', 'all figures, some minutes'],
		['npm run bench -- validate practice-memory', 'these alone'],
	],
	async run({ values, words }) {
		for (const word of words) {
			if (figures.some(({ id }) => id === word)) continue;
			const near = nearest(
				word,
				figures.map(({ id }) => id),
			);
			throw wrongUsage(
				bench,
				`There is no figure ${JSON.stringify(word)}.`,
				near ? `Did you mean ${near}?` : `There are: ${figures.map(({ id }) => id).join(', ')}.`,
			);
		}
		const surroundings = enterSurroundings('bench');
		const results: Measured[] = [];
		try {
			for (const figure of figures.filter(({ id }) => words.length === 0 || words.includes(id))) {
				const result = await during(figure.what, () => measured(figure));
				results.push(result);
				if (!values.json) say(line(result));
			}
		} finally {
			await surroundings.close();
		}
		if (values.json) {
			const machine = {
				platform: process.platform,
				arch: process.arch,
				processors: availableParallelism(),
				processor: cpus()[0]?.model,
				memoryGB: Math.round(totalmem() / 1024 ** 3),
				node: process.versions.node,
			};
			say(JSON.stringify({ machine, figures: results }, undefined, '\t'));
		}
		return results.every(({ met }) => met) ? exitCodes.done : exitCodes.notDone;
	},
});

async function measured({ id, what, unit, goal, better, measure, peer }: Figure): Promise<Measured> {
	const shared = { id, what, unit, goal, peer: null };
	try {
		const value = rounded(await measure());
		const met = better === 'most' ? value >= goal : value <= goal;
		if (!peer) return { ...shared, value, met };
		const other = await peer.measure();
		return { ...shared, value, met, peer: { what: peer.what, value: rounded(other), ratio: rounded(value / other) } };
	} catch (error) {
		return { ...shared, value: undefined, met: false, problem: error instanceof Error ? error.message : String(error) };
	}
}

const rounded = (value: number) => Number(value.toPrecision(3));

function line({ what, value, unit, goal, met, peer, problem }: Measured): string {
	const mark = met ? paint('green', '✓') : paint('red', '✗');
	const figure = problem ?? `${value} ${unit}`;
	return `${mark} ${what.padEnd(70)} ${figure.padEnd(20)} ${paint('dim', `goal ${goal} ${unit}${peer ? ` · ${peer.ratio} of ${peer.what}, ${peer.value}` : ''}`)}`;
}
