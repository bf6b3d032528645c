import { Readable } from 'node:stream';
import type { NormalizedSchema } from '@smithy/core/schema';
import { Fault } from '../fault.ts';
import type { Codec, TextCodec } from './codec.ts';
import type { WireRequest, WireResponse } from './message.ts';
import { type OperationModel, requiredMembers, type ServiceModel } from './model.ts';

/** What a REST request turned out to ask for. */
export interface Route {
	operation: OperationModel;
	labels: Record<string, string>;
	query: URLSearchParams;
}

interface Pattern {
	operation: OperationModel;
	path: RegExp;
	labels: string[];
	/** Query parameters and headers that the input cannot do without. */
	wants: { query: string[]; headers: string[] };
	hasBucket: boolean;
	weight: number;
}

const patterns = new WeakMap<ServiceModel, Map<string, Pattern[]>>();

/** Finds the operation that a REST request asks for, or undefined. `bucket` is S3's, taken from host or path before. */
export function route(service: ServiceModel, request: WireRequest, bucket?: string): Route | undefined {
	const query = new URLSearchParams(request.search);
	const id = query.get('x-id');
	let best: { pattern: Pattern; match: RegExpExecArray } | undefined;
	for (const pattern of patternsOf(service).get(request.method) ?? []) {
		if (service.signingName === 's3' && pattern.hasBucket !== (bucket !== undefined)) continue;
		if (id && pattern.operation.name !== id) continue;
		const match = pattern.path.exec(request.path);
		if (!match || !asked(pattern, query, request.headers)) continue;
		if (!best || pattern.weight > best.pattern.weight) best = { pattern, match };
	}
	if (!best) return undefined;
	const labels = Object.fromEntries(best.pattern.labels.map((name, index) => [name, decoded(best.match[index + 1]!)]));
	if (bucket !== undefined) labels['Bucket'] = bucket;
	query.delete('x-id');
	return { operation: best.pattern.operation, labels, query };
}

/** A part of a path without its percent signs. */
export function decoded(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		throw new Fault('InvalidURI', "Couldn't parse the specified URI.");
	}
}

const asked = ({ operation, wants }: Pattern, query: URLSearchParams, headers: Record<string, string>) =>
	operation.http!.query.every(([key, value]) => query.has(key) && (value === '' || query.get(key) === value)) &&
	wants.query.every((key) => query.has(key)) &&
	wants.headers.every((key) => headers[key] !== undefined);

function patternsOf(service: ServiceModel): Map<string, Pattern[]> {
	let byMethod = patterns.get(service);
	if (!byMethod) {
		byMethod = new Map();
		for (const operation of service.operations.values()) {
			if (!operation.http) continue;
			const list = byMethod.get(operation.http.method) ?? [];
			list.push(pattern(operation));
			byMethod.set(operation.http.method, list);
		}
		patterns.set(service, byMethod);
	}
	return byMethod;
}

function pattern(operation: OperationModel): Pattern {
	const { path, query } = operation.http!;
	const labels: string[] = [];
	const source = path
		.split(/(\{[^}]+\})/)
		.map((part) => {
			const label = /^\{([^}+]+)(\+?)\}$/.exec(part);
			if (!label) return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
			labels.push(label[1]!);
			return label[2] ? '(.+)' : '([^/]+)';
		})
		.join('');
	const wants = { query: [] as string[], headers: [] as string[] };
	const required = requiredMembers(operation.input);
	for (const [name, member] of members(operation.input)) {
		const traits = member.getMergedTraits();
		if (!required.has(name)) continue;
		if (traits.httpQuery) wants.query.push(traits.httpQuery);
		if (traits.httpHeader) wants.headers.push(traits.httpHeader.toLowerCase());
	}
	const literals = path.split('/').filter((part) => part && !part.startsWith('{')).length;
	return {
		operation,
		path: new RegExp(`^${source}/?$`, 's'),
		labels,
		wants,
		hasBucket: members(operation.input).some(
			([name, member]) => name === 'Bucket' && member.getMergedTraits().httpLabel,
		),
		weight: literals + 2 * (query.length + wants.query.length + wants.headers.length) - labels.length / 10,
	};
}

const membersOf = new WeakMap<NormalizedSchema, [string, NormalizedSchema][]>();

/** A structure's members; remembered, because every request asks for them and S3 has some of fifty. */
function members(schema: NormalizedSchema): [string, NormalizedSchema][] {
	let found = membersOf.get(schema);
	if (!found) {
		found = schema.isStructSchema() ? [...schema.structIterator()] : [];
		membersOf.set(schema, found);
	}
	return found;
}

/** The member that is the whole body, where there is one. */
export const payloadMember = (schema: NormalizedSchema): [string, NormalizedSchema] | undefined =>
	members(schema).find(([, member]) => member.getMergedTraits().httpPayload);

