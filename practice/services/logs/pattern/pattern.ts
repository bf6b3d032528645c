import { invalid } from '../groups.ts';
import { fieldsPattern } from './fields.ts';
import { jsonPattern } from './json.ts';
import { termsPattern } from './terms.ts';

/** Whether a message of a log event matches. */
export type Match = (message: string) => boolean;

/**
 * Reads a filter pattern: terms, `{ $.json = … }` or `[space, delimited, fields]`.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function pattern(text: string): Match {
	const trimmed = text.trim();
	if (trimmed === '') return () => true;
	if (trimmed.length > 1024) {
		throw invalid(
			`1 validation error detected: Value '${text}' at 'filterPattern' failed to satisfy constraint: Member must have length less than or equal to 1024`,
		);
	}
	if (trimmed.startsWith('{')) return jsonPattern(trimmed);
	if (trimmed.startsWith('[')) return fieldsPattern(trimmed);
	return termsPattern(trimmed);
}
