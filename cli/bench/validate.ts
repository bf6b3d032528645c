import { root } from '../../lib/paths.ts';
import { output } from '../child.ts';
import { figure, median, seconds } from './figure.ts';
import { measured, preparedLab } from './lab.ts';

/** As a learner types it, npm and the start of both processes included. */
export const validateFromShell = figure({
	id: 'validate',
	what: `npm run validate -- ${measured.slug}, from the shell`,
	unit: 's',
	goal: 1,
	async measure() {
		await preparedLab();
		const once = async () => {
			const ran = await output('npm', ['run', '-s', 'validate', '--', measured.slug, '--json'], {
				cwd: root,
				timeout: 60_000,
			});
			if (!ran?.text.includes('"checks"')) throw new Error(`validate said: ${ran?.text}`);
		};
		await once();
		return median(5, () => seconds(once));
	},
});
