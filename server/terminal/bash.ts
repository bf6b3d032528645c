import { accessSync, constants, mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { stateFolder } from '../../lib/paths.ts';
import { environment, type Target } from '../../lib/target.ts';
import { Refusal } from '../refusal.ts';

/** How to start the shell of a lab: the page's terminal and `npm run shell` start the same one. */
export interface ShellStart {
	file: string;
	args: string[];
	cwd: string;
	env: Record<string, string>;
}

/** bash in the lab's folder with the target's environment, a prompt that names the target, and a history of its own. */
export function shellStart(slug: string, folder: string, target: Target, base = process.env): ShellStart {
	const env = environment(target, base);
	const histories = join(stateFolder(), 'history');
	mkdirSync(histories, { recursive: true, mode: 0o700 });
	// Each of these makes a bash run or read something before our own file.
	for (const name of ['BASH_ENV', 'ENV', 'PROMPT_COMMAND', 'PS0', 'PS1', 'PS2']) delete env[name];
	return {
		file: findBash(env['PATH'] ?? ''),
		args: ['--noprofile', '--rcfile', join(import.meta.dirname, 'bashrc'), '-i'],
		cwd: folder,
		env: {
			...env,
			TERM: 'xterm-256color',
			COLORTERM: 'truecolor',
			HISTFILE: join(histories, slug),
			SLIPWAY_LAB: slug,
			SLIPWAY_FOLDER: folder,
			// A system-wide bashrc may put other folders first.
			SLIPWAY_PATH: env['PATH'] ?? '',
		},
	};
}

function findBash(path: string): string {
	for (const folder of path.split(delimiter).filter(Boolean)) {
		try {
			accessSync(join(folder, 'bash'), constants.X_OK);
			return join(folder, 'bash');
		} catch {
			// Not in this one.
		}
	}
	throw new Refusal(
		501,
		'There is no bash on this machine, and the labs are written for it.',
		'Install bash and start again; on Windows, run Slipway inside WSL 2.',
	);
}
