import { Exports, Imports } from '../state/exports.ts';
import type { Kept } from '../state/resources.ts';
import { restore } from '../state/stack.ts';
import { failures } from './deploy.ts';
import { publish } from './outputs.ts';
import type { Outcome, Run } from './run.ts';
import { ended, forget, settle, soonest } from './settle.ts';

const over = ({ status, step }: Kept) => /^DELETE_(COMPLETE|SKIPPED)$/.test(status) || step === 'failed';

/** One step of deleting these resources, those first that others need least. `retains` says which stay. */
function removeStep(run: Run, doomed: Kept[], retains: (row: Kept) => boolean): Outcome {
	settle(run, doomed);
	const pending = doomed.filter((row) => !over(row));
	if (pending.length === 0) return 'over';
	const free = pending.filter((row) => !row.step && !needed(row, pending));
	const busy = pending.some(({ step }) => step);
	const blocked = doomed.some(({ step }) => step === 'failed');
	// Resources of two templates may need each other in a circle; then there is no right order.
	for (const row of free.length > 0 || busy || blocked ? free : pending) beginRemoval(run, row, retains(row));
	const next = doomed.find(({ step }) => step === 'begun');
	if (next) {
		remove(run, next);
		return 'more';
	}
	const at = soonest(doomed);
	if (at !== undefined) return { at };
	return free.length > 0 ? 'more' : 'over';
}

const needed = (row: Kept, by: Kept[]) =>
	by.some((other) => other.logicalId !== row.logicalId && other.dependsOn.includes(row.logicalId));

function beginRemoval(run: Run, row: Kept, retained: boolean): void {
	delete row.next;
	if (row.physicalId === undefined) run.tell(row, 'DELETE_COMPLETE');
	else if (retained) run.tell(row, 'DELETE_SKIPPED');
	else {
		row.step = 'begun';
		run.tell(row, 'DELETE_IN_PROGRESS');
	}
}

function remove(run: Run, row: Kept): void {
	const type = run.type(row);
	const problem = run.attempt(row, () => {
		type.delete(row.physicalId!, { ...run.context(row), declared: row.properties as never });
	});
	// A type that finds its resource gone says nothing; whatever it says, something is still there.
	if (problem) {
		row.step = 'failed';
		run.tell(row, 'DELETE_FAILED', problem.reason);
	} else if (type.gone) {
		row.step = 'settling';
		row.again = run.account.clock.now();
		run.save(row);
		settle(run, [row]);
	} else {
		delete row.step;
		run.tell(row, 'DELETE_COMPLETE');
	}
}

/** After an update: deletes what the template has no more and what was replaced. */
export function cleanupStep(run: Run): Outcome {
	const { active } = run.scope();
	const wanted = new Set(active);
	const doomed = run.rows.filter((row) => row.replaced || !wanted.has(row.logicalId));
	const outcome = removeStep(run, doomed, (row) =>
		row.replaced ? row.updateReplacePolicy === 'Retain' : /^Retain/.test(row.deletionPolicy ?? ''),
	);
	if (outcome !== 'over') return outcome;
	const left = doomed.some(({ status }) => status === 'DELETE_FAILED');
	for (const row of doomed) run.remove(row);
	const reason = left ? 'Update successful. One or more resources could not be deleted.' : undefined;
	ended(run, 'UPDATE_COMPLETE', reason);
	return 'over';
}

/** After an update was taken back: deletes what it had made. */
export function rollbackCleanupStep(run: Run): Outcome {
	const doomed = run.rows.filter(({ fresh }) => fresh);
	const outcome = removeStep(run, doomed, (row) => retainedOnCreate(run, row));
	if (outcome !== 'over') return outcome;
	const left = doomed.some(({ status }) => status === 'DELETE_FAILED');
	for (const row of doomed) run.remove(row);
	const { stack } = run;
	const { outputs } = stack.before!;
	restore(stack);
	publish(run, outputs);
	const reason = left ? 'Update rollback successful. One or more resources could not be deleted.' : undefined;
	ended(run, 'UPDATE_ROLLBACK_COMPLETE', reason);
	return 'over';
}

/** Deletes what a failed creation made. */
export function createRollbackStep(run: Run): Outcome {
	const outcome = removeStep(run, run.rows, (row) => retainedOnCreate(run, row));
	if (outcome !== 'over') return outcome;
	const failed = failures(run, ['delete']);
	run.account.store(Imports).set(run.stack, []);
	publish(run, []);
	if (failed) {
		run.tellStack('ROLLBACK_FAILED', failed);
		return 'over';
	}
	ended(run, 'ROLLBACK_COMPLETE');
	return 'over';
}

/** What a failed operation made stays only if the template says so without exception. */
const retainedOnCreate = ({ operation }: Run, { deletionPolicy }: Kept) =>
	deletionPolicy === 'Retain' && !operation.retainExceptOnCreate;

/** Deletes the stack. */
export function deleteStep(run: Run): Outcome {
	const { stack, operation } = run;
	const used = exportsInUse(run);
	if (used) {
		run.tellStack('DELETE_FAILED', used);
		delete stack.operation;
		return 'over';
	}
	const outcome = removeStep(
		run,
		run.rows,
		(row) => operation.retain?.includes(row.logicalId) === true || /^Retain/.test(row.deletionPolicy ?? ''),
	);
	if (outcome !== 'over') return outcome;
	const failed = failures(run, ['delete']);
	if (failed) {
		run.tellStack('DELETE_FAILED', failed);
		delete stack.operation;
		return 'over';
	}
	forget(run);
	ended(run, 'DELETE_COMPLETE');
	return 'over';
}

function exportsInUse({ account, stack }: Run): string | undefined {
	const imports = account.store(Imports);
	for (const { name, stack: owner } of account.store(Exports).list()) {
		if (owner !== stack.id) continue;
		const users = imports.of(name);
		if (users.length > 0) return `Export ${name} cannot be deleted as it is in use by ${users.join(', ')}`;
	}
	return undefined;
}
