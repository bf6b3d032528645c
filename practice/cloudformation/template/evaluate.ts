import { isObject, type Json, type JsonObject } from '../json.ts';
import { formatError, templateError } from './faults.ts';
import { splitOnce } from './parse.ts';

/** What a template's functions see. */
export interface Scope {
	/** A parameter, pseudo parameter or resource; undefined stands for AWS::NoValue. */
	ref(name: string): Json | undefined;
	attribute(logicalId: string, attribute: string): Json;
	condition(name: string): boolean;
	mappings: Record<string, Record<string, Record<string, Json>>>;
	importValue(name: string): Json;
	stackOutput(from: { stackName: string; outputName: string; region?: string }): Json;
	/** `{{resolve:ssm:name}}` */
	dynamic(reference: string): string;
	zones(region: string): string[];
	region: string;
}

/** What is not known before other resources are there, as change sets show it. */
export const unknown = '{{changeSet:KNOWN_AFTER_APPLY}}';

/** Works out a value's functions. Undefined stands for AWS::NoValue: whatever holds it leaves it out. */
export function evaluate(value: Json, scope: Scope): Json | undefined {
	if (typeof value === 'string') return value.includes('{{resolve:') ? resolveDynamic(value, scope) : value;
	if (Array.isArray(value)) {
		return value.map((each) => evaluate(each, scope)).filter((each) => each !== undefined);
	}
	if (!isObject(value)) return value;
	const call = functionCall(value);
	if (call) return functions[call.name]!(call.argument, scope);
	const result: JsonObject = {};
	for (const [key, each] of Object.entries(value)) {
		const inner = evaluate(each, scope);
		if (inner !== undefined) result[key] = inner;
	}
	return result;
}

/** `{"Fn::Join": […]}` and its like; undefined for an ordinary object. */
export function functionCall(value: JsonObject): { name: string; argument: Json } | undefined {
	const keys = Object.keys(value);
	const [name] = keys;
	if (keys.length !== 1 || !name) return undefined;
	if (Object.hasOwn(functions, name)) return { name, argument: value[name]! };
	if (/^Fn::/.test(name)) throw templateError(`Unresolved or unsupported function ${name}.`);
	return undefined;
}

/** A condition's value. */
export function truth(value: Json, scope: Scope): boolean {
	const result = evaluate(value, scope);
	if (typeof result === 'boolean') return result;
	if (result === 'true' || result === 'false') return result === 'true';
	throw formatError('Every Condition member must be a boolean function.');
}

type Function = (argument: Json, scope: Scope) => Json | undefined;

