import type { Principal } from '../../account/principal.ts';
import { invalid } from './faults.ts';

/** The name of the user who asks, for operations that are about the caller when no user is named. */
export function callersName(principal: Principal): string {
	if (principal.kind === 'user') return principal.name;
	if (principal.kind === 'administrator') return principal.arn.split('/').at(-1)!;
	throw invalid('Must specify userName when calling with non-User credentials');
}
