import { readFileSync } from 'node:fs';

/** What a property's value may be. `values` is a string out of a list; `ref` names one of the type's definitions. */
export type ValueType =
	| 'string'
	| 'integer'
	| 'number'
	| 'boolean'
	| 'json'
	| 'date-time'
	| 'tag'
	| { values: string[] }
	| { list: ValueType }
	| { map: ValueType }
	| { ref: string }
	| { union: ValueType[] };

export interface PropertySpec {
	type: ValueType;
	required?: boolean;
	/** Whether changing it makes a new resource. */
	replaces?: 'yes' | 'maybe';
}

/** What CloudFormation knows of a resource type, without its documentation. */
export interface TypeSpec {
	properties: Record<string, PropertySpec>;
	/** What Fn::GetAtt may ask for. */
	attributes: string[];
	/** The properties or attributes that identify a resource. */
	identifier?: string[];
	/** What Ref answers, where that is not the identifier. */
	ref?: string[];
	tags?: { property: string; form: 'standard' | 'asg' | 'map' };
	/** Paths below properties that make a new resource, too. */
	alsoReplaces?: string[][];
	definitions?: Record<string, Record<string, PropertySpec>>;
}

export interface Spec {
	/** Every resource type that AWS has. */
	names: string[];
	/** Those that can be looked into. */
	types: Record<string, TypeSpec>;
}

/** Types that AWS's own database lacks. */
const others: Record<string, TypeSpec> = {
	'AWS::CDK::Metadata': { properties: { Analytics: { type: 'string' } }, attributes: [] },
};

let loaded: { names: Set<string>; types: Record<string, TypeSpec> } | undefined;

function spec() {
	if (!loaded) {
		const { names, types } = JSON.parse(readFileSync(new URL('../spec.json', import.meta.url), 'utf8')) as Spec;
		loaded = { names: new Set([...names, ...Object.keys(others)]), types: { ...types, ...others } };
	}
	return loaded;
}

/** Whether AWS has a resource type of that name. */
export const isTypeName = (type: string): boolean => spec().names.has(type);

/** What is known of a resource type; undefined for one that is not in the extract. */
export const typeSpec = (type: string): TypeSpec | undefined =>
	Object.hasOwn(spec().types, type) ? spec().types[type] : undefined;
