import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a lab's author wrote besides its page: the files of each state, pictures and recorded commands. */
export interface LabFiles {
	/** The file as it is after that step, or undefined where no solution up to it and no starter has it. */
	after(step: string, file: string): string | undefined;
	/** The file as the learner finds it before that step. */
	before(step: string, file: string): string | undefined;
	picture(name: string, language: string): string | undefined;
	recorded: Recorded | undefined;
}

/** recorded.json, written by the proof. */
export interface Recorded {
	lab: string;
	recordedWith?: Record<string, string>;
	commands: RecordedCommand[];
}

export interface RecordedCommand {
	step: string;
	index: number;
	id?: string;
	command: string;
	exit: number;
	durationMs: number;
	/** Milliseconds since the command began, and what it then printed. */
	output: [number, string][];
}

/** Reads the files of the lab in `folder`, whose steps are named in order. */
export function labFiles(folder: string, steps: readonly string[]): LabFiles {
	const read = (...path: string[]) => {
		const file = join(folder, ...path);
		return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
	};
	const written = existsSync(join(folder, 'solution'))
		? new Set(readdirSync(join(folder, 'solution')))
		: new Set<string>();
	const newest = (states: readonly string[], file: string) => {
		for (const step of states.toReversed().filter((name) => written.has(name))) {
			const text = read('solution', step, file);
			if (text !== undefined) return text;
		}
		return read('starter', file);
	};
	const recorded = read('recorded.json');
	return {
		after: (step, file) => newest(steps.slice(0, steps.indexOf(step) + 1), file),
		before: (step, file) => newest(steps.slice(0, steps.indexOf(step)), file),
		picture: (name, language) => read('pictures', `${name}.${language}.svg`) ?? read('pictures', `${name}.svg`),
		recorded: recorded === undefined ? undefined : (JSON.parse(recorded) as Recorded),
	};
}

const esc = String.fromCharCode(27);
const bell = String.fromCharCode(7);
/** Titles and marks for the terminal: not to be seen. */
const marks = new RegExp(`${esc}\\][^${bell}${esc}]*(${bell}|${esc}\\\\)`, 'g');
/** Cursor movement. Colours end in `m` and stay. */
const movement = new RegExp(`${esc}\\[[0-9;?]*[A-Za-ln-z]`, 'g');

/** What a terminal shows at the end of that output: lines that were drawn over are gone, colours are kept. */
export function settled(output: RecordedCommand['output']): string {
	return output
		.map(([, chunk]) => chunk)
		.join('')
		.replace(/\r+\n/g, '\n')
		.replace(marks, '')
		.replace(movement, '')
		.split('\n')
		.map((line) => line.slice(line.lastIndexOf('\r') + 1))
		.join('\n')
		.trimEnd();
}
