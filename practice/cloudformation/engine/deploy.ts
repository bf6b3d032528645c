import { Fault } from '../../fault.ts';
import { same } from '../json.ts';
import { differences } from '../properties/differences.ts';
import type { ResourceType } from '../resource.ts';
import { typeSpec } from '../spec/spec.ts';
import { Imports } from '../state/exports.ts';
import type { Deployed, Kept, StackResource } from '../state/resources.ts';
import { dependencies } from '../template/validate.ts';
import { desired } from './desired.ts';
import { publishOutputs } from './outputs.ts';
import type { Outcome, Run } from './run.ts';
import { ended, settle, soonest } from './settle.ts';
import { validate } from './validate.ts';

/** One step of making and changing what the template has. */
export function deployStep(run: Run): Outcome {
	const { operation } = run;
	if (!operation.validated) return validate(run);
	settle(run, run.live());
	if (operation.cancelled || run.rows.some(({ step }) => step === 'failed')) return stop(run);
	begin(run);
	if (run.rows.some(({ step }) => step === 'failed')) return 'more';
	const next = run.live().find(({ step }) => step === 'begun');
	if (next) {
		perform(run, next);
		return 'more';
	}
	const waiting = soonest(run.live());
	if (waiting === undefined) return finish(run);
	if (operation.deadline !== undefined && operation.deadline <= run.account.clock.now()) {
		return stop(run, 'Stack creation time exceeded the specified timeout.');
	}
	return { at: Math.min(waiting, operation.deadline ?? waiting) };
}

/** Begins everything whose dependencies are there. */
function begin(run: Run): void {
	const { scope, active } = run.scope();
	const wanted = new Set(active);
	const live = new Map(run.live().map((row) => [row.logicalId, row]));
	const { resources } = run.template;
	for (const logicalId of active) {
		const row = live.get(logicalId);
		if (row?.step) continue;
		const needs = needsOf(run, logicalId).filter((each) => wanted.has(each));
		if (!needs.every((each) => live.get(each)?.step === 'done')) continue;
		const { type } = resources[logicalId]!;
		try {
			const next = desired(run.template, logicalId, scope, run.stack.tags);
			if (row?.physicalId !== undefined) beginChange(run, row, next);
			else if (row) beginAgain(run, row, next);
			else beginCreation(run, { logicalId, type, ...next });
		} catch (error) {
			if (!(error instanceof Fault)) throw error;
			const failed = row ?? run.add(blank(logicalId, type));
			failed.step = 'failed';
			run.tell(failed, row ? 'UPDATE_FAILED' : 'CREATE_FAILED', error.message);
		}
	}
}

const needed = new WeakMap<object, Map<string, string[]>>();

/** What a resource of the template must come after. Worked out once. */
function needsOf(run: Run, logicalId: string): string[] {
	const { template } = run;
	let of = needed.get(template);
	if (!of) {
		of = new Map();
		needed.set(template, of);
	}
	let needs = of.get(logicalId);
	if (!needs) {
		needs = dependencies(template, logicalId);
		of.set(logicalId, needs);
	}
	return needs;
}

const blank = (logicalId: string, type: string): StackResource => ({
	logicalId,
	type,
	status: 'CREATE_IN_PROGRESS',
	updated: 0,
	properties: {},
	tags: [],
	attributes: {},
	dependsOn: [],
	fresh: true,
});

function beginCreation(run: Run, { logicalId, type, ...next }: { logicalId: string; type: string } & Deployed): void {
	const row = run.add({ ...blank(logicalId, type), ...next, properties: {}, step: 'begun', next });
	run.tell(row, 'CREATE_IN_PROGRESS');
}

/** What could not be made the last time. */
function beginAgain(run: Run, row: Kept, next: Deployed): void {
	Object.assign(row, { step: 'begun', next });
	run.tell(row, 'CREATE_IN_PROGRESS');
}

function beginChange(run: Run, row: Kept, next: Deployed): void {
	const type = run.type(row);
	const spec = typeSpec(row.type);
	const changes = differences(spec, row.properties, next.properties);
	if (changes.length === 0 && same(row.tags, next.tags)) {
		keepBefore(row);
		Object.assign(row, { ...next, attributes: row.attributes, step: 'done' });
		run.save(row);
		return;
	}
	const replaces =
		(!type.update && changes.length > 0) ||
		changes.some(
			({ recreates }) =>
				recreates === 'Always' ||
				(recreates === 'Conditionally' && type.replaces?.(row.properties as never, next.properties as never) === true),
		);
	if (!replaces) {
		Object.assign(row, { step: 'begun', next });
		run.tell(row, 'UPDATE_IN_PROGRESS');
		return;
	}
	refuseSameName(row, next, type);
	row.replaced = true;
	run.save(row);
	const fresh = run.add({ ...blank(row.logicalId, row.type), ...next, properties: {}, step: 'begun', next });
	run.tell(
		fresh,
		'UPDATE_IN_PROGRESS',
		'Requested update requires the creation of a new physical resource; hence creating one.',
		row.physicalId,
	);
}

