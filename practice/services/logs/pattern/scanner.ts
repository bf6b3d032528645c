import { invalid } from '../groups.ts';
import type { Operand, Operator } from './values.ts';

/** Walks over a pattern. */
export class Scanner {
	readonly #text: string;
	#at = 0;

	constructor(text: string) {
		this.#text = text;
	}

	/** Takes what the expression finds here, after any spaces; undefined when it finds nothing. */
	take(expression: RegExp): RegExpExecArray | undefined {
		const sticky = new RegExp(`\\s*${expression.source}`, 'sy');
		sticky.lastIndex = this.#at;
		const found = sticky.exec(this.#text) ?? undefined;
		if (found) this.#at = sticky.lastIndex;
		return found;
	}

	need(expression: RegExp): RegExpExecArray {
		return this.take(expression) ?? this.fail();
	}

	get done(): boolean {
		return this.#text.slice(this.#at).trim() === '';
	}

	fail(): never {
		throw invalid(`Invalid filter pattern: unexpected '${this.#text.slice(this.#at).trim() || 'end'}' at ${this.#at}`);
	}

	operator(): Operator | undefined {
		return this.take(/(!=|<=|>=|=|<|>)/)?.[1] as Operator | undefined;
	}

	/** The right side of a comparison, up to one of `stops` when it is not quoted. */
	operand(stops: string): Operand {
		const quoted = this.take(/"((?:[^"\\]|\\.)*)"/);
		if (quoted) return { kind: 'text', value: quoted[1]!.replace(/\\(.)/gs, '$1'), quoted: true };
		const expression = this.take(/%((?:[^%\\]|\\.)*)%/);
		if (expression) return { kind: 'expression', value: expression[1]!, quoted: false };
		const word = this.need(new RegExp(`((?:(?!&&|\\|\\|)[^\\s"${stops}])+)`));
		return { kind: 'text', value: word[1]!, quoted: false };
	}
}

/** `a && b || (c && d)`, where `&&` binds closer. `single` reads what stands between. */
export function combined<T>(scanner: Scanner, single: () => (subject: T) => boolean): (subject: T) => boolean {
	const factor = (): ((subject: T) => boolean) => {
		if (!scanner.take(/\(/)) return single();
		const inner = combined(scanner, single);
		scanner.need(/\)/);
		return inner;
	};
	const all = () => {
		const factors = [factor()];
		while (scanner.take(/&&/)) factors.push(factor());
		return (subject: T) => factors.every((each) => each(subject));
	};
	const any = [all()];
	while (scanner.take(/\|\|/)) any.push(all());
	return (subject) => any.some((each) => each(subject));
}
