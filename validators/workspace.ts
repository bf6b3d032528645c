import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

/** The learner's files, to read. They may choose a cause and word what is next; they never make a check pass. */
export interface Workspace {
	folder: string;
	/** A file's text, or undefined when it is not there. */
	text(file: string): string | undefined;
	/** When a file was saved last. */
	savedAt(file: string): Date | undefined;
	/** When `npm run deploy` last changed the account, as far as is known. */
	deployedAt: Date | undefined;
	/** Source files that were saved after that time, newest first. */
	editedSince(time: Date): { file: string; at: Date }[];
	/** What the last `cdk synth` (a diff and a deploy do one too) made of a stack; undefined when it is missing or older than a source file. */
	template(stack: string): Template | undefined;
}

/** As much of a CloudFormation template as checks look at. */
export interface Template {
	Resources?: Record<string, { Type: string; Properties?: Record<string, unknown> }>;
	Outputs?: Record<string, unknown>;
	[section: string]: unknown;
}

const notSource = new Set(['node_modules', 'cdk.out', 'README.md', 'package-lock.json']);

/** Opens a folder to read; it need not exist. */
export function openWorkspace(folder: string, deployedAt?: Date): Workspace {
	const savedAt = (file: string) => statSync(join(folder, file), { throwIfNoEntry: false })?.mtime;
	const text = (file: string) => (savedAt(file) ? readFileSync(join(folder, file), 'utf8') : undefined);
	const sources = () => [...walk(folder)].map((path) => relative(folder, path));
	return {
		folder,
		deployedAt,
		text,
		savedAt,
		editedSince: (time) =>
			sources()
				.map((file) => ({ file, at: savedAt(file)! }))
				.filter(({ at }) => at > time)
				.sort((a, b) => b.at.getTime() - a.at.getTime()),
		template(stack) {
			const file = join('cdk.out', `${stack}.template.json`);
			// CDK rewrites a template only when it changed, but its manifest at every synth.
			const made = savedAt(join('cdk.out', 'manifest.json'));
			if (!made || sources().some((source) => savedAt(source)! > made)) return undefined;
			const json = text(file);
			return json === undefined ? undefined : (JSON.parse(json) as Template);
		},
	};
}

function* walk(folder: string): Generator<string> {
	if (!statSync(folder, { throwIfNoEntry: false })) return;
	for (const entry of readdirSync(folder, { withFileTypes: true })) {
		if (entry.name.startsWith('.') || notSource.has(entry.name)) continue;
		const path = join(folder, entry.name);
		if (entry.isDirectory()) yield* walk(path);
		else if (entry.isFile()) yield path;
	}
}
