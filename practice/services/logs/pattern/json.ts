import type { Match } from './pattern.ts';
import { combined, Scanner } from './scanner.ts';
import { comparison } from './values.ts';

type Selector = (string | number | '[*]')[];

/** `{ $.status >= 400 && $.path = "/orders*" }`: messages that are JSON and of which that is true. */
export function jsonPattern(text: string): Match {
	const scanner = new Scanner(text);
	scanner.need(/\{/);
	const test = combined(scanner, () => condition(scanner));
	scanner.need(/\}/);
	if (!scanner.done) scanner.fail();
	return (message) => {
		const parsed = parse(message);
		return parsed !== undefined && test(parsed);
	};
}

function parse(message: string): unknown {
	try {
		const value: unknown = JSON.parse(message);
		return typeof value === 'object' && value !== null ? value : undefined;
	} catch {
		return undefined;
	}
}

function condition(scanner: Scanner): (subject: unknown) => boolean {
	const path = selector(scanner);
	const some = (test: (value: unknown) => boolean) => (subject: unknown) => values(subject, path).some(test);
	if (scanner.take(/IS\s+NULL\b/)) return some((value) => value === null);
	if (scanner.take(/IS\s+TRUE\b/)) return some((value) => value === true);
	if (scanner.take(/IS\s+FALSE\b/)) return some((value) => value === false);
	if (scanner.take(/NOT\s+EXISTS\b/)) return (subject) => values(subject, path).length === 0;
	const operator = scanner.operator() ?? scanner.fail();
	const holds = comparison(operator, scanner.operand('(){}'));
	return some((value) => (typeof value === 'string' || typeof value === 'number') && holds(value));
}

/** `$.a.b[0].c`, `$.['a.b']`, `$.list[*]`. */
function selector(scanner: Scanner): Selector {
	scanner.need(/\$/);
	const path: Selector = [];
	for (;;) {
		const found = scanner.take(/(?:\.([\w-]+)|\.?\[\s*(?:(\d+)|'([^']*)'|"([^"]*)"|(\*))\s*\])/);
		if (!found) break;
		const [, name, index, single, double, any] = found;
		path.push(any ? '[*]' : index === undefined ? (name ?? single ?? double)! : Number(index));
	}
	return path.length > 0 ? path : scanner.fail();
}

/** What a selector finds: nothing, one value, or the members of a list. */
function values(subject: unknown, path: Selector): unknown[] {
	let found: unknown[] = [subject];
	for (const part of path) {
		found = found.flatMap((value) => {
			if (part === '[*]') return Array.isArray(value) ? value : [];
			if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return [];
			return [(value as Record<string, unknown>)[part]];
		});
	}
	return found;
}
