import type { Kept } from '../state/resources.ts';
import { failures } from './deploy.ts';
import type { Outcome, Run } from './run.ts';
import { settle, soonest } from './settle.ts';

/** One step of taking an update back: what was changed is changed again, what was replaced takes its place again. */
export function rollbackStep(run: Run): Outcome {
	restoreReplaced(run);
	const concerned = run.rows.filter(({ fresh }) => !fresh);
	settle(run, concerned);
	const failed = concerned.some(({ step }) => step === 'failed');
	if (!failed) begin(run, concerned);
	const next = concerned.find(({ step }) => step === 'begun');
	if (next && !failed) {
		undo(run, next);
		return 'more';
	}
	const at = soonest(concerned);
	if (at !== undefined) return { at };
	if (failed) {
		for (const row of concerned) if (row.step === 'begun') cancel(run, row);
		run.tellStack('UPDATE_ROLLBACK_FAILED', failures(run));
		return 'over';
	}
	run.operation.phase = 'rollback-cleanup';
	for (const row of run.rows) {
		if (!row.step) continue;
		delete row.step;
		run.save(row);
	}
	run.tellStack('UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS');
	return 'more';
}

/** The old resource of a replacement is the stack's own again, the new one is to go. */
function restoreReplaced(run: Run): void {
	for (const old of run.rows.filter(({ replaced, fresh }) => replaced && !fresh)) {
		const fresh = run.rows.find((row) => row.logicalId === old.logicalId && !row.replaced);
		if (fresh) {
			fresh.replaced = true;
			run.save(fresh);
		}
		delete old.replaced;
		old.step = 'done';
		run.tell(old, 'UPDATE_COMPLETE');
	}
}

function begin(run: Run, rows: Kept[]): void {
	const waiting = new Set(rows.filter((row) => toUndo(row) && row.step !== 'done').map(({ logicalId }) => logicalId));
	for (const row of rows) {
		if (row.step) continue;
		if (!toUndo(row)) {
			if (row.before) {
				Object.assign(row, row.before);
				delete row.before;
			}
			row.step = 'done';
			run.save(row);
			continue;
		}
		const needs = (row.before ?? row).dependsOn;
		if (needs.some((each) => each !== row.logicalId && waiting.has(each))) continue;
		if (run.operation.skip?.includes(row.logicalId)) {
			Object.assign(row, row.before, { step: 'done' });
			delete row.before;
			delete row.changed;
			run.tell(row, 'UPDATE_COMPLETE', 'Resource skipped during UpdateRollback');
			continue;
		}
		row.step = 'begun';
		run.tell(row, 'UPDATE_IN_PROGRESS');
	}
}

/** What was changed, and what could not be. */
const toUndo = ({ changed, status, step }: Kept) =>
	changed === true || (status === 'UPDATE_FAILED' && step !== 'done') || status === 'UPDATE_IN_PROGRESS';

function undo(run: Run, row: Kept): void {
	const { before } = row;
	const type = run.type(row);
	if (!row.changed || !before) {
		// The service refused the change, so there is none to take back.
		if (before) Object.assign(row, before);
		row.step = 'done';
		run.tell(row, 'UPDATE_COMPLETE');
		return;
	}
	const problem = run.attempt(row, () => {
		row.next = before;
		const answered = type.update!(row.physicalId!, before.properties as never, {
			...run.context(row),
			before: row.properties as never,
			tagsBefore: row.tags,
		});
		delete row.next;
		Object.assign(row, before, { attributes: answered ?? before.attributes });
		delete row.before;
		delete row.changed;
	});
	if (problem) {
		delete row.next;
		row.step = 'failed';
		run.tell(row, 'UPDATE_FAILED', problem.reason);
	} else if (type.ready) {
		row.step = 'settling';
		row.again = run.account.clock.now();
		run.save(row);
		settle(run, [row]);
	} else {
		row.step = 'done';
		run.tell(row, 'UPDATE_COMPLETE');
	}
}

function cancel(run: Run, row: Kept): void {
	row.step = 'failed';
	run.tell(row, 'UPDATE_FAILED', 'Resource update cancelled');
}
