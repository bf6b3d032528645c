import type { Context } from './context.ts';

export interface PatternOptions {
	context: Context;
	/** `*` and `?` stand for any characters and any one. */
	wildcards?: boolean;
	ignoreCase?: boolean;
	/** Policy variables are replaced: in documents of version 2012-10-17. */
	variables?: boolean;
}

const cache = new Map<string, RegExp>();
const cacheSize = 5_000;
const variable = /\$\{([^}]*)\}/g;

/**
 * A policy's text as a regular expression, its variables replaced; undefined when one of them has no value in the
 * request, in which case nothing matches.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function pattern(text: string, options: PatternOptions): RegExp | undefined {
	const flags = options.ignoreCase ? 'is' : 's';
	const replaced = options.variables && text.includes('${');
	const id = `${flags}${options.wildcards ? '*' : '='}${text}`;
	const cached = replaced ? undefined : cache.get(id);
	if (cached) return cached;

	let source = '';
	let end = 0;
	if (replaced) {
		for (const match of text.matchAll(variable)) {
			const value = variableValue(match[1]!, options.context);
			if (value === undefined) return undefined;
			source += literal(text.slice(end, match.index), options.wildcards) + escaped(value);
			end = match.index + match[0].length;
		}
	}
	source += literal(text.slice(end), options.wildcards);
	const made = new RegExp(`^${source}$`, flags);
	if (!replaced) {
		if (cache.size >= cacheSize) cache.clear();
		cache.set(id, made);
	}
	return made;
}

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

const literal = (text: string, wildcards = false) =>
	wildcards
		? text
				.split(/(\*+|\?)/)
				.map((part) => (part.startsWith('*') ? '.*' : part === '?' ? '.' : escaped(part)))
				.join('')
		: escaped(text);

/** `aws:username`, or with what to use where the request has none: `aws:PrincipalTag/team, 'nobody'`. `*`, `?` and `$` mean themselves. */
function variableValue(name: string, context: Context): string | undefined {
	if (name === '*' || name === '?' || name === '$') return name;
	const [, key, otherwise] = /^\s*([^,]*?)\s*(?:,\s*'(.*)'\s*)?$/s.exec(name) ?? [];
	const values = key === undefined ? undefined : context.get(key.toLowerCase());
	return values?.length === 1 ? values[0] : otherwise;
}