const isBodyMember = (member: NormalizedSchema) => {
	const traits = member.getMergedTraits();
	return !(
		traits.httpLabel ||
		traits.httpQuery ||
		traits.httpQueryParams ||
		traits.httpHeader ||
		traits.httpPrefixHeaders !== undefined ||
		traits.httpPayload ||
		traits.httpResponseCode
	);
};

/** Reads a REST request's input. `body` collects the bytes; a streaming payload is handed on unread. */
export async function readInput(
	{ operation, labels, query }: Route,
	request: WireRequest,
	codec: Codec,
	text: TextCodec,
	body: () => Promise<Uint8Array>,
): Promise<Record<string, unknown>> {
	const input: Record<string, unknown> = {};
	const known = new Set(operation.http!.query.map(([key]) => key));
	let rest: [string, NormalizedSchema] | undefined;
	for (const [name, member] of members(operation.input)) {
		const traits = member.getMergedTraits();
		if (traits.httpLabel) input[name] = text.read(member, labels[name]!);
		else if (traits.httpQuery) {
			known.add(traits.httpQuery);
			const values = query.getAll(traits.httpQuery);
			if (values.length > 0) input[name] = readQuery(member, values, text);
		} else if (traits.httpQueryParams) rest = [name, member];
		else if (traits.httpHeader) {
			const value = request.headers[traits.httpHeader.toLowerCase()];
			if (value !== undefined && !(member.isListSchema() && value === '')) input[name] = text.read(member, value);
		} else if (traits.httpPrefixHeaders !== undefined) {
			const found = prefixed(request.headers, traits.httpPrefixHeaders.toLowerCase());
			if (found) input[name] = found;
		}
	}
	if (rest) input[rest[0]] = Object.fromEntries([...query].filter(([key]) => !known.has(key)));
	await readBody(operation.input, input, request, codec, body);
	return input;
}

async function readBody(
	schema: NormalizedSchema,
	into: Record<string, unknown>,
	request: WireRequest,
	codec: Codec,
	body: () => Promise<Uint8Array>,
): Promise<void> {
	const payload = payloadMember(schema);
	if (payload) {
		const [name, member] = payload;
		if (member.isStreaming()) {
			into[name] = request.body;
			return;
		}
		const bytes = await body();
		if (bytes.byteLength === 0) return;
		if (member.isBlobSchema()) into[name] = bytes;
		else if (member.isStringSchema()) into[name] = new TextDecoder().decode(bytes);
		else into[name] = await codec.read(member, bytes);
		return;
	}
	const names = members(schema).filter(([, member]) => isBodyMember(member));
	if (names.length === 0) return;
	const bytes = await body();
	if (bytes.byteLength === 0) return;
	const read = (await codec.read(schema, bytes)) as Record<string, unknown>;
	for (const [name] of names) if (read[name] !== undefined && read[name] !== null) into[name] = read[name];
}

function readQuery(member: NormalizedSchema, values: string[], text: TextCodec): unknown {
	if (!member.isListSchema()) return text.read(member, values[0]!);
	return values.map((value) => text.read(member.getValueSchema(), value));
}

function prefixed(headers: Record<string, string>, prefix: string): Record<string, string> | undefined {
	const found = Object.entries(headers).filter(([key]) => key.startsWith(prefix));
	return found.length > 0
		? Object.fromEntries(found.map(([key, value]) => [key.slice(prefix.length), value]))
		: undefined;
}

/** Writes headers, status and body of a REST answer; the same for an error's members. */
export function writeOutput(
	schema: NormalizedSchema,
	output: Record<string, unknown>,
	status: number,
	codec: Codec,
	text: TextCodec,
): WireResponse {
	const response: WireResponse = { status, headers: {}, body: '' };
	const inBody: Record<string, unknown> = {};
	let hasBodyMembers = false;
	for (const [name, member] of members(schema)) {
		const traits = member.getMergedTraits();
		const value = output[name];
		if (isBodyMember(member)) hasBodyMembers = true;
		if (value === undefined || value === null) continue;
		if (traits.httpHeader) response.headers[traits.httpHeader.toLowerCase()] = text.write(member, value);
		else if (traits.httpPrefixHeaders !== undefined) {
			for (const [key, each] of Object.entries(value)) {
				response.headers[`${traits.httpPrefixHeaders}${key}`.toLowerCase()] = String(each);
			}
		} else if (traits.httpResponseCode) response.status = value as number;
		else if (!traits.httpPayload) inBody[name] = value;
	}
	const payload = payloadMember(schema);
	if (payload) response.body = writePayload(payload[1], output[payload[0]], codec);
	else if (hasBodyMembers) response.body = codec.write(schema, inBody);
	return response;
}

function writePayload(member: NormalizedSchema, value: unknown, codec: Codec): WireResponse['body'] {
	if (value === undefined || value === null) return '';
	if (member.isStreaming() || member.isBlobSchema() || member.isStringSchema()) {
		return value instanceof Readable ? value : (value as string | Uint8Array);
	}
	return codec.write(member, value);
}
