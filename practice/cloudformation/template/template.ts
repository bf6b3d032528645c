import { isObject, type Json, type JsonObject } from '../json.ts';
import { formatError, invalid } from './faults.ts';
import { parseTemplate } from './parse.ts';

export type DeletionPolicy = 'Delete' | 'Retain' | 'RetainExceptOnCreate' | 'Snapshot';

export interface ResourceDeclaration {
	type: string;
	properties: JsonObject;
	condition?: string;
	dependsOn: string[];
	deletionPolicy?: Json;
	updateReplacePolicy?: Json;
	metadata?: Json;
	description?: string;
	/** As written, for what only compares or refuses. */
	source: JsonObject;
}

export interface ParameterDeclaration {
	Type: string;
	Default?: string;
	Description?: string;
	NoEcho: boolean;
	AllowedValues?: string[];
	AllowedPattern?: string;
	ConstraintDescription?: string;
	MinLength?: number;
	MaxLength?: number;
	MinValue?: number;
	MaxValue?: number;
}

export interface OutputDeclaration {
	value: Json;
	description?: string;
	exportName?: Json;
	condition?: string;
}

/** A template whose sections have the right form. What it refers to is not looked at yet. */
export interface Template {
	source: JsonObject;
	description?: string;
	version?: string;
	metadata?: Json;
	transforms: string[];
	parameters: Record<string, ParameterDeclaration>;
	mappings: Record<string, Record<string, Record<string, Json>>>;
	conditions: Record<string, Json>;
	rules: Record<string, JsonObject>;
	resources: Record<string, ResourceDeclaration>;
	outputs: Record<string, OutputDeclaration>;
}

const sections = new Set(
	'AWSTemplateFormatVersion Description Metadata Parameters Rules Mappings Conditions Transform Resources Outputs Hooks'.split(
		' ',
	),
);

/** Parses a template and checks the form of its sections. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html */
export function readTemplate(text: string): Template {
	const source = parseTemplate(text);
	const unknown = Object.keys(source).filter((key) => !sections.has(key));
	if (unknown.length > 0) throw invalid(`Invalid template property or properties [${unknown.join(', ')}]`);
	const { AWSTemplateFormatVersion: version, Description: description } = source;
	if (version !== undefined && version !== '2010-09-09') {
		throw formatError(`Unrecognized template format version: ${String(version)}`);
	}
	if (description !== undefined && typeof description !== 'string') {
		throw formatError('Every Description member must be a string.');
	}
	const resources = section(source, 'Resources');
	if (Object.keys(resources).length === 0) throw formatError('At least one Resources member must be defined.');
	return {
		source,
		...(description !== undefined && { description }),
		...(version !== undefined && { version }),
		...(source['Metadata'] !== undefined && { metadata: source['Metadata'] }),
		transforms: transforms(source['Transform']),
		parameters: each(source, 'Parameters', parameter),
		mappings: section(source, 'Mappings') as Template['mappings'],
		conditions: section(source, 'Conditions'),
		rules: section(source, 'Rules') as Template['rules'],
		resources: each(source, 'Resources', resource),
		outputs: each(source, 'Outputs', output),
	};
}

function section(source: JsonObject, name: string): JsonObject {
	const value = source[name];
	if (value === undefined) return {};
	if (value === null) throw formatError(`[/${name}] 'null' values are not allowed in templates`);
	if (!isObject(value)) throw formatError(`${name} must be an object.`);
	return value;
}

function each<T>(source: JsonObject, name: string, read: (value: JsonObject, key: string) => T): Record<string, T> {
	const read1 = ([key, value]: [string, Json]): [string, T] => {
		if (value === null) throw formatError(`[/${name}/${key}] 'null' values are not allowed in templates`);
		if (!isObject(value)) throw formatError(`[/${name}/${key}] Every ${name} member must be an object.`);
		if (!/^[a-zA-Z0-9]+$/.test(key)) {
			throw formatError(`${name.slice(0, -1)} name ${key} is non alphanumeric.`);
		}
		return [key, read(value, key)];
	};
	return Object.fromEntries(Object.entries(section(source, name)).map(read1));
}

function transforms(value: Json | undefined): string[] {
	if (value === undefined) return [];
	return (Array.isArray(value) ? value : [value]).map((one) => (isObject(one) ? String(one['Name']) : String(one)));
}