/** The new one is made before the old one goes, so two of one name would have to be there. */
function refuseSameName(row: Kept, next: Deployed, { namedBy }: ResourceType<object>): void {
	const name = namedBy as string | undefined;
	if (!name || next.properties[name] === undefined || !same(row.properties[name], next.properties[name])) return;
	throw new Fault(
		'ValidationError',
		`CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename ${String(next.properties[name])} and update the stack again.`,
	);
}

/** Remembers what a resource was, for a rollback. What an earlier half of the operation remembered stays. */
export function keepBefore(row: Kept): void {
	row.before ??= deployedOf(row);
}

const deployedOf = (row: Deployed): Deployed => ({
	properties: row.properties,
	tags: row.tags,
	attributes: row.attributes,
	dependsOn: row.dependsOn,
	...(row.deletionPolicy !== undefined && { deletionPolicy: row.deletionPolicy }),
	...(row.updateReplacePolicy !== undefined && { updateReplacePolicy: row.updateReplacePolicy }),
	...(row.metadata !== undefined && { metadata: row.metadata }),
	...(row.description !== undefined && { description: row.description }),
});

/** Has the service make or change a resource. */
function perform(run: Run, row: Kept): void {
	const type = run.type(row);
	const next = row.next!;
	const verb = row.status.startsWith('UPDATE') ? 'UPDATE' : 'CREATE';
	const problem = run.attempt(row, () => {
		if (row.physicalId === undefined) {
			const { id, attributes = {} } = type.create(next.properties as never, run.context(row));
			become(row, next, attributes);
			row.physicalId = id;
		} else {
			const answered = type.update!(row.physicalId, next.properties as never, {
				...run.context(row),
				before: row.properties as never,
				tagsBefore: row.tags,
			});
			keepBefore(row);
			become(row, next, answered ?? row.attributes);
			row.changed = true;
		}
	});
	if (problem) {
		delete row.next;
		row.step = 'failed';
		run.tell(row, `${verb}_FAILED`, problem.reason);
		return;
	}
	if (row.fresh) run.tell(row, `${verb}_IN_PROGRESS`, 'Resource creation Initiated');
	if (type.ready) {
		row.step = 'settling';
		row.again = run.account.clock.now();
		run.save(row);
		settle(run, [row]);
	} else {
		row.step = 'done';
		run.tell(row, `${verb}_COMPLETE`);
	}
}

function become(row: Kept, next: Deployed, attributes: Deployed['attributes']): void {
	for (const name of ['deletionPolicy', 'updateReplacePolicy', 'metadata', 'description'] as const) delete row[name];
	Object.assign(row, next, { attributes });
	delete row.next;
}

/** Everything is there: outputs, then what the update left over. */
function finish(run: Run): Outcome {
	const { stack, operation } = run;
	try {
		publishOutputs(run);
	} catch (error) {
		if (!(error instanceof Fault)) throw error;
		return stop(run, error.message);
	}
	run.account.store(Imports).set(stack, run.imported);
	if (stack.before === undefined) {
		ended(run, operation.type === 'CREATE_STACK' ? 'CREATE_COMPLETE' : 'UPDATE_COMPLETE');
		return 'over';
	}
	operation.phase = 'cleanup';
	run.tellStack('UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
	return 'more';
}

/** Something failed, or somebody asked to stop: nothing further is begun, and what was done is taken back if it is to be. */
function stop(run: Run, because?: string): Outcome {
	const { operation, stack } = run;
	const creating = operation.type === 'CREATE_STACK';
	for (const row of run.live()) {
		if (row.step !== 'begun' && row.step !== 'settling') continue;
		row.step = 'failed';
		delete row.next;
		const made = row.status.startsWith('CREATE');
		run.tell(row, made ? 'CREATE_FAILED' : 'UPDATE_FAILED', `Resource ${made ? 'creation' : 'update'} cancelled`);
	}
	const cancelled = operation.cancelled === true;
	const reason = because === undefined ? (cancelled ? 'User Initiated' : failures(run)) : `${because} `;
	if (operation.onFailure === 'DO_NOTHING' && !cancelled) {
		run.tellStack(creating ? 'CREATE_FAILED' : 'UPDATE_FAILED', reason);
		return 'over';
	}
	for (const row of run.rows) {
		if (!row.step) continue;
		delete row.step;
		run.save(row);
	}
	if (!creating) {
		operation.phase = 'rollback';
		run.tellStack('UPDATE_ROLLBACK_IN_PROGRESS', reason);
	} else if (operation.onFailure === 'DELETE') {
		operation.phase = 'delete';
		run.tellStack('DELETE_IN_PROGRESS', `${reason}Delete requested by user.`);
	} else {
		operation.phase = 'create-rollback';
		run.tellStack('ROLLBACK_IN_PROGRESS', `${reason}Rollback requested by user.`);
	}
	stack.outputs = stack.before?.outputs ?? [];
	return 'more';
}

/** "The following resource(s) failed to create: [A]. The following resource(s) failed to update: [B]. " */
export function failures({ rows }: Run, verbs = ['create', 'update']): string {
	const named = (verb: string) => {
		const names = rows
			.filter(({ status }) => status === `${verb.toUpperCase()}_FAILED`)
			.map(({ logicalId }) => logicalId);
		return names.length > 0 ? `The following resource(s) failed to ${verb}: [${names.join(', ')}]. ` : '';
	};
	return verbs.map(named).join('');
}
