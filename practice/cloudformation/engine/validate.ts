import { Fault } from '../../fault.ts';
import { Events } from '../state/events.ts';
import { Imports } from '../state/exports.ts';
import type { Outcome, Run } from './run.ts';
import { scopeFor } from './run.ts';
import { unknownResources } from './unknown.ts';
import { keepFindings, lookThrough, validationFailed } from './validation.ts';

/** The first step: looks through the whole template before anything is made. */
export function validate(run: Run): Outcome {
	const { stack, operation, template, account } = run;
	const made = run.live().filter(({ physicalId }) => physicalId !== undefined);
	const existing = new Map(made.map((row) => [row.logicalId, row]));
	const imported = new Set<string>();
	const resources = unknownResources((logicalId) => existing.get(logicalId));
	try {
		const scope = scopeFor(stack, template, run.call, resources, (name) => imported.add(name));
		const findings = operation.skipValidation ? [] : lookThrough(template, scope, existing, run.call);
		if (findings.length > 0) {
			const { id, type } = operation;
			keepFindings(account.store(Events), findings, {
				stackId: stack.id,
				at: account.clock.now(),
				operation: { id, type },
			});
			return refuse(run, validationFailed(findings), 'VALIDATION_FAILED');
		}
	} catch (error) {
		if (!(error instanceof Fault)) throw error;
		return refuse(run, error.message);
	}
	// From now on nobody may take away what this stack is about to use.
	const imports = account.store(Imports);
	for (const name of imported) imports.put(`${name}|${stack.id}`, { name, stack: stack.id, stackName: stack.name });
	operation.validated = true;
	return 'more';
}

/** Nothing was made, so nothing is to be taken back. */
function refuse(run: Run, reason: string, detailed?: string): Outcome {
	const { stack, operation } = run;
	if (operation.type === 'CREATE_STACK') {
		if (detailed) {
			run.tellStack('CREATE_FAILED', reason, detailed);
			delete stack.operation;
			return 'over';
		}
		operation.phase = operation.onFailure === 'DELETE' ? 'delete' : 'create-rollback';
		if (operation.onFailure === 'DO_NOTHING') {
			run.tellStack('CREATE_FAILED', reason);
			delete stack.operation;
			return 'over';
		}
		const end = operation.onFailure === 'DELETE' ? 'Delete' : 'Rollback';
		run.tellStack(
			end === 'Delete' ? 'DELETE_IN_PROGRESS' : 'ROLLBACK_IN_PROGRESS',
			`${reason} ${end} requested by user.`,
		);
		return 'more';
	}
	if (operation.onFailure === 'DO_NOTHING') {
		run.tellStack('UPDATE_FAILED', reason, detailed);
		return 'over';
	}
	operation.phase = 'rollback';
	run.tellStack('UPDATE_ROLLBACK_IN_PROGRESS', reason, detailed);
	return 'more';
}
