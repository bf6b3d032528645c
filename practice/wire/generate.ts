import type { NormalizedSchema } from '@smithy/core/schema';
import { requiredMembers } from './model.ts';

/** A small, repeatable random number generator (mulberry32), so that a failing round can be run again. */
export function random(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}

export interface GenerateOptions {
	/** What strings in bodies are made of; headers, paths and hosts are always plain. */
	alphabet?: string;
	/** The wire cannot tell an empty structure inside a query form from none. */
	emptyStructures?: boolean;
}

/** A random value of a schema, for proving that what goes over the wire comes back. */
export function generate(
	schema: NormalizedSchema,
	next: () => number,
	options: GenerateOptions = {},
	depth = 0,
): unknown {
	const traits = schema.getMergedTraits();
	const plain = Boolean(
		traits.httpHeader || traits.httpLabel || traits.httpQuery || traits.httpPrefixHeaders !== undefined,
	);
	const letters = plain ? 'abcXYZ019' : (options.alphabet ?? 'abc XYZ<&>"\'äệ019/');
	const text = (length: number) =>
		Array.from({ length }, () => [...letters][Math.floor(next() * [...letters].length)]).join('');
	if (schema.isStructSchema()) return structure(schema, next, options, depth);
	if (schema.isListSchema()) {
		const item = schema.getValueSchema();
		return Array.from({ length: plain || next() < 0.7 ? 1 : 2 }, () =>
			generate(item, next, plain ? { ...options, alphabet: 'abc' } : options, depth + 1),
		);
	}
	if (schema.isMapSchema()) {
		const value = schema.getValueSchema();
		const inner = plain ? { ...options, alphabet: 'abc' } : options;
		return Object.fromEntries(
			[`k${Math.floor(next() * 99)}`].map((key) => [key, generate(value, next, inner, depth + 1)]),
		);
	}
	if (schema.isTimestampSchema()) return new Date(1_700_000_000_000 + Math.floor(next() * 1e8) * 1000);
	if (schema.isBlobSchema()) return new TextEncoder().encode(text(1 + Math.floor(next() * 8)).trim() || 'x');
	if (schema.isBooleanSchema()) return next() < 0.5;
	if (schema.isBigIntegerSchema()) return BigInt(Math.floor(next() * 1000));
	if (schema.isNumericSchema()) return Math.floor(next() * 1000);
	if (schema.isDocumentSchema()) return { a: [1, 'b'] };
	// Text nodes of XML lose the blanks around them in every client.
	return `s${text(Math.floor(next() * 6)).trim()}e`;
}

function structure(
	schema: NormalizedSchema,
	next: () => number,
	options: GenerateOptions,
	depth: number,
): Record<string, unknown> {
	const result: Record<string, unknown> = {};
	const members = [...schema.structIterator()];
	const union = schema.isUnionSchema();
	const required = requiredMembers(schema);
	const chosen = union ? [members[Math.floor(next() * members.length)]!] : members;
	for (const [name, member] of chosen) {
		const traits = member.getMergedTraits();
		if (traits.httpResponseCode || (member.isStreaming() && member.isUnionSchema())) continue;
		// A client makes up a content type where none is given.
		const needed =
			union ||
			traits.httpHeader === 'Content-Type' ||
			required.has(name) ||
			traits.httpLabel ||
			member.isIdempotencyToken() ||
			traits.httpPayload;
		if (!needed && (depth > 3 || next() < 0.3)) continue;
		const value = generate(member, next, options, depth + 1);
		if (options.emptyStructures === false && isEmpty(value)) continue;
		result[name] = value;
	}
	return result;
}

const isEmpty = (value: unknown): boolean =>
	typeof value === 'object' &&
	value !== null &&
	!(value instanceof Date) &&
	!(value instanceof Uint8Array) &&
	Object.values(value).every((each) => each === undefined || isEmpty(each));
