import { Exports, Imports } from '../state/exports.ts';
import type { Output } from '../state/stack.ts';
import { evaluate, type Scope } from '../template/evaluate.ts';
import { invalid, templateError } from '../template/faults.ts';
import type { Template } from '../template/template.ts';
import type { Run } from './run.ts';

/** A template's outputs, their functions worked out. */
export function outputsOf(template: Template, scope: Scope): Output[] {
	return Object.entries(template.outputs)
		.filter(([, { condition }]) => !condition || scope.condition(condition))
		.map(([key, { value, description, exportName }]) => {
			const text = evaluate(value, scope);
			if (text === undefined || text === null || typeof text === 'object') {
				throw templateError(`Output ${key} must be a string; it is ${JSON.stringify(text)}.`);
			}
			const name = exportName === undefined ? undefined : evaluate(exportName, scope);
			return {
				key,
				value: String(text),
				...(description !== undefined && { description }),
				...(name !== undefined && { exportName: String(name) }),
			};
		});
}

/** Works out the stack's outputs and exports them. Fails where an export is another stack's, or used by one. */
export function publishOutputs(run: Run): void {
	const { stack, account } = run;
	const outputs = outputsOf(run.template, run.scope().scope);
	const exports = account.store(Exports);
	const imports = account.store(Imports);
	const wanted = new Map(outputs.flatMap(({ exportName, value }) => (exportName ? [[exportName, value]] : [])));
	for (const { name, value, stack: owner } of exports.list()) {
		if (owner !== stack.id || wanted.get(name) === value) continue;
		const users = imports.of(name);
		if (users.length > 0) {
			const what = wanted.has(name) ? 'updated' : 'deleted';
			throw invalid(`Export ${name} cannot be ${what} as it is in use by ${users.join(', ')}`);
		}
	}
	for (const name of wanted.keys()) {
		const taken = exports.get(name);
		if (taken && taken.stack !== stack.id) {
			throw invalid(`Export with name ${name} is already exported by stack ${taken.stack.split('/')[1]}`);
		}
	}
	publish(run, outputs);
}

/** Puts outputs and exports in place without looking, as after a rollback. */
export function publish({ stack, account }: Run, outputs: Output[]): void {
	const exports = account.store(Exports);
	for (const { name, stack: owner } of exports.list()) if (owner === stack.id) exports.delete(name);
	for (const { exportName: name, value } of outputs) if (name) exports.put(name, { name, value, stack: stack.id });
	stack.outputs = outputs;
}
