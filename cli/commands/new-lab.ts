import { command, wrongUsage } from '../command.ts';
import { writeLab } from '../new-lab/write.ts';
import { say } from '../terminal.ts';

/** `npm run new-lab`: the files of a lab, commented, that pass the proof at once. */
export const newLab = command({
	name: 'new-lab',
	summary: 'write the files of a new lab',
	usage: '<slug> [--title "…"]',
	options: { title: { type: 'string', value: 'text', describe: 'what the page is called' } },
	examples: [['npm run new-lab -- iac-rescue --title "A stuck stack"', 'then change one file after the other']],
	async run({ values, words: [slug] }) {
		if (!slug) throw wrongUsage(newLab, 'A lab wants a slug.', 'As in `npm run new-lab -- iac-rescue`.');
		if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(slug) || slug.length > 40) {
			throw wrongUsage(
				newLab,
				`${JSON.stringify(slug)} is no slug.`,
				'Lower-case words with hyphens between them, at most 40 characters.',
			);
		}
		const title = values.title ?? `${slug[0]!.toUpperCase()}${slug.slice(1).replaceAll('-', ' ')}`;
		for (const file of writeLab(slug, title)) say(file);
		say();
		say(`It works as it is: npm run prove -- ${slug}`);
		say('Then make it yours, one file at a time; CONTRIBUTING.md says in which order.');
	},
});
