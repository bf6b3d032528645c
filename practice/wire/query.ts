import type { NormalizedSchema } from '@smithy/core/schema';
import { text } from './codec.ts';

/** One level of a query form: `Tags.member.1.Key=a` is three nodes above a leaf. */
interface Node {
	leaf?: string;
	children: Map<string, Node>;
}

/** Reads the form of the query protocol, which the SDK only ever writes. `ec2` is its dialect for EC2. */
export function readForm(schema: NormalizedSchema, form: URLSearchParams, ec2: boolean): Record<string, unknown> {
	const root: Node = { children: new Map() };
	for (const [key, value] of form) {
		let node = root;
		for (const part of key.split('.')) {
			let child = node.children.get(part);
			if (!child) {
				child = { children: new Map() };
				node.children.set(part, child);
			}
			node = child;
		}
		node.leaf = value;
	}
	return (schema.isStructSchema() ? read(schema, root, ec2) : {}) as Record<string, unknown>;
}

function read(schema: NormalizedSchema, node: Node, ec2: boolean): unknown {
	if (schema.isStructSchema()) {
		const structure: Record<string, unknown> = {};
		for (const [name, member] of schema.structIterator()) {
			const child = node.children.get(formName(name, member, ec2));
			if (child) structure[name] = read(member, child, ec2);
		}
		return structure;
	}
	if (schema.isListSchema()) {
		const item = schema.getValueSchema();
		const named = ec2 ? undefined : node.children.get(item.getMergedTraits().xmlName ?? 'member');
		return numbered(named ?? node).map((child) => read(item, child, ec2));
	}
	if (schema.isMapSchema()) {
		const key = schema.getKeySchema().getMergedTraits().xmlName ?? 'key';
		const value = schema.getValueSchema();
		const valueName = value.getMergedTraits().xmlName ?? 'value';
		const pairs = numbered(node.children.get('entry') ?? node).map((entry) => [
			entry.children.get(key)?.leaf ?? '',
			read(value, entry.children.get(valueName) ?? { leaf: '', children: new Map() }, ec2),
		]);
		return Object.fromEntries(pairs);
	}
	return text.form.read(schema, node.leaf ?? '');
}

function formName(name: string, member: NormalizedSchema, ec2: boolean): string {
	const traits = member.getMergedTraits();
	const key = traits.xmlName ?? name;
	if (!ec2) return key;
	return (traits as { ec2QueryName?: string }).ec2QueryName ?? key.charAt(0).toUpperCase() + key.slice(1);
}

const numbered = (node: Node): Node[] =>
	[...node.children]
		.filter(([key]) => /^\d+$/.test(key))
		.sort(([a], [b]) => Number(a) - Number(b))
		.map(([, child]) => child);
