import { ensurePractice, stopPractice } from '../practice.ts';
import { figure, median, seconds } from './figure.ts';

/** From the start of the process to its first answer. */
export const practiceListening = figure({
	id: 'practice-listening',
	what: 'practice account: from start to listening',
	unit: 's',
	goal: 0.4,
	async measure() {
		// The first start compiles; what a learner waits for every day is the others.
		await ensurePractice();
		return median(5, async () => {
			await stopPractice();
			return seconds(() => ensurePractice());
		});
	},
});
