import type { NormalizedSchema } from '@smithy/core/schema';

/** Paths of members that an answer has and its schema lacks: they would vanish on the wire without a word. */
export function unknownMembers(schema: NormalizedSchema, value: unknown, path = ''): string[] {
	if (value === undefined || value === null || typeof value !== 'object' || value instanceof Date) return [];
	if (schema.isStructSchema()) {
		const members = schema.getMemberSchemas();
		return Object.entries(value).flatMap(([name, each]) => {
			if (each === undefined || name === '$metadata') return [];
			const member = members[name];
			return member ? unknownMembers(member, each, `${path}.${name}`) : [`${path}.${name}`];
		});
	}
	if (schema.isListSchema() && Array.isArray(value)) {
		return value.flatMap((each, index) => unknownMembers(schema.getValueSchema(), each, `${path}[${index}]`));
	}
	if (schema.isMapSchema()) {
		return Object.entries(value).flatMap(([key, each]) =>
			unknownMembers(schema.getValueSchema(), each, `${path}.${key}`),
		);
	}
	return [];
}
