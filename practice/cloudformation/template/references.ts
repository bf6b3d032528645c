import { isObject, type Json } from '../json.ts';
import { attributeOf, branches, functionCall, substituted, substitution } from './evaluate.ts';
import { splitOnce } from './parse.ts';

/** Something that a value refers to. */
export interface Reference {
	name: string;
	/** Of Fn::GetAtt, where it is no function itself. */
	attribute?: string;
	function: 'Ref' | 'Fn::GetAtt' | 'Fn::Sub';
}

/** What a value refers to: parameters and resources. `taken` limits Fn::If to the branch that applies. */
export function references(value: Json, taken?: (condition: string) => boolean): Reference[] {
	const found: Reference[] = [];
	visit(value, taken, found);
	return found;
}

function visit(value: Json, taken: ((condition: string) => boolean) | undefined, found: Reference[]): void {
	if (Array.isArray(value)) {
		for (const each of value) visit(each, taken, found);
		return;
	}
	if (!isObject(value)) return;
	const call = functionCall(value);
	if (!call) {
		for (const each of Object.values(value)) visit(each, taken, found);
		return;
	}
	const { name, argument } = call;
	if (name === 'Ref') {
		if (typeof argument === 'string') found.push({ name: argument, function: 'Ref' });
	} else if (name === 'Fn::GetAtt') {
		const [logicalId, attribute] = attributeOf(argument);
		found.push({
			name: logicalId,
			function: 'Fn::GetAtt',
			...(typeof attribute === 'string' && { attribute }),
		});
		if (typeof attribute !== 'string') visit(attribute, taken, found);
	} else if (name === 'Fn::Sub') {
		for (const variable of substituted(argument)) {
			const [logicalId, attribute] = splitOnce(variable);
			found.push({ name: logicalId, function: 'Fn::Sub', ...(attribute && { attribute }) });
		}
		visit(substitution(argument).values, taken, found);
	} else if (name === 'Fn::If' && taken) {
		const [condition, yes, no] = branches(argument);
		visit(taken(condition) ? yes : no, taken, found);
	} else if (name !== 'Condition') visit(argument, taken, found);
}

/** The conditions that a value names. */
export function conditionNames(value: Json): string[] {
	if (Array.isArray(value)) return value.flatMap(conditionNames);
	if (!isObject(value)) return [];
	const call = functionCall(value);
	if (!call) return Object.values(value).flatMap(conditionNames);
	if (call.name === 'Condition') return [String(call.argument)];
	if (call.name === 'Fn::If') {
		const [condition, ...rest] = branches(call.argument);
		return [condition, ...rest.flatMap(conditionNames)];
	}
	return conditionNames(call.argument);
}

/** Orders names so that each comes after what it depends on; names those that go round in a circle. */
export function inOrder(
	names: readonly string[],
	dependsOn: (name: string) => readonly string[],
): { order: string[]; circle: string[] } {
	const waiting = new Map(names.map((name) => [name, new Set(dependsOn(name).filter((each) => names.includes(each)))]));
	const order: string[] = [];
	for (;;) {
		const free = [...waiting].filter(([, on]) => on.size === 0).map(([name]) => name);
		if (free.length === 0) break;
		for (const name of free) waiting.delete(name);
		for (const on of waiting.values()) for (const name of free) on.delete(name);
		order.push(...free);
	}
	return { order, circle: [...waiting.keys()] };
}
