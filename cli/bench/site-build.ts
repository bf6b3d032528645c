import { join } from 'node:path';
import { root } from '../../lib/paths.ts';
import { output } from '../child.ts';
import { figure, seconds } from './figure.ts';

export const siteBuild = figure({
	id: 'site-build',
	what: 'build of the whole site',
	unit: 's',
	goal: 60,
	measure: () =>
		seconds(async () => {
			const file = join(import.meta.dirname, '..', 'start', 'build-site.ts');
			const built = await output(process.execPath, [file], { cwd: root, timeout: 300_000 });
			if (built?.exit !== 0) throw new Error(built?.text);
		}),
});
