import type { Lab } from '../../labs/lab.ts';
import type { Act, CommandAct } from '../../labs/page.ts';
import { labFolder, workspaceFolder } from '../../lib/paths.ts';
import { edit } from '../../server/edit/edit.ts';
import type { Bash, Output } from './bash.ts';

/** A command of the page, and what came of it. */
export interface Done {
	step: string;
	/** Among the commands of its step, from 0. */
	index: number;
	id?: string;
	command: string;
	exit: number;
	durationMs: number;
	output: Output;
}

export interface ActOptions {
	bash: Bash;
	/** Hears each act as it begins. */
	onAct?: (what: string) => void;
	onOutput?: (text: string) => void;
}

/** A command or an edit of the page did not do what the page says it does. */
export class ActFailed extends Error {
	readonly line: number;
	readonly done: Done | undefined;
	constructor(message: string, line: number, done?: Done) {
		super(message);
		this.line = line;
		this.done = done;
	}
}

/** Does what a step's page prints, in its order, exactly as printed. Throws at the first that does not do what it should. */
export async function performStep(lab: Lab, step: string, acts: readonly Act[], options: ActOptions): Promise<Done[]> {
	const { bash, onAct } = options;
	const done: Done[] = [];
	let index = 0;
	try {
		for (const act of acts) {
			if (act.kind === 'edit') {
				onAct?.(`edit ${act.file}`);
				await performEdit(lab, step, act.file, act.line);
			} else if (act.background) {
				onAct?.(`${act.command} &`);
				await bash.background(act.command);
				index++;
			} else {
				onAct?.(act.command);
				done.push(await performCommand(step, act, index++, options));
			}
		}
	} finally {
		await bash.endBackground();
	}
	return done;
}

async function performCommand(
	step: string,
	act: CommandAct,
	index: number,
	{ bash, onOutput }: ActOptions,
): Promise<Done> {
	const ran = await bash.run(act.command, {
		...(act.timeout && { timeout: act.timeout * 1_000 }),
		...(onOutput && { onOutput }),
	});
	const { exit, durationMs, output } = ran;
	const done: Done = { step, index, ...(act.id && { id: act.id }), command: act.command, exit, durationMs, output };
	if (ran.tooLong) throw new ActFailed(`did not end within ${durationMs / 1_000} s`, act.line, done);
	if (act.fails && exit === 0) throw new ActFailed('is marked as one that fails, and it exited 0', act.line, done);
	if (!act.fails && exit !== 0) throw new ActFailed(`exited ${exit}`, act.line, done);
	return done;
}

async function performEdit(lab: Lab, step: string, file: string, line: number): Promise<void> {
	const { outcome, diff } = await edit({
		lab: labFolder(lab.slug),
		workspace: workspaceFolder(lab.slug),
		steps: lab.steps,
		step,
		file,
	});
	if (outcome === 'differs') throw new ActFailed(`${file} has other changes in the same place:\n${diff}`, line);
}
