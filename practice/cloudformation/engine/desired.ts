import { isObject, type Json, type JsonObject } from '../json.ts';
import { typed } from '../properties/check.ts';
import type { Tag } from '../resource.ts';
import { typeSpec } from '../spec/spec.ts';
import type { Deployed } from '../state/resources.ts';
import { evaluate, type Scope } from '../template/evaluate.ts';
import { policyOf } from '../template/scope.ts';
import type { Template } from '../template/template.ts';
import { dependencies } from '../template/validate.ts';

/** What a template wants of a resource, its functions worked out. */
export function desired(template: Template, logicalId: string, scope: Scope, stackTags: Tag[]): Deployed {
	const { type, properties, deletionPolicy, updateReplacePolicy, metadata, description } =
		template.resources[logicalId]!;
	const spec = typeSpec(type);
	const values = evaluate(properties, scope) as JsonObject;
	const whole = spec ? typed(spec, values) : values;
	const keep = policyOf(deletionPolicy, scope);
	const replace = policyOf(updateReplacePolicy, scope);
	return {
		properties: whole,
		tags: spec?.tags ? mergeTags(stackTags, whole[spec.tags.property]) : [],
		attributes: {},
		dependsOn: dependencies(template, logicalId),
		...(keep && { deletionPolicy: keep }),
		...(replace && { updateReplacePolicy: replace }),
		...(metadata !== undefined && { metadata }),
		...(description !== undefined && { description }),
	};
}

/** A resource's tags: the stack's, and its own, which win. A list of pairs or a map, as its type has it. */
function mergeTags(stackTags: Tag[], own: Json | undefined): Tag[] {
	const pairs = Array.isArray(own)
		? own.filter(isObject).map(({ Key, Value }) => [String(Key), String(Value)] as const)
		: Object.entries(isObject(own) ? own : {}).map(([key, value]) => [key, String(value)] as const);
	const all = new Map([...stackTags.map(({ Key, Value }) => [Key, Value] as const), ...pairs]);
	return [...all].map(([Key, Value]) => ({ Key, Value }));
}
