import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../lib/paths.ts';
import { runningPractice, stopPractice } from '../practice.ts';

/** The places of one proof: nothing in it is shared with the learner's own or with another proof's. */
export interface Surroundings {
	folder: string;
	/** Stops the practice process of the proof and removes everything, unless it is kept for a look. */
	close(keep?: boolean): Promise<void>;
}

/**
 * Points this process at a state folder, workspaces, HOME and git configuration of its own. They lie below the repository,
 * so that a workspace finds the packages. A proof on a real account keeps the person's AWS configuration.
 */
export function enterSurroundings(slug: string, { live = false } = {}): Surroundings {
	const proofs = join(root, '.slipway', 'proofs');
	mkdirSync(proofs, { recursive: true });
	const folder = mkdtempSync(join(proofs, `${slug}-`));
	const home = join(folder, 'home');
	mkdirSync(home);
	writeFileSync(
		join(home, '.gitconfig'),
		'[user]\n\tname = Learner\n\temail = learner@slipway.invalid\n[init]\n\tdefaultBranch = main\n',
	);

	if (live) {
		process.env['AWS_CONFIG_FILE'] ??= join(homedir(), '.aws', 'config');
		process.env['AWS_SHARED_CREDENTIALS_FILE'] ??= join(homedir(), '.aws', 'credentials');
	}
	for (const name of Object.keys(process.env)) {
		// Where the proof was started from must not show in it: another target's shell, npm's own variables, git's.
		if (/^(SLIPWAY_|GIT_|npm_|XDG_|INIT_CWD$|FORCE_COLOR$)/.test(name)) delete process.env[name];
	}
	Object.assign(process.env, {
		SLIPWAY_STATE: join(folder, 'state'),
		SLIPWAY_WORKSPACE: join(folder, 'workspace'),
		HOME: home,
		GIT_CONFIG_NOSYSTEM: '1',
		// npm would look for a newer npm, and say so in the middle of a page's output.
		npm_config_update_notifier: 'false',
		NO_COLOR: '1',
	});
	return {
		folder,
		async close(keep = false) {
			if (await runningPractice()) await stopPractice();
			if (!keep) rmSync(folder, { recursive: true, force: true });
		},
	};
}
