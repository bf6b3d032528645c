import { expect, test } from 'vitest';
import { prepareLabPage } from './lab-pages.ts';

const page = `---
title: A lab
---

<Picture name="shop" />

\`\`\`sh
npm run doctor
\`\`\`

<Step id="deploy">

## Deploy

\`\`\`sh id=list
aws sqs list-queues
\`\`\`

\`\`\`text
<Step id="not-one">
\`\`\`

\`\`\`\`sh title="two"
echo '\`\`\`'
\`\`\`\`

<Edit file="lib/stack.ts" />

</Step>

<Step id="clean-up">

\`\`\`sh
npm run cleanup
\`\`\`

</Step>
`;

test('components and commands learn their lab and step, and lines keep their numbers', () => {
	const lines = prepareLabPage(page, 'a-lab').split('\n');
	expect(lines[4]).toBe('<Picture lab="a-lab" name="shop" />');
	expect(lines[6]).toBe('```sh');
	expect(lines[10]).toBe('<Step lab="a-lab" id="deploy">');
	expect(lines[14]).toBe('```sh id=list lab=a-lab step=deploy n=0');
	expect(lines[19]).toBe('<Step id="not-one">');
	expect(lines[22]).toBe('````sh title="two" lab=a-lab step=deploy n=1');
	expect(lines[26]).toBe('<Edit lab="a-lab" step="deploy" file="lib/stack.ts" />');
	expect(lines[32]).toBe('```sh lab=a-lab step=clean-up n=0');
	expect(lines.at(-2)).toBe("import { Picture, Step, Edit } from '/site/components/lab/index.ts';");
});

test('an aside without a title gets one in the language of the page', () => {
	const asides = { note: 'Ghi chú' };
	expect(prepareLabPage(':::note\na\n:::\n<Why />', 'a-lab', asides)).toContain(':::note[Ghi chú]\na\n:::\n');
	expect(prepareLabPage(':::note[Own]\na\n:::\n<Why />', 'a-lab', asides)).toContain(':::note[Own]');
});

test('a page without our components stays as it is', () => {
	expect(prepareLabPage('# Only words\n', 'a-lab')).toBe('# Only words\n');
});
