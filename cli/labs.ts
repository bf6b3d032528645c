import { mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { labs } from '../labs/index.ts';
import type { Lab } from '../labs/lab.ts';
import { nearest } from '../lib/nearest.ts';
import { stateFolder, workspaceFolder } from '../lib/paths.ts';
import { exitCodes, UserError } from '../lib/user-error.ts';

/** The lab by that name; a mistyped one is answered with the nearest. */
export function getLab(slug: string): Lab {
	const found = labs.find((lab) => lab.slug === slug);
	if (found) return found;
	const near = nearest(
		slug,
		labs.map((lab) => lab.slug),
	);
	throw new UserError(
		`There is no lab ${JSON.stringify(slug)}.`,
		near ? `Did you mean \`${near}\`?` : `There are: ${labs.map((lab) => lab.slug).join(', ')}.`,
		{ exitCode: exitCodes.usage },
	);
}

/** The lab that is meant: the one named, else the one whose workspace this is, else the one last opened. */
export function meantLab(slug: string | undefined): Lab {
	const meant = slug ?? here() ?? lastLab();
	if (meant) return getLab(meant);
	throw new UserError('Which lab?', `Name one: ${labs.map((lab) => lab.slug).join(', ')}.`, {
		exitCode: exitCodes.usage,
	});
}

/** The lab in whose workspace the command was typed. */
function here(): string | undefined {
	const workspaces = real(dirname(workspaceFolder('any')));
	const [slug, ...inside] = relative(workspaces, real(process.env['INIT_CWD'] ?? process.cwd())).split(sep);
	if (!slug || slug === '..' || inside[0] === '..') return undefined;
	return labs.some((lab) => lab.slug === slug) ? slug : undefined;
}

const lastLabFile = () => join(stateFolder(), 'last-lab');

/** The slug of the lab that was last opened. */
export function lastLab(): string | undefined {
	try {
		const slug = readFileSync(lastLabFile(), 'utf8').trim();
		return labs.some((lab) => lab.slug === slug) ? slug : undefined;
	} catch {
		return undefined;
	}
}

export function rememberLab(slug: string): void {
	if (lastLab() === slug) return;
	mkdirSync(stateFolder(), { recursive: true });
	writeFileSync(lastLabFile(), `${slug}\n`);
}

function real(path: string): string {
	try {
		return realpathSync(path);
	} catch {
		return path;
	}
}
