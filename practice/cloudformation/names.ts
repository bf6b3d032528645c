import { randomBytes } from 'node:crypto';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Letters and digits by chance. */
export const byChance = (length: number) =>
	Array.from(randomBytes(length), (byte) => letters[byte % letters.length]).join('');

/**
 * A name as CloudFormation makes one up: `<stack>-<logical id>-<12 characters>`. What is too long loses its end, the
 * stack's name and the logical id evenly.
 */
export function madeUpName(stack: string, logicalId: string, longest: number, form?: 'lower-case'): string {
	const room = longest - 14;
	const half = Math.floor(room / 2);
	const forStack = Math.max(half, room - logicalId.length);
	const forLogical = Math.max(room - half, room - stack.length);
	const name = `${stack.slice(0, forStack)}-${logicalId.slice(0, forLogical)}-${byChance(12)}`;
	return form === 'lower-case' ? name.toLowerCase() : name;
}
