import { workspaceFolder } from '../../lib/paths.ts';
import type { Target } from '../../lib/target.ts';
import { UserError } from '../../lib/user-error.ts';
import { agree, note } from '../terminal.ts';
import { git } from './git.ts';
import { isPrepared } from './workspace.ts';

interface Consent {
	yes?: boolean;
}

/** Says exactly what an emptied account would lose, and asks. */
export async function mayForget(name: string, { yes }: Consent): Promise<void> {
	note(
		`This empties the practice account of ${name}: every stack, resource and log in it, and which steps are passed.`,
	);
	note('Its snapshots and your files stay.');
	if (!(await agree('Empty it?', { yes: yes ?? false }))) throw refused();
}

/** Says exactly what a fresh start of a lab would lose, and asks. */
export async function mayReset(slug: string, target: Target, { yes }: Consent): Promise<void> {
	note(`This begins ${slug} again. What is lost:`);
	if (target.kind === 'practice') {
		note(
			`  the practice account of ${slug}: every stack, resource, log and snapshot in it, and which steps are passed`,
		);
	} else {
		note(
			`  the record of which steps are passed. What is in the account stays: \`npm run cleanup -- ${slug}\` removes it`,
		);
	}
	for (const line of await files(slug)) note(`  ${line}`);
	if (!(await agree('Begin again?', { yes: yes ?? false }))) throw refused();
}

async function files(slug: string): Promise<string[]> {
	const workspace = workspaceFolder(slug);
	if (!isPrepared(slug)) return [];
	const own = Number(await git(workspace, ['rev-list', '--count', 'HEAD'])) - 1;
	const edited = await git(workspace, ['status', '--short']);
	const commits = own === 1 ? '1 commit of yours' : `${own} commits of yours`;
	if (!edited) return [`${workspace}: ${commits}, and no file that is not committed`];
	return [
		`${workspace}: ${commits}, and these files that are not committed:`,
		...edited.split('\n').map((line) => `  ${line}`),
	];
}

const refused = () => new UserError('Nothing was done.', 'You said no.');
