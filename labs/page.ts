import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { labFolder } from '../lib/paths.ts';
import { UserError } from '../lib/user-error.ts';
import type { Lab } from './lab.ts';

/** A lab page as the proof runs it: what its steps do, in page order. */
export interface Page {
	title: string;
	description: string;
	steps: readonly PageStep[];
}

export interface PageStep {
	id: string;
	/** Its first heading of the second level. */
	heading: string;
	acts: readonly Act[];
	/** Where `<Step>` stands, from 1. */
	line: number;
}

export type Act = CommandAct | EditAct;

/** What a `sh` fence does. */
export interface CommandAct {
	kind: 'command';
	/** One or several lines, run as one. */
	command: string;
	/** It must exit non-zero. */
	fails: boolean;
	/** It lives until its step ends. */
	background: boolean;
	id: string | undefined;
	title: string | undefined;
	/** Seconds after which it counts as hung. */
	timeout: number | undefined;
	/** Where the fence begins, from 1. */
	line: number;
}

/** What `<Edit file>` does: the change from the previous solution of the file to that of this step. */
export interface EditAct {
	kind: 'edit';
	file: string;
	line: number;
}

export interface PageOptions {
	/** Names the page in errors. */
	file?: string;
	/** The steps of `lab.ts`. With them the page must have exactly these, in this order. */
	steps?: readonly string[];
	/** Whether the step has a solution of the file. With it each `<Edit>` must have one. */
	hasSolution?: (step: string, file: string) => boolean;
}

/** The page of a lab from its folder, held against `lab.ts` and the solution. `language` other than `en` reads `vi.mdx`. */
export async function readPage(lab: Lab, language = 'en'): Promise<Page> {
	const name = language === 'en' ? 'index.mdx' : `${language}.mdx`;
	const folder = labFolder(lab.slug);
	return parsePage(await readFile(join(folder, name), 'utf8'), {
		file: `labs/${lab.slug}/${name}`,
		steps: lab.steps,
		hasSolution: (step, file) => existsSync(join(folder, 'solution', step, file)),
	});
}

