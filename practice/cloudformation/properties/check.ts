import { isObject, type Json, type JsonObject } from '../json.ts';
import type { PropertySpec, TypeSpec, ValueType } from '../spec/spec.ts';
import { unknown } from '../template/evaluate.ts';

/** Something wrong with a property, before anything is made. */
export interface PropertyProblem {
	/** Below the properties: `/RedrivePolicy/maxReceiveCount`; empty for the properties themselves. */
	path: string;
	message: string;
}

/** Checks a resource's properties, functions worked out, against its type's schema. */
export function checkProperties(spec: TypeSpec, properties: JsonObject): PropertyProblem[] {
	const problems: PropertyProblem[] = [];
	members(spec.properties, properties, '', spec, problems);
	return problems;
}

function members(
	known: Record<string, PropertySpec>,
	value: JsonObject,
	path: string,
	spec: TypeSpec,
	problems: PropertyProblem[],
): void {
	for (const [name, { required }] of Object.entries(known)) {
		if (required && value[name] === undefined)
			problems.push({ path, message: `Required property [${name}] not found` });
	}
	for (const [name, each] of Object.entries(value)) {
		const property = Object.hasOwn(known, name) ? known[name] : undefined;
		if (property) check(property.type, each, `${path}/${name}`, spec, problems);
		else problems.push({ path, message: `Unsupported property [${name}]` });
	}
}

function check(type: ValueType, value: Json, path: string, spec: TypeSpec, problems: PropertyProblem[]): void {
	if (value === unknown) return;
	const wrong = (expected: string) =>
		problems.push({ path, message: `#${path}: expected type: ${expected}, found: ${kindOf(value)}` });
	if (typeof type === 'string') {
		if (type === 'tag') {
			if (!isObject(value)) wrong('JSONObject');
			else members(tag, value, path, spec, problems);
		} else if (!fits(type, value)) wrong(expectation[type]!);
	} else if ('values' in type) {
		if (typeof value === 'object') wrong('String');
		else if (!type.values.includes(String(value)) && !String(value).includes(unknown)) {
			problems.push({ path, message: `#${path}: #: ${String(value)} is not a valid enum value` });
		}
	} else if ('list' in type) {
		if (!Array.isArray(value)) wrong('JSONArray');
		else for (const [index, each] of value.entries()) check(type.list, each, `${path}/${index}`, spec, problems);
	} else if ('map' in type) {
		if (!isObject(value)) wrong('JSONObject');
		else for (const [key, each] of Object.entries(value)) check(type.map, each, `${path}/${key}`, spec, problems);
	} else if ('ref' in type) {
		if (!isObject(value)) wrong('JSONObject');
		else members(spec.definitions![type.ref]!, value, path, spec, problems);
	} else {
		const attempts = type.union.map((each) => {
			const found: PropertyProblem[] = [];
			check(each, value, path, spec, found);
			return found;
		});
		if (!attempts.some((found) => found.length === 0)) problems.push(...attempts[0]!);
	}
}

const tag: Record<string, PropertySpec> = {
	Key: { type: 'string', required: true },
	Value: { type: 'string', required: true },
};

const expectation: Record<string, string> = {
	string: 'String',
	integer: 'Integer',
	number: 'Number',
	boolean: 'Boolean',
	json: 'JSONObject',
	'date-time': 'String',
};

/** CloudFormation takes numbers and booleans as strings, and the other way round. */
function fits(type: string, value: Json): boolean {
	if (type === 'json') return typeof value === 'object' || typeof value === 'string';
	if (typeof value === 'object') return false;
	const text = String(value);
	if (text.includes(unknown)) return true;
	if (type === 'boolean') return text === 'true' || text === 'false';
	if (type === 'integer') return /^-?\d+(\.0+)?$/.test(text);
	if (type === 'number') return text.trim() !== '' && Number.isFinite(Number(text));
	return true;
}

function kindOf(value: Json): string {
	if (Array.isArray(value)) return 'JSONArray';
	if (isObject(value)) return 'JSONObject';
	if (typeof value === 'number') return Number.isInteger(value) ? 'Integer' : 'Number';
	return typeof value === 'boolean' ? 'Boolean' : 'String';
}

/** Gives values the types of the schema: `"30"` becomes 30 where a number is due. */
export function typed(spec: TypeSpec, properties: JsonObject): JsonObject {
	const object = (known: Record<string, PropertySpec>, value: JsonObject): JsonObject =>
		Object.fromEntries(
			Object.entries(value).map(([name, each]) => [name, known[name] ? convert(known[name].type, each) : each]),
		);
	function convert(type: ValueType, value: Json): Json {
		if (type === 'boolean' && typeof value === 'string') return value === 'true';
		if ((type === 'integer' || type === 'number') && typeof value === 'string') return Number(value);
		if ((type === 'string' || type === 'date-time') && typeof value !== 'object') return String(value);
		if (type === 'tag' && isObject(value)) return object(tag, value);
		if (typeof type === 'string') return value;
		if ('values' in type) return typeof value === 'object' ? value : String(value);
		if ('list' in type && Array.isArray(value)) return value.map((each) => convert(type.list, each));
		if ('map' in type && isObject(value)) {
			return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, convert(type.map, each)]));
		}
		if ('ref' in type && isObject(value)) return object(spec.definitions![type.ref]!, value);
		if ('union' in type) return convert(type.union.find((each) => suits(each, value, spec)) ?? type.union[0]!, value);
		return value;
	}
	return object(spec.properties, properties);
}

function suits(type: ValueType, value: Json, spec: TypeSpec): boolean {
	const problems: PropertyProblem[] = [];
	check(type, value, '', spec, problems);
	return problems.length === 0;
}
