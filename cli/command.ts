import { type ParseArgsConfig, parseArgs } from 'node:util';
import { nearest } from '../lib/nearest.ts';
import { exitCodes, UserError } from '../lib/user-error.ts';

type NodeOptions = NonNullable<ParseArgsConfig['options']>;

/** An option of `node:util`'s parseArgs, with the sentence that `--help` shows. */
export type Option = NodeOptions[string] & {
	describe: string;
	/** What stands for its value in `--help`. */
	value?: string;
};
export type Options = Record<string, Option>;

type Values<O extends Options> = ReturnType<
	typeof parseArgs<{ options: O; allowPositionals: true; strict: true }>
>['values'];

export interface Command<O extends Options = Options> {
	/** What a person types. */
	name: string;
	/** One line for the list of commands. */
	summary: string;
	/** What follows the name: `[lab] [--json]`. */
	usage: string;
	options: O;
	/** Lines to copy, each with what it does. */
	examples: readonly (readonly [line: string, does: string])[];
	/** How many words it takes at most. Default: 1. */
	words?: number;
	/** Takes everything after `--` as it is. */
	passesOn?: boolean;
	/** Returns the exit code; nothing is 0. */
	run(given: Given<O>): Promise<number | undefined>;
}

/** What was typed. */
export interface Given<O extends Options = Options> {
	values: Values<O>;
	words: string[];
	/** What came after `--`, for a command that passes it on. */
	rest: string[];
}

/** Declares a command. */
export const command = <const O extends Options>(definition: Command<O>): Command<O> => definition;

/** Reads the arguments as the command declares them. Wrong ones are wrong usage, with the nearest right one. */
export function read<O extends Options>(of: Command<O>, args: string[]): Given<O> {
	const dashes = of.passesOn ? args.indexOf('--') : -1;
	const own = dashes < 0 ? args : args.slice(0, dashes);
	const parsed = parse(of, own);
	const most = of.words ?? 1;
	if (parsed.positionals.length > most) {
		const extra = parsed.positionals[most];
		throw wrongUsage(of, `\`${of.name}\` does not know what to do with ${JSON.stringify(extra)}.`);
	}
	return {
		values: parsed.values as Values<O>,
		words: parsed.positionals,
		rest: dashes < 0 ? [] : args.slice(dashes + 1),
	};
}

function parse(of: Command, args: string[]) {
	try {
		return parseArgs({ args, options: of.options, allowPositionals: true, strict: true, allowNegative: true });
	} catch (error) {
		const { code, message } = error as NodeJS.ErrnoException;
		if (!code?.startsWith('ERR_PARSE_ARGS')) throw error;
		const unknown = /Unknown option '(-[^']*)'/.exec(message)?.[1];
		if (!unknown) throw wrongUsage(of, `${message.split('. ')[0]!.replace(/\.$/, '')}.`);
		const near = nearest(unknown.replace(/^-+/, ''), Object.keys(of.options));
		throw wrongUsage(of, `\`${of.name}\` has no option ${unknown}.`, near && `Did you mean --${near}?`);
	}
}

/** The person typed something that the command does not take: exit code 64. */
export const wrongUsage = (of: Pick<Command, 'name'>, message: string, near?: string) =>
	new UserError(message, [near, `\`${typed(of.name)} -- --help\` shows what it takes.`].filter(Boolean).join(' '), {
		exitCode: exitCodes.usage,
	});

/** The text of `--help`. */
export function help(of: Command): string {
	const options = Object.entries({ ...of.options, help: { type: 'boolean', describe: 'show this' } as Option });
	const lefts = options.map(([name, option]) => {
		const short = option.short ? `-${option.short}, ` : '';
		return `${short}--${name}${option.type === 'string' ? ` <${option.value ?? name}>` : ''}`;
	});
	const width = Math.max(...lefts.map((left) => left.length)) + 2;
	const lines = [`${sentence(of.summary)}`, '', `usage: ${typed(of.name)}${of.usage ? ` -- ${of.usage}` : ''}`, ''];
	options.forEach(([, option], index) => {
		lines.push(`  ${lefts[index]!.padEnd(width)}${option.describe}`);
	});
	if (of.examples.length > 0) {
		const longest = Math.max(...of.examples.map(([line]) => line.length));
		lines.push('', 'examples:', ...of.examples.map(([line, does]) => `  ${line.padEnd(longest)}  ${does}`));
	}
	return lines.join('\n');
}

/** As npm wants it typed: `npm start`, `npm test`, `npm run lab`. */
export const typed = (name: string) => (name === 'start' || name === 'test' ? `npm ${name}` : `npm run ${name}`);

const sentence = (text: string) => `${text[0]!.toUpperCase()}${text.slice(1)}.`;
