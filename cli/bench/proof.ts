import { labs } from '../../labs/index.ts';
import { proveSeveral } from '../prove/several.ts';
import { figure, seconds } from './figure.ts';

export const proofOfAllLabs = figure({
	id: 'proof-of-all-labs',
	what: `proof of all ${labs.length === 1 ? 'labs (there is one)' : `${labs.length} labs`}`,
	unit: 's',
	goal: 600,
	measure: () =>
		seconds(async () => {
			const failed = (
				await proveSeveral(
					labs.map(({ slug }) => slug),
					{ quiet: true },
				)
			).filter(({ status }) => status === 'failed');
			if (failed.length > 0) throw new Error(`not proved: ${failed.map(({ lab }) => lab).join(', ')}`);
		}),
});
