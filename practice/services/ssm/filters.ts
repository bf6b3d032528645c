import type { ParameterStringFilter } from '@aws-sdk/client-ssm';
import { Fault } from '../../fault.ts';
import { latest, type Parameter } from './parameters.ts';

interface FilterKey {
	options: readonly string[];
	values(parameter: Parameter): string[];
}

const keys: Record<string, FilterKey> = {
	Name: { options: ['Equals', 'BeginsWith', 'Contains'], values: ({ name }) => [name] },
	Type: { options: ['Equals', 'BeginsWith'], values: (parameter) => [latest(parameter).type] },
	KeyId: { options: ['Equals', 'BeginsWith'], values: (parameter) => [latest(parameter).keyId ?? ''] },
	Tier: { options: ['Equals'], values: (parameter) => [latest(parameter).tier] },
	DataType: { options: ['Equals'], values: (parameter) => [latest(parameter).dataType] },
	Path: { options: ['Recursive', 'OneLevel'], values: ({ name }) => [name] },
	Label: { options: ['Equals'], values: ({ versions }) => versions.flatMap(({ labels }) => labels) },
};

/** Those that a request allows: labels cannot be described, and a path cannot be narrowed by a path. */
export const describable = ['Name', 'Type', 'KeyId', 'Tier', 'DataType', 'Path'];
export const inPath = ['Type', 'KeyId', 'Label'];

/** A test that all filters must pass. https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ParameterStringFilter.html */
export function filter(
	filters: ParameterStringFilter[],
	allowed: readonly string[],
): (parameter: Parameter) => boolean {
	const seen = new Set<string>();
	const tests = filters.map(({ Key, Option, Values = [] }) => {
		if (seen.has(Key!)) {
			throw new Fault(
				'InvalidFilterKey',
				'The following filters are duplicated in the request: Each filter can be used once.',
			);
		}
		seen.add(Key!);
		return test(Key!, Option, Values, allowed);
	});
	return (parameter) => tests.every((each) => each(parameter));
}

function test(
	key: string,
	option: string | undefined,
	values: string[],
	allowed: readonly string[],
): (parameter: Parameter) => boolean {
	if (key.startsWith('tag:') && allowed.includes('Name')) {
		const tag = key.slice('tag:'.length);
		return ({ tags }) => Object.hasOwn(tags, tag) && (values.length === 0 || values.includes(tags[tag]!));
	}
	const known = allowed.includes(key) ? keys[key] : undefined;
	if (!known) {
		throw new Fault(
			'InvalidFilterKey',
			`1 validation error detected: Value '${key}' at 'parameterFilters.1.member.key' failed to satisfy constraint: Member must satisfy regular expression pattern: tag:.+|${allowed.join('|')}`,
		);
	}
	const how = option ?? (key === 'Path' ? 'OneLevel' : 'Equals');
	if (!known.options.includes(how)) {
		throw new Fault(
			'InvalidFilterOption',
			`The following filter option is not valid: ${how}. Valid options include: [${known.options.join(', ')}].`,
		);
	}
	if (values.length === 0) {
		throw new Fault('InvalidFilterValue', `The following filter values are missing : null for filter key ${key}`);
	}
	const matches: Record<string, (has: string, wanted: string) => boolean> = {
		Equals: (has, wanted) => has === wanted || (key === 'Name' && has === wanted.replace(/^\//, '')),
		BeginsWith: (has, wanted) => has.startsWith(wanted),
		Contains: (has, wanted) => has.includes(wanted),
		Recursive: (has, wanted) => below(has, wanted) !== undefined,
		OneLevel: (has, wanted) => below(has, wanted)?.includes('/') === false,
	};
	return (parameter) => known.values(parameter).some((has) => values.some((wanted) => matches[how]!(has, wanted)));
}

/** What stands in a name below a path; undefined when it is not below it. */
export function below(name: string, path: string): string | undefined {
	const prefix = path.endsWith('/') ? path : `${path}/`;
	if (prefix === '/' && !name.startsWith('/')) return name;
	return name.startsWith(prefix) ? name.slice(prefix.length) : undefined;
}
