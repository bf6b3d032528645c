/**
 * Writes `spec.json`: what CloudFormation knows of each resource type that the practice account has, and of a few that
 * stand beside them in templates. Run `node practice/cloudformation/spec/extract.ts` after adding a resource type.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadAwsServiceSpec } from '@aws-cdk/aws-service-spec';
import { resourceTypes } from '../types/index.ts';
import type { PropertySpec, Spec, TypeSpec, ValueType } from './spec.ts';

/** Types that templates of the course name and that are not there (yet). */
const neighbours = [
	'AWS::CloudFormation::CustomResource',
	'AWS::CloudFormation::Stack',
	'AWS::CloudFormation::WaitCondition',
	'AWS::KMS::Alias',
	'AWS::KMS::Key',
	'AWS::Lambda::Function',
	'AWS::Lambda::Permission',
];

type Database = Awaited<ReturnType<typeof loadAwsServiceSpec>>;
type Source = ReturnType<Database['all']> extends never ? never : SourceResource;
type SourceType =
	| { type: 'string'; allowedValues?: string[] }
	| { type: 'integer' | 'number' | 'boolean' | 'json' | 'date-time' | 'null' | 'tag' }
	| { type: 'array' | 'map'; element: SourceType }
	| { type: 'ref'; reference: { $ref: string } }
	| { type: 'union'; types: SourceType[] };
interface SourceProperty {
	type: SourceType;
	previousTypes?: SourceType[];
	required?: boolean;
	causesReplacement?: 'yes' | 'no' | 'maybe';
}
interface SourceResource {
	cloudFormationType: string;
	properties: Record<string, SourceProperty>;
	attributes: Record<string, unknown>;
	primaryIdentifier?: string[];
	cfnRefIdentifier?: string[];
	tagInformation?: { tagPropertyName: string; variant: string };
	additionalReplacementProperties?: string[][];
}

/** The extract as it belongs into `spec.json`. */
export async function extract(): Promise<Spec> {
	const db = await loadAwsServiceSpec();
	const wanted = new Set([...Object.keys(resourceTypes), ...neighbours]);
	const all = [...db.all('resource')] as unknown as Source[];
	const names = all.map(({ cloudFormationType }) => cloudFormationType).sort();
	const types = all
		.filter(({ cloudFormationType }) => wanted.has(cloudFormationType))
		.sort((a, b) => a.cloudFormationType.localeCompare(b.cloudFormationType))
		.map((resource) => [resource.cloudFormationType, typeSpec(db, resource)] as const);
	return { names, types: Object.fromEntries(types) };
}

function typeSpec(db: Database, resource: Source): TypeSpec {
	const definitions: Record<string, Record<string, PropertySpec>> = {};
	const properties = (source: Record<string, SourceProperty>): Record<string, PropertySpec> =>
		Object.fromEntries(
			Object.entries(source)
				.sort(([a], [b]) => (a < b ? -1 : 1))
				.map(([name, property]) => [name, propertySpec(property)]),
		);
	const propertySpec = ({ type, previousTypes, required, causesReplacement }: SourceProperty): PropertySpec => ({
		type: previousTypes ? union([type, ...previousTypes]) : valueType(type),
		...(required && { required }),
		...(causesReplacement && causesReplacement !== 'no' && { replaces: causesReplacement }),
	});
	const union = (types: SourceType[]): ValueType => {
		const each = [...new Map(types.map((type) => [JSON.stringify(valueType(type)), valueType(type)])).values()];
		return each.length === 1 ? each[0]! : { union: each };
	};
	function valueType(type: SourceType): ValueType {
		switch (type.type) {
			case 'string':
				return type.allowedValues ? { values: type.allowedValues } : 'string';
			case 'array':
				return { list: valueType(type.element) };
			case 'map':
				return { map: valueType(type.element) };
			case 'union':
				return union(type.types);
			case 'ref': {
				const definition = db.get('typeDefinition', type.reference.$ref) as unknown as {
					name: string;
					properties: Record<string, SourceProperty>;
				};
				if (!definitions[definition.name]) {
					definitions[definition.name] = {};
					Object.assign(definitions[definition.name]!, properties(definition.properties));
				}
				return { ref: definition.name };
			}
			case 'null':
				return 'json';
			default:
				return type.type;
		}
	}
	const { primaryIdentifier, cfnRefIdentifier, tagInformation, additionalReplacementProperties } = resource;
	return {
		properties: properties(resource.properties),
		attributes: Object.keys(resource.attributes).sort(),
		...(primaryIdentifier && { identifier: primaryIdentifier }),
		...(cfnRefIdentifier && { ref: cfnRefIdentifier }),
		...(tagInformation && {
			tags: { property: tagInformation.tagPropertyName, form: tagInformation.variant as 'map' },
		}),
		...(additionalReplacementProperties && { alsoReplaces: additionalReplacementProperties }),
		...(Object.keys(definitions).length > 0 && { definitions: sorted(definitions) }),
	};
}

const sorted = <T>(record: Record<string, T>): Record<string, T> =>
	Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));

export const written = (spec: Spec): string => `${JSON.stringify(spec)}\n`;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	writeFileSync(fileURLToPath(new URL('../spec.json', import.meta.url)), written(await extract()));
}
