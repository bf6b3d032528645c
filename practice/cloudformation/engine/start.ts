import { randomUUID } from 'node:crypto';
import type { AccountInRegion } from '../../account/account.ts';
import type { Principal } from '../../account/principal.ts';
import { StackResources } from '../state/resources.ts';
import {
	type Blueprint,
	blueprintOf,
	inProgress,
	type OperationType,
	type Phase,
	type Stack,
	type StackOperation,
} from '../state/stack.ts';
import { Stacks } from '../state/stacks.ts';
import { tellStack } from './run.ts';
import { goOn } from './work.ts';

/** A stack that does not have resources yet. */
export function newStack(account: AccountInRegion, name: string, blueprint: Blueprint): Stack {
	const created = account.clock.now();
	return {
		...blueprint,
		id: account.arn('cloudformation', `stack/${name}/${randomUUID()}`),
		name,
		region: account.region,
		status: 'REVIEW_IN_PROGRESS',
		created,
		disableRollback: false,
		terminationProtection: false,
		lastOperations: [],
		lastEvent: created - 1,
	};
}

export interface Start {
	type: OperationType;
	phase: Phase;
	status: string;
	principal: Principal;
	reason?: string;
	token?: string | undefined;
	more?: Partial<StackOperation>;
}

/** Begins an operation on a stack: tells it, and puts the work on the agenda. Answers the operation's id. */
export function start(
	account: AccountInRegion,
	stack: Stack,
	{ type, phase, status, principal, reason, token, more }: Start,
): string {
	const resources = account.store(StackResources);
	for (const row of resources.of(stack.id)) {
		if (!row.step && !row.next) continue;
		delete row.step;
		delete row.next;
		resources.put(row);
	}
	const id = randomUUID();
	const wasBusy = inProgress(stack.status);
	stack.operation = { id, type, phase, principal, onFailure: 'ROLLBACK', ...(token && { token }), ...more };
	stack.lastOperations = [{ type, id }, ...stack.lastOperations].slice(0, 5);
	tellStack(account, stack, status, reason ?? 'User Initiated');
	account.store(Stacks).put(stack);
	if (!wasBusy) goOn(account, stack.id);
	return id;
}

/** Gives a stack another blueprint, and remembers the one that it had until it is known that there is no way back. */
export function redraw(stack: Stack, blueprint: Omit<Blueprint, 'outputs'>): void {
	stack.before ??= blueprintOf(stack);
	const { outputs } = stack;
	delete stack.description;
	Object.assign(stack, blueprint, { outputs });
}