/** Reads the steps, commands and edits of a page. Throws a UserError that names file and line. */
export function parsePage(text: string, { file = 'index.mdx', steps, hasSolution }: PageOptions = {}): Page {
	const wrong = (line: number, message: string, hint: string) => new UserError(`${file}:${line}: ${message}`, hint);
	const lines = text.split(/\r?\n/);
	const { title, description, bodyAt } = frontmatter(lines, wrong);

	const found: (PageStep & { acts: Act[] })[] = [];
	let open: (PageStep & { acts: Act[] }) | undefined;
	const ids = new Map<string, number>();
	const outputs: { of: string; line: number }[] = [];

	for (let index = bodyAt; index < lines.length; index++) {
		const line = lines[index]!;
		const number = index + 1;

		const fence = line.match(/^(\s*)(`{3,}|~{3,})\s*([^`]*)$/);
		if (fence) {
			const end = closing(lines, index, fence[2]!);
			if (end < 0) throw wrong(number, 'This fence is not closed.', `End it with a line of ${fence[2]}.`);
			const act = command(fence[3]!.trim(), lines.slice(index + 1, end), fence[1]!, number, wrong);
			if (act) {
				if (!open)
					throw wrong(
						number,
						'This command stands outside of every step.',
						'Move it into a <Step>, or mark the fence as `console`, which is never run.',
					);
				if (act.id && ids.has(act.id))
					throw wrong(
						number,
						`The id ${act.id} is taken by the fence in line ${ids.get(act.id)}.`,
						'Give this one another id.',
					);
				if (act.id) ids.set(act.id, number);
				open.acts.push(act);
			}
			index = end;
			continue;
		}
		if (/^\s*\{\/\*/.test(line)) {
			while (index < lines.length && !lines[index]!.includes('*/}')) index++;
			continue;
		}

		const begins = line.match(/^<Step\b([^>]*)>\s*$/);
		if (begins) {
			if (open)
				throw wrong(
					number,
					`A step begins inside the step ${open.id}, which begins in line ${open.line}.`,
					'End that one with </Step> first.',
				);
			const id = attribute(begins[1]!, 'id');
			if (!id) throw wrong(number, 'This <Step> has no id.', 'Write <Step id="…"> with a step of lab.ts.');
			if (steps && !steps.includes(id))
				throw wrong(number, `lab.ts has no step ${id}.`, `Its steps are ${steps.join(', ')}.`);
			if (found.some((step) => step.id === id))
				throw wrong(number, `The step ${id} is there twice.`, 'Give each step one <Step>.');
			const due = steps?.[found.length];
			if (due && due !== id)
				throw wrong(
					number,
					`The step ${id} comes where lab.ts has ${due}.`,
					`Put the steps in the order ${steps!.join(', ')}, here or in lab.ts.`,
				);
			open = { id, heading: '', acts: [], line: number };
			found.push(open);
			continue;
		}
		if (/^<\/Step>\s*$/.test(line)) {
			if (!open)
				throw wrong(
					number,
					'</Step> without a step that it could end.',
					'Delete it, or begin the step with <Step id="…">.',
				);
			if (!open.heading)
				throw wrong(open.line, `The step ${open.id} has no heading.`, 'Begin its text with a line `## …`.');
			open = undefined;
			continue;
		}
		if (/^\s*<\/?Step\b/.test(line))
			throw wrong(
				number,
				'This tag does not stand in a line of its own, at its beginning.',
				'Write <Step id="…"> and </Step> alone in their lines.',
			);

		const heading = line.match(/^##\s+(.+?)\s*$/);
		if (heading && open && !open.heading) open.heading = heading[1]!;

		const output = line.match(/^\s*<Output\b(.*)$/);
		if (output) outputs.push({ of: attribute(output[1]!, 'of') ?? '', line: number });

		const edit = line.match(/^\s*<Edit\b(.*)$/);
		if (edit) {
			const name = attribute(edit[1]!, 'file');
			if (!name) throw wrong(number, 'This <Edit> has no file.', 'Write <Edit file="lib/stack.ts" /> in one line.');
			if (!open) throw wrong(number, 'This <Edit> stands outside of every step.', 'Move it into a <Step>.');
			if (hasSolution && !hasSolution(open.id, name)) {
				throw wrong(
					number,
					`There is no solution/${open.id}/${name}, so it is not known what to edit.`,
					'Add the file as it is after this step, whole.',
				);
			}
			open.acts.push({ kind: 'edit', file: name, line: number });
		}
	}

	if (open) throw wrong(open.line, `The step ${open.id} is not ended.`, 'End it with </Step>.');
	const unknown = outputs.find(({ of }) => !ids.has(of));
	if (unknown) {
		throw wrong(
			unknown.line,
			`No fence has the id ${unknown.of || '""'}.`,
			`Give one \`id=${unknown.of || '…'}\`, or show the output of ${[...ids.keys()].join(', ') || 'none'}.`,
		);
	}
	const lacking = steps?.filter((step) => !found.some(({ id }) => id === step)) ?? [];
	if (lacking.length)
		throw wrong(
			lines.length,
			`The page lacks the step ${lacking.join(', ')} of lab.ts.`,
			'Write it, or take it out of lab.ts.',
		);
	return { title, description, steps: found };
}

type Wrong = (line: number, message: string, hint: string) => UserError;

function frontmatter(lines: readonly string[], wrong: Wrong) {
	const end = lines[0] === '---' ? lines.indexOf('---', 1) : -1;
	if (end < 0)
		throw wrong(1, 'The page has no frontmatter.', 'Begin it with title and description between two lines `---`.');
	const { title, description } = (parse(lines.slice(1, end).join('\n')) ?? {}) as Record<string, unknown>;
	if (typeof title !== 'string' || typeof description !== 'string') {
		throw wrong(
			1,
			`The frontmatter lacks ${typeof title === 'string' ? 'description' : 'title'}.`,
			'Both are shown in lists of labs and by search engines.',
		);
	}
	return { title, description, bodyAt: end + 1 };
}

/** Index of the line that closes a fence: the same character, at least as many. */
function closing(lines: readonly string[], from: number, marker: string): number {
	const close = new RegExp(`^\\s*${marker[0] === '~' ? '~' : '`'}{${marker.length},}\\s*$`);
	return lines.findIndex((line, index) => index > from && close.test(line));
}

const flags = ['fails', 'background', 'id=…', 'timeout=…', 'title="…"'];

/** The command of a `sh` fence; undefined for fences of other languages, which are never run. */
function command(
	info: string,
	body: readonly string[],
	indent: string,
	line: number,
	wrong: Wrong,
): CommandAct | undefined {
	const [language, ...rest] = info.match(/(?:[^\s"]|"[^"]*")+/g) ?? [];
	if (language !== 'sh') {
		if (['bash', 'shell', 'zsh'].includes(language ?? ''))
			throw wrong(line, `A fence of ${language} would not be run.`, 'Write sh, or console for what is only shown.');
		return undefined;
	}
	const act: CommandAct = {
		kind: 'command',
		command: '',
		fails: false,
		background: false,
		id: undefined,
		title: undefined,
		timeout: undefined,
		line,
	};
	for (const flag of rest) {
		const [name, value] = flag.split(/=(.*)/s) as [string, string?];
		const bare = value?.replace(/^"(.*)"$/, '$1');
		if (name === 'fails' && bare === undefined) act.fails = true;
		else if (name === 'background' && bare === undefined) act.background = true;
		else if (name === 'id' && bare) act.id = bare;
		else if (name === 'title' && bare) act.title = bare;
		else if (name === 'timeout' && Number(bare) > 0) act.timeout = Number(bare);
		else throw wrong(line, `A fence has no flag ${flag}.`, `It may have ${flags.join(', ')}.`);
	}
	act.command = body.map((each) => (each.startsWith(indent) ? each.slice(indent.length) : each.trimStart())).join('\n');
	if (!act.command.trim()) throw wrong(line, 'This command is empty.', 'Write the command, or delete the fence.');
	if (act.fails && act.background)
		throw wrong(
			line,
			'A background command is ended by its step, so how it exits says nothing.',
			'Drop `fails` or `background`.',
		);
	return act;
}

const attribute = (attributes: string, name: string) =>
	attributes
		.match(new RegExp(`\\b${name}=(?:"([^"]*)"|'([^']*)'|\\{['"]([^'"]*)['"]\\})`))
		?.slice(1)
		.find(Boolean);