const functions: Record<string, Function> = {
	Ref(name, scope) {
		if (typeof name !== 'string') throw formatError('Every Ref object must have a single String value.');
		return scope.ref(name);
	},
	'Fn::GetAtt'(argument, scope) {
		const [logicalId, attribute] = attributeOf(argument);
		const name = evaluate(attribute, scope);
		if (typeof name !== 'string' || !name) throw twoParameters();
		return scope.attribute(logicalId, name);
	},
	'Fn::Sub'(argument, scope) {
		const { text, values } = substitution(argument);
		return text.replace(placeholder, (_all, literal: string | undefined, name: string) => {
			if (literal) return `\${${name}}`;
			const own = Object.hasOwn(values, name) ? evaluate(values[name]!, scope) : undefined;
			const [logicalId, attribute] = splitOnce(name);
			const found = own !== undefined ? own : attribute ? scope.attribute(logicalId, attribute) : scope.ref(name);
			return scalar(found, () => templateError('Fn::Sub expression does not resolve to a string'));
		});
	},
	'Fn::Join'(argument, scope) {
		const [delimiter, list] = two(argument, joinNeeds);
		const items = evaluate(list, scope);
		if (typeof delimiter !== 'string') throw joinNeeds();
		if (items === unknown) return unknown;
		if (!Array.isArray(items)) throw joinNeeds();
		return items.map((item) => scalar(item, joinNeeds)).join(delimiter);
	},
	'Fn::Select'(argument, scope) {
		const [index, list] = two(argument, selectNeeds);
		const at = evaluate(index, scope);
		const items = evaluate(list, scope);
		if (items === unknown || (Array.isArray(items) && items.length === 1 && items[0] === unknown)) return unknown;
		if (!Array.isArray(items) || !/^\d+$/.test(String(at))) throw selectNeeds();
		const item = items[Number(at)];
		if (item === undefined) throw templateError(`Fn::Select cannot select nonexistent value at index ${String(at)}`);
		return item;
	},
	'Fn::Split'(argument, scope) {
		const [delimiter, source] = two(argument, splitNeeds);
		const text = evaluate(source, scope);
		if (typeof delimiter !== 'string' || typeof text !== 'string') throw splitNeeds();
		return text === unknown ? [unknown] : text.split(delimiter);
	},
	'Fn::If'(argument, scope) {
		const [condition, yes, no] = branches(argument);
		return evaluate(scope.condition(condition) ? yes : no, scope);
	},
	'Fn::And': (argument, scope) => many('Fn::And', argument).every((each) => truth(each, scope)),
	'Fn::Or': (argument, scope) => many('Fn::Or', argument).some((each) => truth(each, scope)),
	'Fn::Not'(argument, scope) {
		if (!Array.isArray(argument) || argument.length !== 1) {
			throw templateError('every Fn::Not object requires one boolean parameter.');
		}
		return !truth(argument[0]!, scope);
	},
	'Fn::Equals'(argument, scope) {
		const needs = () => templateError('every Fn::Equals object requires a list of 2 string parameters.');
		const [left, right] = two(argument, needs);
		const text = (value: Json) => {
			const result = evaluate(value, scope);
			return typeof result === 'object' ? JSON.stringify(result) : String(result);
		};
		return text(left) === text(right);
	},
	'Fn::Contains'(argument, scope) {
		const needs = () => templateError('every Fn::Contains object requires a list of strings and a string.');
		const [list, value] = two(argument, needs);
		const items = evaluate(list, scope);
		if (!Array.isArray(items)) throw needs();
		return items.map(String).includes(String(evaluate(value, scope)));
	},
	'Fn::EachMemberIn'(argument, scope) {
		const needs = () => templateError('every Fn::EachMemberIn object requires two lists of strings.');
		const [some, all] = two(argument, needs).map((each) => evaluate(each, scope));
		if (!Array.isArray(some) || !Array.isArray(all)) throw needs();
		return some.every((each) => all.includes(each));
	},
	'Fn::EachMemberEquals'(argument, scope) {
		const needs = () => templateError('every Fn::EachMemberEquals object requires a list of strings and a string.');
		const [list, value] = two(argument, needs).map((each) => evaluate(each, scope));
		if (!Array.isArray(list)) throw needs();
		return list.every((each) => each === value);
	},
	Condition(name, scope) {
		if (typeof name !== 'string') throw formatError('Every Condition member must be a string.');
		return scope.condition(name);
	},
	'Fn::FindInMap'(argument, scope) {
		const needs = () =>
			templateError(
				'every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for return value',
			);
		if (!Array.isArray(argument) || argument.length < 3) throw needs();
		const [map, first, second] = argument.slice(0, 3).map((each) => scalar(evaluate(each, scope), needs));
		const mapping = Object.hasOwn(scope.mappings, map!) ? scope.mappings[map!] : undefined;
		if (!mapping) throw templateError(`Mapping named '${map}' is not present in the 'Mappings' section of template.`);
		const found = mapping[first!]?.[second!];
		if (found === undefined) throw templateError(`Unable to get mapping for ${map}::${first}::${second}`);
		return found;
	},
	'Fn::Base64': (argument, scope) =>
		Buffer.from(
			scalar(evaluate(argument, scope), () => templateError('every Fn::Base64 object must have a String-typed value.')),
		).toString('base64'),
	'Fn::GetAZs': (argument, scope) => scope.zones(String(evaluate(argument, scope) || scope.region)),
	'Fn::ImportValue'(argument, scope) {
		const name = evaluate(argument, scope);
		if (typeof name !== 'string') {
			throw templateError('the attribute in Fn::ImportValue must be a string or a function that returns a string');
		}
		return scope.importValue(name);
	},
	'Fn::GetStackOutput'(argument, scope) {
		const from = evaluate(argument, scope);
		if (!isObject(from) || typeof from['StackName'] !== 'string' || typeof from['OutputName'] !== 'string') {
			throw templateError('every Fn::GetStackOutput object requires a StackName and an OutputName.');
		}
		if (from['RoleArn'] !== undefined) {
			throw templateError("the practice account does not have Fn::GetStackOutput's RoleArn.");
		}
		const { StackName: stackName, OutputName: outputName, Region: region } = from;
		return scope.stackOutput({ stackName, outputName, ...(typeof region === 'string' && { region }) });
	},
	'Fn::Cidr'(argument, scope) {
		const needs = () =>
			templateError(
				'every Fn::Cidr object requires two parameters, the CIDR block and the number of CIDRs, and may have a third, the number of subnet bits.',
			);
		if (!Array.isArray(argument) || argument.length < 2) throw needs();
		const [block, count, bits] = argument.map((each) => String(evaluate(each, scope)));
		return subnets(block!, Number(count), Number(bits ?? 8), needs);
	},
};

