import type { Context } from './context.ts';

export interface PatternOptions {
	context: Context;
	/** `*` and `?` stand for any characters and any one. */
	wildcards?: boolean;
	ignoreCase?: boolean;
	/** Policy variables are replaced: in documents of version 2012-10-17. */
	variables?: boolean;
}

const any = Symbol('any characters');
const one = Symbol('any one');
type Token = string | typeof any | typeof one;

const cache = new Map<string, Pattern>();
const cacheSize = 5_000;
const variable = /\$\{([^}]*)\}/g;

/**
 * A policy's text as a pattern, its variables replaced; undefined when one of them has no value in the request, in
 * which case nothing matches.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function pattern(text: string, options: PatternOptions): Pattern | undefined {
	const { context, wildcards = false, ignoreCase = false } = options;
	const replaced = options.variables && text.includes('${');
	const id = `${ignoreCase ? 'i' : 'c'}${wildcards ? '*' : '='}${text}`;
	const cached = replaced ? undefined : cache.get(id);
	if (cached) return cached;

	const tokens: Token[] = [];
	let end = 0;
	if (replaced) {
		for (const match of text.matchAll(variable)) {
			const value = variableValue(match[1]!, context);
			if (value === undefined) return undefined;
			tokens.push(...tokenize(text.slice(end, match.index), wildcards), ...value);
			end = match.index + match[0].length;
		}
	}
	tokens.push(...tokenize(text.slice(end), wildcards));
	const made = new Pattern(tokens, ignoreCase);
	if (!replaced) {
		if (cache.size >= cacheSize) cache.clear();
		cache.set(id, made);
	}
	return made;
}

/** A text with wildcards. Its time grows with pattern times text, however many stars somebody writes; a RegExp's would not. */
class Pattern {
	readonly #tokens: Token[];
	readonly #ignoreCase: boolean;

	constructor(tokens: Token[], ignoreCase: boolean) {
		this.#ignoreCase = ignoreCase;
		this.#tokens = tokens.map((token) => (ignoreCase && typeof token === 'string' ? token.toLowerCase() : token));
	}

	test(value: string): boolean {
		const text = [...(this.#ignoreCase ? value.toLowerCase() : value)];
		const tokens = this.#tokens;
		let at = 0;
		let next = 0;
		// Where the last star stands, and what of the text it has taken so far.
		let star = -1;
		let taken = 0;
		while (at < text.length) {
			if (tokens[next] === any) {
				star = next++;
				taken = at;
			} else if (tokens[next] === one || tokens[next] === text[at]) {
				next++;
				at++;
			} else if (star >= 0) {
				next = star + 1;
				at = ++taken;
			} else {
				return false;
			}
		}
		while (tokens[next] === any) next++;
		return next === tokens.length;
	}
}

const tokenize = (text: string, wildcards: boolean): Token[] =>
	[...text].map((letter) => (wildcards && letter === '*' ? any : wildcards && letter === '?' ? one : letter));

/** `aws:username`, or with what to use where the request has none: `aws:PrincipalTag/team, 'nobody'`. `*`, `?` and `$` mean themselves. */
function variableValue(name: string, context: Context): string | undefined {
	if (name === '*' || name === '?' || name === '$') return name;
	const [, key, otherwise] = /^\s*([^,]*?)\s*(?:,\s*'(.*)'\s*)?$/s.exec(name) ?? [];
	const values = key === undefined ? undefined : context.get(key.toLowerCase());
	return values?.length === 1 ? values[0] : otherwise;
}
