import type { NormalizedSchema } from '@smithy/core/schema';

/**
 * Moves every timestamp of a message by `ms`, in place where it can. The wire speaks the host's time while an account
 * may be ahead of it, so what comes in is moved forward and what goes out is moved back.
 */
export function shift(schema: NormalizedSchema, value: unknown, ms: number): unknown {
	if (value === undefined || value === null) return value;
	if (schema.isTimestampSchema()) return value instanceof Date ? new Date(value.getTime() + ms) : value;
	if (schema.isStructSchema()) {
		const structure = value as Record<string, unknown>;
		const moved: Record<string, unknown> = { ...structure };
		for (const [name, member] of schema.structIterator()) {
			if (structure[name] !== undefined) moved[name] = shift(member, structure[name], ms);
		}
		return moved;
	}
	if (schema.isListSchema() && Array.isArray(value)) {
		const item = schema.getValueSchema();
		return value.map((each) => shift(item, each, ms));
	}
	if (schema.isMapSchema()) {
		const item = schema.getValueSchema();
		return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shift(item, each, ms)]));
	}
	return value;
}
