import { describe, expect, test } from 'vitest';
import { UserError } from '../lib/user-error.ts';
import { labs } from './index.ts';
import { parsePage, readPage } from './page.ts';

const page = (...body: string[]) =>
	['---', 'title: A lab', "description: 'What it does: much'", '---', '', ...body].join('\n');
const step = (...body: string[]) => page('<Step id="deploy">', '', '## Deploy', '', ...body, '</Step>');

/** What a wrong page is told: message and hint. */
function refusal(text: string, options?: Parameters<typeof parsePage>[1]): string[] {
	try {
		parsePage(text, options);
	} catch (error) {
		if (error instanceof UserError) return [error.message, error.hint];
		throw error;
	}
	throw new Error('The page was taken.');
}

test('a page is its steps with their commands and edits, in page order, each with its line', () => {
	const text = page(
		'Hello.',
		'',
		'<Step id="deploy">',
		'',
		'## Your *first* deploy',
		'',
		'```sh id=list timeout=30 title="What is there"',
		'aws s3 ls',
		'echo done',
		'```',
		'',
		'### Later',
		'',
		'```json',
		'{ "sh": "never run" }',
		'```',
		'',
		'```sh fails',
		'false',
		'```',
		'',
		'</Step>',
		'',
		'<Step id="repair">',
		'## Repair',
		'{/* ```sh',
		'not a command',
		'``` */}',
		'<Edit file="lib/stack.ts" />',
		'',
		'1. In a list:',
		'',
		'   ~~~sh background',
		'   cat <<END',
		'     ```',
		'   END',
		'   ~~~',
		'</Step>',
	);
	expect(parsePage(text, { steps: ['deploy', 'repair'], hasSolution: () => true })).toEqual({
		title: 'A lab',
		description: 'What it does: much',
		steps: [
			{
				id: 'deploy',
				heading: 'Your *first* deploy',
				line: 8,
				acts: [
					{
						kind: 'command',
						command: 'aws s3 ls\necho done',
						fails: false,
						background: false,
						id: 'list',
						title: 'What is there',
						timeout: 30,
						line: 12,
					},
					{
						kind: 'command',
						command: 'false',
						fails: true,
						background: false,
						id: undefined,
						title: undefined,
						timeout: undefined,
						line: 23,
					},
				],
			},
			{
				id: 'repair',
				heading: 'Repair',
				line: 29,
				acts: [
					{ kind: 'edit', file: 'lib/stack.ts', line: 34 },
					{
						kind: 'command',
						command: 'cat <<END\n  ```\nEND',
						fails: false,
						background: true,
						id: undefined,
						title: undefined,
						timeout: undefined,
						line: 38,
					},
				],
			},
		],
	});
});

describe('a wrong page is refused with file and line:', () => {
	test.each([
		[
			'a step that lab.ts lacks',
			step(),
			{ steps: ['begin'] },
			'p.mdx:6: lab.ts has no step deploy.',
			'Its steps are begin.',
		],
		[
			'steps in another order',
			page('<Step id="b">', '## B', '</Step>', '<Step id="a">', '## A', '</Step>'),
			{ steps: ['a', 'b'] },
			'p.mdx:6: The step b comes where lab.ts has a.',
			'Put the steps in the order a, b, here or in lab.ts.',
		],
		[
			'a step that is missing',
			step(),
			{ steps: ['deploy', 'order'] },
			'p.mdx:10: The page lacks the step order of lab.ts.',
			'Write it, or take it out of lab.ts.',
		],
		[
			'a step without an end',
			page('<Step id="a">', '## A'),
			{},
			'p.mdx:6: The step a is not ended.',
			'End it with </Step>.',
		],
		[
			'a step inside a step',
			page('<Step id="a">', '<Step id="b">'),
			{},
			'p.mdx:7: A step begins inside the step a, which begins in line 6.',
			'End that one with </Step> first.',
		],
		[
			'a step without a heading',
			page('<Step id="a">', '</Step>'),
			{},
			'p.mdx:6: The step a has no heading.',
			'Begin its text with a line `## …`.',
		],
		[
			'an edit without a solution',
			step('<Edit file="lib/other.ts" />'),
			{ hasSolution: () => false },
			'p.mdx:10: There is no solution/deploy/lib/other.ts, so it is not known what to edit.',
			'Add the file as it is after this step, whole.',
		],
		[
			'an edit without a file',
			step('<Edit />'),
			{},
			'p.mdx:10: This <Edit> has no file.',
			'Write <Edit file="lib/stack.ts" /> in one line.',
		],
		[
			'a flag that no fence has',
			step('```sh fail', 'x', '```'),
			{},
			'p.mdx:10: A fence has no flag fail.',
			'It may have fails, background, id=…, timeout=…, title="…".',
		],
		[
			'a fence without an end',
			step('```sh', 'x'),
			{},
			'p.mdx:10: This fence is not closed.',
			'End it with a line of ```.',
		],
		[
			'an empty command',
			step('```sh', '```'),
			{},
			'p.mdx:10: This command is empty.',
			'Write the command, or delete the fence.',
		],
		[
			'a language that looks like sh',
			step('```bash', 'x', '```'),
			{},
			'p.mdx:10: A fence of bash would not be run.',
			'Write sh, or console for what is only shown.',
		],
		[
			'two fences of one id',
			step('```sh id=a', 'x', '```', '```sh id=a', 'x', '```'),
			{},
			'p.mdx:13: The id a is taken by the fence in line 10.',
			'Give this one another id.',
		],
		[
			'a command outside of the steps',
			page('```sh', 'x', '```'),
			{},
			'p.mdx:6: This command stands outside of every step.',
			'Move it into a <Step>, or mark the fence as `console`, which is never run.',
		],
		[
			'no frontmatter',
			'Hello',
			{},
			'p.mdx:1: The page has no frontmatter.',
			'Begin it with title and description between two lines `---`.',
		],
	])('%s', (_, text, options, ...told) => {
		expect(refusal(text, { file: 'p.mdx', ...options })).toEqual(told);
	});
});

describe.each(labs.map((lab) => [lab.slug, lab] as const))('the pages of %s', (_, lab) => {
	test('have the steps of lab.ts, and a solution for each edit', async () => {
		expect((await readPage(lab)).steps.map(({ id }) => id)).toEqual(lab.steps);
	});

	test('do the same in Vietnamese as in English', async () => {
		const acts = async (language: string) =>
			(await readPage(lab, language)).steps.map(({ id, acts }) => ({
				id,
				acts: acts.map((act) => ({ ...act, line: 0, title: '' })),
			}));
		expect(await acts('vi')).toEqual(await acts('en'));
	});
});
