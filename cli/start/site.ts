import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root, stateFolder } from '../../lib/paths.ts';
import { UserError } from '../../lib/user-error.ts';
import { output } from '../child.ts';
import { alone } from '../files.ts';
import { during } from '../progress.ts';

/** What the site is made of. */
const inputs = ['site', 'labs', 'validators', 'lib', 'astro.config.mjs', 'ec.config.mjs', 'package-lock.json'];
const notInputs = new Set(['node_modules', 'cdk.out', '.astro']);

export const dist = join(root, 'dist');
const stampFile = join(root, '.astro', 'built-from');

/** Builds the site unless dist/ was built from just these files. */
export async function ensureSite(): Promise<void> {
	if (isFresh(hashInputs())) return;
	await alone(join(stateFolder(), 'build.lock'), async () => {
		const hash = hashInputs();
		if (!isFresh(hash)) await during('building the site, which takes some seconds', () => build(hash));
	});
}

/** A hash over names and contents of everything that goes into the site. */
export function hashInputs(from = root): string {
	const hash = createHash('sha256');
	for (const input of inputs) {
		for (const file of files(join(from, input)))
			hash
				.update(`${file.slice(from.length)}\0`)
				.update(readFileSync(file))
				.update('\0');
	}
	return hash.digest('hex');
}

function* files(path: string): Generator<string> {
	if (!existsSync(path)) return;
	let entries: ReturnType<typeof list>;
	try {
		entries = list(path);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ENOTDIR') throw error;
		yield path;
		return;
	}
	for (const entry of entries) {
		if (notInputs.has(entry.name) || entry.name.endsWith('.test.ts')) continue;
		yield* files(join(path, entry.name));
	}
}

const list = (path: string) => readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));

const isFresh = (hash: string) =>
	existsSync(join(dist, 'index.html')) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === hash;

/**
 * Names by which Astro's server side knows a build for development from one for production. A shell may have set any of
 * them, and test runners do; the site would then say that it has no search.
 */
const ofTheBuild = new Set(['DEV', 'PROD', 'MODE', 'SSR', 'BASE_URL', 'SITE', 'ASSETS_PREFIX']);

async function build(hash: string): Promise<void> {
	const built = await output(process.execPath, [join(import.meta.dirname, 'build-site.ts')], {
		cwd: root,
		timeout: 600_000,
		env: {
			...Object.fromEntries(Object.entries(process.env).filter(([name]) => !ofTheBuild.has(name))),
			NODE_ENV: 'production',
			ASTRO_TELEMETRY_DISABLED: '1',
			NODE_COMPILE_CACHE: join(stateFolder(), 'compiled'),
		},
	});
	if (built?.exit !== 0) {
		throw new UserError(
			'The site was not built.',
			`\`npx astro build\` shows it again. It said:\n\n${built?.text.trim().split('\n').slice(-30).join('\n')}`,
		);
	}
	mkdirSync(dirname(stampFile), { recursive: true });
	writeFileSync(stampFile, hash);
}
