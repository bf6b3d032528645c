import { workspaceFolder } from '../../lib/paths.ts';
import type { Target } from '../../lib/target.ts';
import { cdkCommand, cdkEnvironment } from '../cdk.ts';
import { output } from '../child.ts';
import { cleanUp, planCleanup } from '../cleanup/cleanup.ts';
import { progress } from '../progress.ts';
import { figure, median, seconds } from './figure.ts';
import { measured, preparedLab } from './lab.ts';

/** The first deployment of a starter, less what its synthesis alone takes. */
export const deployOverSynth = figure({
	id: 'deploy-over-synth',
	what: `cdk deploy of ${measured.slug}'s starter, beyond cdk synth`,
	unit: 's',
	goal: 1,
	async measure() {
		const target = await preparedLab();
		const run = (...args: string[]) => seconds(() => cdk(target, args));
		await run('synth', '--quiet');
		const synth = await median(3, () => run('synth', '--quiet'));
		const deploy = await median(3, async () => {
			const told = progress('', { after: 3_600_000 });
			await cleanUp(measured, target, await planCleanup(measured, target), undefined, told);
			told.done();
			return run('deploy', '--all', '--require-approval', 'never');
		});
		return deploy - synth;
	},
});

async function cdk(target: Target, args: string[]): Promise<void> {
	const ran = await output(process.execPath, cdkCommand([...args, '--no-notices']), {
		cwd: workspaceFolder(measured.slug),
		env: cdkEnvironment(target),
		timeout: 120_000,
	});
	if (ran?.exit !== 0) throw new Error(`cdk ${args[0]} said: ${ran?.text}`);
}
