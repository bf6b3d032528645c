import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Runs git in a workspace and returns what it printed. A learner's signing keys and hooks stay out of our commits. */
export async function git(workspace: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
	const { stdout } = await run('git', ['-c', 'commit.gpgsign=false', '-c', 'core.hooksPath=/dev/null', ...args], {
		cwd: workspace,
		env: { ...process.env, ...env },
		maxBuffer: 64 * 1024 * 1024,
	});
	return stdout.trim();
}

/** Makes the workspace a repository of its own, with a first commit. */
export async function initialise(workspace: string, message: string): Promise<void> {
	await git(workspace, ['init', '--quiet', '--initial-branch=main']);
	const known = await git(workspace, ['config', 'user.email']).catch(() => '');
	if (!known) {
		await git(workspace, ['config', 'user.name', 'Learner']);
		await git(workspace, ['config', 'user.email', 'learner@slipway.invalid']);
	}
	await git(workspace, ['add', '--all']);
	await git(workspace, ['commit', '--quiet', '--message', message]);
}

/**
 * Keeps the files as they are now, committed or not, as a commit that no branch knows. Neither the index nor the work
 * tree is touched. Its parent is HEAD, so that `bringBack` can restore both.
 */
export async function keep(workspace: string, message: string): Promise<string> {
	const folder = mkdtempSync(join(tmpdir(), 'slipway-index-'));
	try {
		const env = { GIT_INDEX_FILE: join(folder, 'index') };
		await git(workspace, ['add', '--all'], env);
		const tree = await git(workspace, ['write-tree'], env);
		const commit = await git(workspace, ['commit-tree', tree, '-p', 'HEAD', '-m', message]);
		// A ref keeps it from git's own tidying up.
		await git(workspace, ['update-ref', `refs/slipway/${commit}`, commit]);
		return commit;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** Brings back files, branch position and uncommitted changes as `keep` found them. */
export async function bringBack(workspace: string, commit: string): Promise<void> {
	const parent = await git(workspace, ['rev-parse', `${commit}^`]);
	await git(workspace, ['read-tree', '--reset', '-u', commit]);
	await git(workspace, ['clean', '--force', '-d', '--quiet']);
	await git(workspace, ['reset', '--soft', parent]);
	await git(workspace, ['read-tree', parent]);
}
