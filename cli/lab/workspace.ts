import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import type { Lab } from '../../labs/lab.ts';
import { labFolder, root, workspaceFolder } from '../../lib/paths.ts';
import { UserError } from '../../lib/user-error.ts';
import { initialise } from './git.ts';

/** The commands that work from within a workspace. */
const own = ['validate', 'deploy', 'cleanup', 'doctor', 'lab', 'practice', 'shell', 'target'];

/** How long a lab's resources are meant to live, from its preparation. */
const lifetime = 24 * 60 * 60 * 1000;

export const isPrepared = (slug: string) => existsSync(join(workspaceFolder(slug), '.git'));

/** The workspace, or what to do when there is none. */
export function preparedWorkspace(slug: string): string {
	if (isPrepared(slug)) return workspaceFolder(slug);
	throw new UserError(`The lab ${slug} has no workspace yet.`, `Make it with \`npm run lab -- ${slug}\`.`);
}

/** Copies the starter and makes it a repository. Returns when the resources are to expire. */
export async function makeWorkspace(lab: Lab, now = new Date()): Promise<string> {
	const workspace = workspaceFolder(lab.slug);
	mkdirSync(workspace, { recursive: true });
	cpSync(join(labFolder(lab.slug), 'starter'), workspace, {
		recursive: true,
		filter: (path) => !['node_modules', 'cdk.out'].includes(basename(path)),
	});
	const expires = new Date(now.getTime() + lifetime).toISOString().replace(/\.\d+Z$/, 'Z');
	addScripts(workspace, lab.slug);
	addExpiry(workspace, expires);
	addIgnores(workspace);
	await initialise(workspace, `Starter of ${lab.slug}`);
	return expires;
}

export const removeWorkspace = (slug: string) => rmSync(workspaceFolder(slug), { recursive: true, force: true });

function addScripts(workspace: string, slug: string): void {
	const file = join(workspace, 'package.json');
	const manifest = existsSync(file)
		? JSON.parse(readFileSync(file, 'utf8'))
		: { name: slug, private: true, type: 'module' };
	const run = relative(workspace, join(root, 'cli', 'run.mjs'))
		.split('\\')
		.join('/');
	const scripts = Object.fromEntries(own.map((name) => [name, `node ${run} ${name}`]));
	write(file, { ...manifest, scripts: { ...manifest.scripts, ...scripts } });
}

/** Fixed once, so that `cdk diff` stays empty. The starter reads it as context and tags everything with it. */
function addExpiry(workspace: string, expires: string): void {
	const file = join(workspace, 'cdk.json');
	if (!existsSync(file)) return;
	const settings = JSON.parse(readFileSync(file, 'utf8'));
	write(file, { ...settings, context: { ...settings.context, 'slipway:expires': expires } });
}

function addIgnores(workspace: string): void {
	const file = join(workspace, '.gitignore');
	const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
	const lines = text.split('\n');
	const missing = ['cdk.out/', 'node_modules/'].filter(
		(line) => !lines.includes(line) && !lines.includes(line.slice(0, -1)),
	);
	if (missing.length > 0) writeFileSync(file, `${[text.trimEnd(), ...missing].filter(Boolean).join('\n')}\n`);
}

const write = (file: string, value: unknown) => writeFileSync(file, `${JSON.stringify(value, undefined, '\t')}\n`);