function subnets(block: string, count: number, bits: number, needs: () => Error): string[] {
	const [, a, b, c, d, prefix] = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(block) ?? [];
	if (!prefix || !(count >= 1 && count <= 256) || 2 ** (32 - Number(prefix) - bits) < count) throw needs();
	const start = ((Number(a) * 256 + Number(b)) * 256 + Number(c)) * 256 + Number(d);
	return Array.from({ length: count }, (_, index) => {
		const address = start + index * 2 ** bits;
		return `${[24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.')}/${32 - bits}`;
	});
}

const twoParameters = () =>
	templateError(
		'every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute',
	);

/** Fn::GetAtt's logical id and attribute, from a list or `Id.Attribute`. */
export function attributeOf(argument: Json): [string, Json] {
	const pair = typeof argument === 'string' ? splitOnce(argument) : argument;
	if (!Array.isArray(pair) || pair.length < 2) throw twoParameters();
	const [logicalId, ...attribute] = pair;
	if (typeof logicalId !== 'string' || !logicalId) throw twoParameters();
	const whole = attribute.length > 1 ? attribute.join('.') : attribute[0]!;
	return [logicalId, whole];
}

const placeholder = /\$\{(!)?([^}]*)\}/g;

/** Fn::Sub's text and own values. */
export function substitution(argument: Json): { text: string; values: JsonObject } {
	const [text, values = {}] = Array.isArray(argument) ? argument : [argument];
	if (typeof text !== 'string' || !isObject(values)) {
		throw templateError(
			"One or more Fn::Sub intrinsic functions don't specify expected arguments. Specify a string as first argument, and an optional second argument to specify a mapping of values to replace in the string",
		);
	}
	for (const [, literal, name] of text.matchAll(placeholder)) {
		if (!literal && !/^[\w.:]+$/.test(name!)) {
			throw templateError(
				'variable names in Fn::Sub syntax must contain only alphanumeric characters, underscores, periods, and colons',
			);
		}
	}
	return { text, values };
}

/** The names that a Fn::Sub text refers to, its own values aside. */
export const substituted = (argument: Json): string[] => {
	const { text, values } = substitution(argument);
	return [...text.matchAll(placeholder)]
		.filter(([, literal, name]) => !literal && !Object.hasOwn(values, name!))
		.map(([, , name]) => name!);
};

/** Fn::If's condition and its two values. */
export function branches(argument: Json): [string, Json, Json] {
	if (!Array.isArray(argument) || argument.length !== 3 || typeof argument[0] !== 'string') {
		throw templateError('Fn::If requires a list argument with the first element being a condition');
	}
	return argument as [string, Json, Json];
}

function two(argument: Json, needs: () => Error): [Json, Json] {
	if (!Array.isArray(argument) || argument.length !== 2) throw needs();
	return argument as [Json, Json];
}

function many(name: string, argument: Json): Json[] {
	if (!Array.isArray(argument) || argument.length < 2 || argument.length > 10) {
		throw templateError(`every ${name} object requires a list of at least 2 and at most 10 boolean parameters.`);
	}
	return argument;
}

function scalar(value: Json | undefined, needs: () => Error): string {
	if (value === undefined || value === null || typeof value === 'object') throw needs();
	return String(value);
}

const joinNeeds = () =>
	templateError(
		'every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined.',
	);
const selectNeeds = () =>
	templateError('Fn::Select requires a list argument with two elements: an integer index and a list');
const splitNeeds = () =>
	templateError(
		'every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be split or a function that returns a string to be split.',
	);

function resolveDynamic(value: string, scope: Scope): string {
	return value.replace(/\{\{resolve:([^}]+)\}\}/g, (_all, reference: string) => scope.dynamic(reference));
}
