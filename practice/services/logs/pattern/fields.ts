import { invalid } from '../groups.ts';
import type { Match } from './pattern.ts';
import { combined, Scanner } from './scanner.ts';
import { comparison } from './values.ts';

type Field = { name: string; test: (fields: Map<string, string>) => boolean } | '...';

/** `[ip, user, ..., status = 4*, bytes > 1000]`: messages of that many words, of which that is true. */
export function fieldsPattern(text: string): Match {
	const scanner = new Scanner(text);
	scanner.need(/\[/);
	const fields: Field[] = [];
	do fields.push(field(scanner, fields.length));
	while (scanner.take(/,/));
	scanner.need(/\]/);
	if (!scanner.done) scanner.fail();
	const gap = fields.indexOf('...');
	if (gap !== fields.lastIndexOf('...')) throw invalid('Invalid filter pattern: more than one ellipsis');
	const named = fields.filter((each) => each !== '...');
	return (message) => {
		const words = split(message);
		if (gap === -1 ? words.length !== named.length : words.length < named.length) return false;
		const behind = gap === -1 ? 0 : named.length - gap;
		const chosen = gap === -1 ? words : [...words.slice(0, gap), ...words.slice(words.length - behind)];
		const values = new Map(named.map(({ name }, index) => [name, chosen[index]!]));
		return named.every(({ test }) => test(values));
	};
}

function field(scanner: Scanner, index: number): Field {
	if (scanner.take(/\.\.\./)) return '...';
	const [, first] =
		scanner.take(/\(?\s*(\w+)(?=\s*(?:[=!<>,\]]))/) ?? scanner.take(/(\w*)(?=\s*[,\]])/) ?? scanner.fail();
	const name = first || `field ${index}`;
	const operator = scanner.operator();
	if (!operator) return { name, test: () => true };
	const compared = comparison(operator, scanner.operand('(),\\]'));
	let test: (fields: Map<string, string>) => boolean = (fields) => compared(fields.get(name)!);
	// Further conditions name their field again.
	const more = scanner.take(/(&&|\|\|)/)?.[1];
	if (more) {
		const before = test;
		const rest = combined<Map<string, string>>(scanner, () => {
			const [, other] = scanner.need(/(\w+)/);
			const holds = comparison(scanner.operator() ?? scanner.fail(), scanner.operand('(),\\]'));
			return (fields) => fields.has(other!) && holds(fields.get(other!)!);
		});
		test = more === '&&' ? (fields) => before(fields) && rest(fields) : (fields) => before(fields) || rest(fields);
	}
	scanner.take(/\)/);
	return { name, test };
}

/** Words, where "quotes" and [brackets] hold several together. */
const split = (message: string): string[] =>
	[...message.matchAll(/"([^"]*)"|\[([^\]]*)\]|(\S+)/g)].map(
		([, quoted, bracketed, word]) => quoted ?? bracketed ?? word!,
	);
