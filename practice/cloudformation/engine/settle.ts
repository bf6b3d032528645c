import { ChangeSets } from '../state/change-sets.ts';
import { Exports, Imports } from '../state/exports.ts';
import type { Kept } from '../state/resources.ts';
import type { Run } from './run.ts';

/** How often a resource that takes time is looked at, ms. */
const pause = 250;

/** Asks those that take time, and are due, whether they are ready. */
export function settle(run: Run, rows: Kept[]): void {
	const now = run.account.clock.now();
	for (const row of rows) {
		if (row.step !== 'settling' || (row.again ?? 0) > now) continue;
		const deleting = row.status.startsWith('DELETE');
		const verb = row.status.split('_')[0]!;
		const type = run.type(row);
		const problem = run.attempt(row, () => {
			const context = { ...run.context(row), declared: row.properties as never };
			const answer = (deleting ? type.gone! : type.ready!)(row.physicalId!, context);
			if (answer.state === 'waiting') {
				row.again = now + (answer.again ?? pause);
				run.save(row);
				return;
			}
			delete row.again;
			if (answer.state === 'failed') {
				row.step = 'failed';
				run.tell(
					row,
					`${verb}_FAILED`,
					`Resource handler returned message: "${answer.reason}" (RequestToken: ${crypto.randomUUID()}, HandlerErrorCode: NotStabilized)`,
				);
				return;
			}
			if (answer.id !== undefined) row.physicalId = answer.id;
			if (answer.attributes) row.attributes = answer.attributes;
			row.step = 'done';
			run.tell(row, `${verb}_COMPLETE`);
		});
		if (!problem) continue;
		row.step = 'failed';
		run.tell(row, `${verb}_FAILED`, problem.reason);
	}
}

/** When the next resource is to be asked; undefined when none is waited for. */
export function soonest(rows: Kept[]): number | undefined {
	const times = rows.filter(({ step }) => step === 'settling').map(({ again }) => again ?? 0);
	return times.length > 0 ? Math.min(...times) : undefined;
}

/** The operation is over for good: forgets what a rollback would have needed. */
export function ended(run: Run, status: string, reason?: string): void {
	for (const row of [...run.rows]) {
		for (const name of ['step', 'next', 'before', 'changed', 'fresh', 'again', 'replaced'] as const) delete row[name];
		run.save(row);
	}
	delete run.stack.before;
	run.tellStack(status, reason);
	delete run.stack.operation;
}

/** The stack is gone. It can still be looked at by its id. */
export function forget(run: Run): void {
	const { stack, account } = run;
	stack.outputs = [];
	stack.deleted = account.clock.now();
	const exports = account.store(Exports);
	for (const { name, stack: by } of exports.list()) if (by === stack.id) exports.delete(name);
	account.store(Imports).set(stack, []);
	const changeSets = account.store(ChangeSets);
	for (const { id } of changeSets.of(stack.id)) changeSets.remove(id);
}
