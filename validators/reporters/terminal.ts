import { stripVTControlCharacters, styleText } from 'node:util';
import type { Check, Report, Result, Status } from '../check.ts';
import { clockTime, count, list } from '../words.ts';

export interface TerminalOptions {
	/** Width to wrap at. Default: 80. */
	columns?: number;
	/** Default: no colours. */
	colour?: boolean;
	/** How many hints of each open check to unfold. Default: none. */
	hints?: number;
	/** The checks, for their hints. */
	checks?: readonly Check[];
}

const figures: Record<Status, { figure: string; style: Parameters<typeof styleText>[0] }> = {
	passed: { figure: '✔', style: 'green' },
	failed: { figure: '✘', style: 'red' },
	pending: { figure: '◔', style: 'yellow' },
	blocked: { figure: '■', style: 'magenta' },
	skipped: { figure: '·', style: 'dim' },
};

/** A report for a person at a terminal. Ends in a line break. */
export function terminal(report: Report, options: TerminalOptions = {}): string {
	const paint = (style: Parameters<typeof styleText>[0], text: string) =>
		options.colour ? styleText(style, text, { validateStream: false }) : text;
	const columns = Math.max(40, options.columns ?? 80);
	const steps = [...new Set(report.checks.map(({ step }) => step))];
	const width = Math.max(...steps.map((step) => step.length));

	const lines = [heading(report, paint), ''];
	for (const result of report.checks) {
		const { figure, style } = figures[result.status];
		const looked = result.status !== 'skipped';
		const text = looked || result.passedAt ? result.title : paint('dim', result.title);
		const mark = result.status === 'skipped' && result.passedAt ? paint('dim', '✔') : paint(style, figure);
		const indent = 6 + width;
		lines.push(...wrap(`  ${mark} ${paint('dim', result.step.padEnd(width))}  `, text, indent, columns));
		if (result.passedAt) lines.push(`${' '.repeat(indent)}${paint('dim', passedThen(result))}`);
		if (result.remark)
			lines.push(...wrap(`${' '.repeat(indent)}${paint('yellow', 'but ')}`, result.remark, indent + 4, columns));
		if (result.expected) lines.push('', ...diagnosis(result, report, columns, paint), '');
		if (result.expected && options.hints) lines.push(...unfolded(result, options, columns, paint));
	}
	if (lines.at(-1) !== '') lines.push('');
	lines.push(
		`  ${summary(report)}   ${paint('dim', `${count(report.apiCalls, 'call')}, ${(report.durationMs / 1000).toFixed(1)} s`)}`,
	);
	return `${lines.join('\n')}\n`;
}

type Paint = (style: Parameters<typeof styleText>[0], text: string) => string;

function heading({ lab, target }: Report, paint: Paint): string {
	const where = target.kind === 'practice' ? 'practice account' : 'AWS account';
	return `${paint('bold', lab)}  ${where} ${target.account}  ${target.region}`;
}

const passedThen = ({ passedAt, status }: Result) =>
	`passed ${when(new Date(passedAt!))}${status === 'skipped' ? ', need not be true any more' : ''}`;

const when = (date: Date) => `${date.toLocaleDateString('sv-SE')} ${clockTime(date).slice(0, 5)}`;

function diagnosis(result: Result, { target }: Report, columns: number, paint: Paint): string[] {
	const rows: [string, string | undefined][] = [
		['expected', result.expected],
		['found', result.found],
		['next', result.next],
		// On a practice account the AWS console has nothing to show.
		['look', target.kind === 'aws' ? result.consoleUrl : undefined],
		['read', result.docs],
	];
	return rows.flatMap(([name, text]) =>
		text ? wrap(`      ${paint(name === 'next' ? 'bold' : 'dim', name.padEnd(8))}  `, text, 16, columns) : [],
	);
}

function unfolded(
	result: Result,
	{ hints = 0, checks = [] }: TerminalOptions,
	columns: number,
	paint: Paint,
): string[] {
	const all = checks.find(({ id }) => id === result.id)?.hint ?? [];
	const shown = all.slice(0, hints);
	const lines = shown.flatMap((hint, index) =>
		wrap(`      ${paint('cyan', `hint ${index + 1}`.padEnd(8))}  `, hint, 16, columns),
	);
	return lines.length ? [...lines, ''] : [];
}

function summary(report: Report): string {
	const of = (status: Status) => report.checks.filter((check) => check.status === status);
	const then = of('skipped').filter(({ passedAt }) => passedAt).length;
	const later = of('skipped').length - then;
	const parts = [
		[of('passed').length + then, 'passed'],
		[of('failed').length, 'failed'],
		[of('pending').length, 'pending'],
		[of('blocked').length, 'blocked'],
		[later, 'not yet looked at'],
	] as const;
	return list(parts.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`));
}

/** Text after a first part, wrapped at words; further lines are indented. A word that is too long stays whole, to be copied. */
function wrap(first: string, text: string, indent: number, columns: number): string[] {
	const lines: string[] = [];
	let line = first;
	let room = columns - stripVTControlCharacters(first).length;
	let fresh = true;
	for (const word of text.split(' ')) {
		if (!fresh && word.length + 1 > room) {
			lines.push(line);
			line = ' '.repeat(indent);
			room = columns - indent;
			fresh = true;
		}
		line += fresh ? word : ` ${word}`;
		room -= stripVTControlCharacters(word).length + (fresh ? 0 : 1);
		fresh = false;
	}
	return [...lines, line.trimEnd()];
}
