import { output } from '../child.ts';
import { ensurePractice, stopPractice } from '../practice.ts';
import { figure } from './figure.ts';

/** Resident memory of a process that was just started and has one account. */
export const practiceMemory = figure({
	id: 'practice-memory',
	what: 'practice account: resident memory, idle',
	unit: 'MB',
	goal: 120,
	async measure() {
		await stopPractice();
		const practice = await ensurePractice();
		await practice.account('scratch');
		const said = await output('ps', ['-o', 'rss=', '-p', String(practice.process.pid)]);
		return Number(said!.text.trim()) / 1024;
	},
});
