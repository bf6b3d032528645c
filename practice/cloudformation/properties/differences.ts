import { type Json, type JsonObject, same } from '../json.ts';
import type { TypeSpec } from '../spec/spec.ts';

export interface Difference {
	/** The top-level property. */
	name: string;
	before?: Json;
	after?: Json;
	/** Whether it makes a new resource. */
	recreates: 'Never' | 'Conditionally' | 'Always';
}

/** The top-level properties in which two versions of a resource differ. */
export function differences(spec: TypeSpec | undefined, before: JsonObject, after: JsonObject): Difference[] {
	const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
	return names
		.filter((name) => !same(before[name], after[name]))
		.map((name) => ({
			name,
			...(before[name] !== undefined && { before: before[name] }),
			...(after[name] !== undefined && { after: after[name] }),
			recreates: recreates(spec, name, before[name], after[name]),
		}));
}

function recreates(spec: TypeSpec | undefined, name: string, before?: Json, after?: Json): Difference['recreates'] {
	const property = spec?.properties[name];
	if (!property) return 'Never';
	if (property.replaces) return property.replaces === 'yes' ? 'Always' : 'Conditionally';
	const below = nested(spec, property.type, before, after);
	return below ?? 'Never';
}

/** A property below that makes a new resource makes the whole change do so, where it differs. */
function nested(
	spec: TypeSpec | undefined,
	type: TypeSpec['properties'][string]['type'],
	before?: Json,
	after?: Json,
): 'Always' | 'Conditionally' | undefined {
	if (typeof type !== 'object' || !('ref' in type)) return undefined;
	const left = (before ?? {}) as JsonObject;
	const right = (after ?? {}) as JsonObject;
	for (const [name, property] of Object.entries(spec?.definitions?.[type.ref] ?? {})) {
		if (same(left[name], right[name])) continue;
		if (property.replaces) return property.replaces === 'yes' ? 'Always' : 'Conditionally';
		const below = nested(spec, property.type, left[name], right[name]);
		if (below) return below;
	}
	return undefined;
}
