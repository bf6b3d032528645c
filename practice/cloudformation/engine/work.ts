import type { AccountInRegion } from '../../account/account.ts';
import type { Job } from '../../account/work.ts';
import { inProgress } from '../state/stack.ts';
import { Stacks } from '../state/stacks.ts';
import { deployStep } from './deploy.ts';
import { cleanupStep, createRollbackStep, deleteStep, rollbackCleanupStep } from './removal.ts';
import { rollbackStep } from './rollback.ts';
import { type Outcome, Run, type RunOptions } from './run.ts';

const steps: Record<string, (run: Run) => Outcome> = {
	deploy: deployStep,
	cleanup: cleanupStep,
	rollback: rollbackStep,
	'rollback-cleanup': rollbackCleanupStep,
	'create-rollback': createRollbackStep,
	delete: deleteStep,
};

/** Stacks that are being worked on in this process. */
const running = new WeakMap<object, Set<string>>();

/** The kind of work that goes on with a stack's operation. */
export const kind = 'cloudformation.run';

/** Puts the work on a stack's operation on the agenda. */
export const goOn = (account: AccountInRegion, stack: string, at?: number) => account.later(kind, { stack }, at);

/**
 * Goes on with a stack's operation until it is over or has to wait. Each step is one transaction, in which the resource
 * and what is known of it change together: after a crash the work goes on behind the last one.
 */
export async function work(account: AccountInRegion, job: Job, options: RunOptions): Promise<void> {
	const { stack: id } = job.payload as { stack: string };
	let busy = running.get(account.account);
	if (!busy) {
		busy = new Set();
		running.set(account.account, busy);
	}
	if (busy.has(id)) return;
	busy.add(id);
	let run: Run | undefined;
	try {
		const step = (): Outcome => {
			const stack = account.store(Stacks).get(id);
			if (!stack?.operation || !inProgress(stack.status)) return 'over';
			// A resource's rows are read once; the stack is read each time, for others may want it to stop.
			if (run?.operation.id !== stack.operation.id) run = new Run(account, stack, options);
			run.stack = stack;
			const outcome = steps[run.operation.phase]!(run);
			account.store(Stacks).put(run.stack);
			if (typeof outcome === 'object') goOn(account, id, outcome.at);
			return outcome;
		};
		while (account.db.transaction(step) === 'more') await new Promise(setImmediate);
	} finally {
		busy.delete(id);
	}
}
