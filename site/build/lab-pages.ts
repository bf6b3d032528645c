import { basename, dirname } from 'node:path';
import type { Plugin } from 'vite';

/** The components that a lab page may use without importing them. */
const names = ['Step', 'Predict', 'Output', 'Edit', 'Hints', 'Checks', 'Why', 'Picture'];

/** Starlight takes the language of an aside's title from the docs folder, in which lab pages do not lie. */
const vietnameseAsides: Record<string, string> = { note: 'Ghi chú', tip: 'Mẹo', caution: 'Chú ý', danger: 'Nguy hiểm' };

/** Gives lab pages their components, and tells each component and each command which lab and step it belongs to. */
export const labPages = (): Plugin => ({
	name: 'slipway:lab-pages',
	enforce: 'pre',
	transform: {
		order: 'pre',
		filter: { id: /\/labs\/[^/]+\/(index|vi)\.mdx$/ },
		handler(code, id) {
			return {
				code: prepareLabPage(code, basename(dirname(id)), basename(id) === 'vi.mdx' ? vietnameseAsides : {}),
				map: null,
			};
		},
	},
});

/**
 * Writes `lab` and `step` into the opening tags of our components, `lab`, `step` and `n` (its place among the step's
 * commands, from 0) into the info string of each `sh` fence, and the import at the end, so that lines keep their numbers. `asides` are the titles of
 * those that have none.
 */
export function prepareLabPage(source: string, lab: string, asides: Record<string, string> = {}): string {
	let step: string | undefined;
	let command = 0;
	let fence: string | undefined;
	const used = new Set<string>();
	const lines = source.split('\n').map((line) => {
		const mark = /^\s*(`{3,}|~{3,})\s*(\S*)/.exec(line);
		if (fence) {
			if (mark && mark[1]!.startsWith(fence) && !mark[2]) fence = undefined;
			return line;
		}
		if (mark) {
			fence = mark[1];
			return mark[2] === 'sh' && step ? `${line} lab=${lab} step=${step} n=${command++}` : line;
		}
		const aside = /^(\s*):::(\w+)\s*$/.exec(line);
		if (aside && asides[aside[2]!]) return `${aside[1]}:::${aside[2]}[${asides[aside[2]!]}]`;
		const opened = /^\s*<Step\s+id=["']([^"']+)["']/.exec(line);
		if (opened) [step, command] = [opened[1], 0];
		if (/^\s*<\/Step>/.test(line)) step = undefined;
		return line.replace(new RegExp(`<(${names.join('|')})(?=[\\s/>])`, 'g'), (tag, name: string) => {
			used.add(name);
			return `${tag} lab="${lab}"${step && name !== 'Step' ? ` step="${step}"` : ''}`;
		});
	});
	if (used.size === 0) return source;
	return `${lines.join('\n')}\n\nimport { ${[...used].join(', ')} } from '/site/components/lab/index.ts';\n`;
}
