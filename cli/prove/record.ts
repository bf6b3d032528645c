import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { labFolder, root, workspaceFolder } from '../../lib/paths.ts';
import type { Target } from '../../lib/target.ts';
import type { Done } from './acts.ts';
import type { Output } from './bash.ts';

/** What the page shows as output: labs/<slug>/recorded.json. */
export interface Recorded {
	lab: string;
	recordedWith: { cdk: string; node: string };
	commands: Done[];
}

/** Writes what the proof's commands printed, without what belongs to this machine. */
export function writeRecord(slug: string, target: Target, done: readonly Done[]): void {
	const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
		dependencies: Record<string, string>;
	};
	const recorded: Recorded = {
		lab: slug,
		recordedWith: { cdk: dependencies['aws-cdk']!, node: process.versions.node },
		commands: done.map((one) => ({ ...one, output: withoutMachine(one.output, slug, target) })),
	};
	writeFileSync(join(labFolder(slug), 'recorded.json'), `${JSON.stringify(recorded, undefined, '\t')}\n`);
}

/** As in a clone at ~/slipway, with the port that the documentation uses. A path that is cut by a chunk's end is put together first. */
export function withoutMachine(output: Output, slug: string, target: Target): Output {
	const workspace = workspaceFolder(slug);
	const replacements: [string, string][] = [
		// As npm shows it in a workspace of the usual depth.
		[relative(workspace, join(root, 'cli', 'run.mjs')), '../../cli/run.mjs'],
		[workspace, `~/slipway/workspace/${slug}`],
		[process.env['SLIPWAY_STATE'] ?? '', '~/slipway/.slipway'],
		[root, '~/slipway'],
	];
	if (target.kind === 'practice') replacements.push([new URL(target.endpoint).host, '127.0.0.1:4500']);
	return joined(output).map(([ms, text]) => [
		ms,
		replacements.reduce((all, [from, to]) => (from ? all.replaceAll(from, to) : all), text),
	]);
}

/** Pieces that end in the middle of a line go together with the next. */
function joined(output: Output): Output {
	const whole: Output = [];
	for (const [ms, text] of output) {
		const last = whole.at(-1);
		if (last && !last[1].endsWith('\n')) last[1] += text;
		else whole.push([ms, text]);
	}
	return whole;
}