const attributes = new Set(
	'Type Properties Condition DependsOn DeletionPolicy UpdateReplacePolicy UpdatePolicy CreationPolicy Metadata Description Version'.split(
		' ',
	),
);

function resource(value: JsonObject, key: string): ResourceDeclaration {
	const { Type, Properties = {}, Condition, DependsOn = [], DeletionPolicy, UpdateReplacePolicy } = value;
	if (Type === undefined) {
		throw formatError(`[/Resources/${key}] Every Resources object must contain a Type member.`);
	}
	if (typeof Type !== 'string') throw formatError(`[/Resources/${key}/Type] Every Type member must be a string.`);
	const unknown = Object.keys(value).find((name) => !attributes.has(name));
	if (unknown) throw invalid(`Invalid template resource property '${unknown}'`);
	if (!isObject(Properties)) {
		throw formatError(`[/Resources/${key}/Properties] Every Properties member must be an object.`);
	}
	const missing = nullPath(Properties, `/Resources/${key}/Properties`);
	if (missing) throw formatError(`[${missing}] 'null' values are not allowed in templates`);
	const dependsOn = Array.isArray(DependsOn) ? DependsOn : [DependsOn];
	if (!dependsOn.every((each) => typeof each === 'string')) {
		throw formatError('Every DependsOn value must be a string.');
	}
	if (Condition !== undefined && typeof Condition !== 'string') {
		throw formatError(`[/Resources/${key}/Condition] Every Condition member must be a string.`);
	}
	return {
		type: Type,
		properties: Properties,
		dependsOn: dependsOn as string[],
		source: value,
		...(Condition !== undefined && { condition: Condition }),
		...(DeletionPolicy !== undefined && { deletionPolicy: DeletionPolicy }),
		...(UpdateReplacePolicy !== undefined && { updateReplacePolicy: UpdateReplacePolicy }),
		...(value['Metadata'] !== undefined && { metadata: value['Metadata'] }),
		...(typeof value['Description'] === 'string' && { description: value['Description'] }),
	};
}

function nullPath(value: Json, path: string): string | undefined {
	if (value === null) return path;
	if (typeof value !== 'object') return undefined;
	for (const [key, inner] of Object.entries(value)) {
		const found = nullPath(inner as Json, `${path}/${key}`);
		if (found) return found;
	}
	return undefined;
}

function parameter(value: JsonObject, key: string): ParameterDeclaration {
	const { Type, Default, Description, NoEcho, AllowedValues, AllowedPattern, ConstraintDescription } = value;
	if (Type === undefined) {
		throw formatError('Every Parameters object must contain a Type member.');
	}
	if (typeof Default === 'object') {
		throw formatError('Every Default member must be a string.');
	}
	if (AllowedValues !== undefined && !Array.isArray(AllowedValues)) {
		throw formatError(`[/Parameters/${key}] Every AllowedValues member must be a list.`);
	}
	const number = (name: string) => (value[name] === undefined ? {} : { [name]: Number(value[name]) });
	return {
		Type: String(Type),
		NoEcho: NoEcho === true || NoEcho === 'true',
		...(Default !== undefined && { Default: String(Default) }),
		...(Description !== undefined && { Description: String(Description) }),
		...(AllowedValues !== undefined && { AllowedValues: AllowedValues.map(String) }),
		...(AllowedPattern !== undefined && { AllowedPattern: String(AllowedPattern) }),
		...(ConstraintDescription !== undefined && { ConstraintDescription: String(ConstraintDescription) }),
		...number('MinLength'),
		...number('MaxLength'),
		...number('MinValue'),
		...number('MaxValue'),
	};
}

function output(value: JsonObject, key: string): OutputDeclaration {
	const { Value, Description, Export, Condition } = value;
	if (Value === undefined || Value === null) {
		throw formatError(`Output ${key} is malformed. The Value field of every Outputs member must be specified.`);
	}
	if (Description !== undefined && typeof Description !== 'string') {
		throw formatError('Every Description member must be a string.');
	}
	if (Export !== undefined && (!isObject(Export) || Export['Name'] === undefined)) {
		throw formatError(
			`Output ${key} is malformed. The Name field of every Export member must be specified and consist only of alphanumeric characters, colons, or hyphens.`,
		);
	}
	return {
		value: Value,
		...(Description !== undefined && { description: Description }),
		...(isObject(Export) && { exportName: Export['Name']! }),
		...(typeof Condition === 'string' && { condition: Condition }),
	};
}
