import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { formatError } from './faults.ts';
import { jsonFaultAt } from './json-fault.ts';

/** Functions that YAML may write as a tag: `!Sub "…"`. */
const functions = new Set(
	'Base64 Cidr FindInMap GetAtt GetAZs GetStackOutput If ImportValue Join Select Split Sub And Equals Not Or Contains Transform Length ToJsonString EachMemberEquals EachMemberIn RefAll ValueOf ValueOfAll'.split(
		' ',
	),
);

/** Reads a template, JSON or YAML. */
export function parseTemplate(text: string): JsonObject {
	const template = text.trimStart().startsWith('{') ? parseJson(text) : parseYaml(text);
	if (!isObject(template)) throw formatError('unsupported structure.');
	return template;
}

function parseJson(text: string): Json {
	try {
		return JSON.parse(text) as Json;
	} catch {
		const before = text.slice(0, jsonFaultAt(text)).split('\n');
		throw formatError(`JSON not well-formed. (line ${before.length}, column ${before.at(-1)!.length + 1})`);
	}
}

function parseYaml(text: string): Json {
	const lines = new LineCounter();
	// Unknown tags are only a warning, so the short forms arrive as nodes that have one.
	const document = parseDocument(text, { lineCounter: lines, logLevel: 'silent' });
	const [error] = document.errors;
	if (error) throw notWellFormed(lines, error.pos[0]);
	return plain(document.contents, document, lines);
}

const notWellFormed = (lines: LineCounter, offset: number) => {
	const { line, col } = lines.linePos(offset);
	return formatError(`YAML not well-formed. (line ${line}, column ${col})`);
};

/** A node as JSON, with the short forms of functions written out. */
function plain(node: unknown, document: Document, lines: LineCounter): Json {
	if (isAlias(node)) return plain(node.resolve(document), document, lines);
	const value = untagged(node, document, lines);
	const tag = (node as (Node & { tag?: string }) | null)?.tag;
	if (!tag?.startsWith('!') || tag === '!') return value;
	const name = tag.slice(1);
	if (name === 'Ref' || name === 'Condition') return { [name]: value };
	if (!functions.has(name)) throw notWellFormed(lines, (node as Node).range?.[0] ?? 0);
	const split = name === 'GetAtt' && typeof value === 'string';
	return { [`Fn::${name}`]: split ? splitOnce(value) : value };
}

function untagged(node: unknown, document: Document, lines: LineCounter): Json {
	if (isMap(node)) {
		const entries = node.items.map(({ key, value }) => {
			const name = isScalar(key) ? (key.source ?? String(key.value)) : String(key);
			return [name, plain(value, document, lines)] as const;
		});
		return Object.fromEntries(entries);
	}
	if (isSeq(node)) return node.items.map((item) => plain(item, document, lines));
	if (isScalar(node)) {
		// A tagged scalar is a function's argument, and those are strings.
		return node.tag?.startsWith('!') ? String(node.value ?? '') : (node.value as Json);
	}
	return null;
}

/** `Queue.Arn`: a logical id has no dot, an attribute may. */
export function splitOnce(text: string): [string, string] {
	const dot = text.indexOf('.');
	return dot < 0 ? [text, ''] : [text.slice(0, dot), text.slice(dot + 1)];
}
