import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../../lib/paths.ts';
import { UserError } from '../../lib/user-error.ts';

/** Where each template goes, below the root. */
const files: readonly (readonly [template: string, to: (slug: string) => string, greeting?: string])[] = [
	['lab.ts', (slug) => `labs/${slug}/lab.ts`],
	['index.mdx', (slug) => `labs/${slug}/index.mdx`],
	['mistakes.ts', (slug) => `labs/${slug}/mistakes.ts`],
	['app.ts', (slug) => `labs/${slug}/starter/bin/app.ts`],
	['stack.ts', (slug) => `labs/${slug}/starter/lib/stack.ts`, 'Hello'],
	['README.md', (slug) => `labs/${slug}/starter/README.md`],
	['stack.ts', (slug) => `labs/${slug}/solution/change/lib/stack.ts`, 'Hello, world'],
	['checks.ts', (slug) => `validators/${slug}/index.ts`],
	['greeting.ts', (slug) => `validators/${slug}/greeting.ts`],
	['greeting-there.ts', (slug) => `validators/${slug}/greeting-there.ts`],
	['greeting-changed.ts', (slug) => `validators/${slug}/greeting-changed.ts`],
	['nothing-left.ts', (slug) => `validators/${slug}/nothing-left.ts`],
];

/** What every starter has in common is taken from the first lab's, so that versions and CDK flags agree. */
const model = 'get-ready';
const common = ['cdk.json', 'tsconfig.json', '.gitignore', 'package.json'];

/** Writes the files of a new lab and its line in the two lists. Returns the files, relative to the root. */
export function writeLab(slug: string, title: string): string[] {
	const taken = [`labs/${slug}`, `validators/${slug}`].find((folder) => existsSync(join(root, folder)));
	if (taken)
		throw new UserError(`There is a folder ${taken} already.`, 'Choose another name, or remove that folder first.');
	const stack = slug
		.split('-')
		.map((word) => word[0]!.toUpperCase() + word.slice(1))
		.join('');
	const written: string[] = [];
	const write = (file: string, text: string) => {
		mkdirSync(dirname(join(root, file)), { recursive: true });
		writeFileSync(join(root, file), text);
		written.push(file);
	};
	for (const [template, to, greeting = 'Hello'] of files) {
		const text = readFileSync(join(import.meta.dirname, 'template', `${template}.template`), 'utf8');
		const values: Record<string, string> = { slug, Stack: stack, Title: title, greeting };
		write(
			to(slug),
			text.replace(/__(slug|Stack|Title|greeting)__/g, (_, name: string) => values[name]!),
		);
	}
	for (const file of common) {
		const to = `labs/${slug}/starter/${file}`;
		cpSync(join(root, 'labs', model, 'starter', file), join(root, to));
		written.push(to);
	}
	const manifest = join(root, 'labs', slug, 'starter', 'package.json');
	writeFileSync(manifest, readFileSync(manifest, 'utf8').replace(`"name": "${model}"`, `"name": "${slug}"`));
	register(slug);
	return [...written, 'labs/index.ts', 'validators/index.ts'];
}

/** One line in labs/index.ts and one in validators/index.ts. */
function register(slug: string): void {
	const name = slug.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
	change('labs/index.ts', (text) => {
		const imports = text.replace(/(import type \{ Lab \})/, `import ${name} from './${slug}/lab.ts';\n$1`);
		return imports.replace(
			/(export const labs: readonly Lab\[\] = \[)([\s\S]*?)(,?\s*\];)/,
			(_, head, list, tail) => `${head}${list}, ${name}${tail.replace(',', '')}`,
		);
	});
	change('validators/index.ts', (text) =>
		text.replace(/\n\};/, `\n\t'${slug}': () => import('./${slug}/index.ts'),\n};`),
	);
}

function change(file: string, how: (text: string) => string): void {
	const before = readFileSync(join(root, file), 'utf8');
	const after = how(before);
	if (after === before)
		throw new UserError(`The list in ${file} has another form than expected.`, 'Add the lab to it by hand: one line.');
	writeFileSync(join(root, file), after);
}
