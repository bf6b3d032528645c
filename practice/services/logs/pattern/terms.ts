import { invalid } from '../groups.ts';
import type { Match } from './pattern.ts';
import { expression } from './values.ts';

/** One term: a word, "a phrase" or %an expression%, with `-` or `?` before it or nothing. */
const term = /([-?]?)(?:"((?:[^"\\]|\\.)*)"|%((?:[^%\\]|\\.)*)%|([^\s"%]+))(?=\s|$)|(\S+)/g;

/** All terms must be there, those with `-` must not; of those with `?` any one, unless there are others. */
export function termsPattern(text: string): Match {
	const all: Match[] = [];
	const none: Match[] = [];
	const any: Match[] = [];
	for (const [, sign, phrase, regex, word, bad] of text.matchAll(term)) {
		if (bad !== undefined) throw invalid(`Invalid filter pattern: unbalanced quotes in '${bad}'`);
		if (word !== undefined && !/^\w+$/.test(word)) throw invalid(`Invalid character(s) in term '${word}'`);
		const has = regex === undefined ? includes(unescaped(phrase ?? word!)) : expression(regex);
		(sign === '-' ? none : sign === '?' ? any : all).push(has);
	}
	// AWS ignores the optional terms as soon as there are others.
	const optional = all.length === 0 && none.length === 0 ? any : [];
	return (message) =>
		all.every((has) => has(message)) &&
		!none.some((has) => has(message)) &&
		(optional.length === 0 || optional.some((has) => has(message)));
}

const includes =
	(text: string): Match =>
	(message) =>
		message.includes(text);
const unescaped = (text: string) => text.replace(/\\(.)/gs, '$1');
