import { Fault } from '../../../fault.ts';

/**
 * What `work` answers; undefined where a service says that something is not there. `missing` says what that may be: it is
 * tried on the fault's name and message, with a colon in between.
 */
export function ifThere<T>(
	work: () => T,
	missing = /^[\w.]*(NotFound|NoSuch|NonExistent|DoesNotExist)[\w.]*:/,
): T | undefined {
	try {
		return work();
	} catch (error) {
		if (error instanceof Fault && missing.test(`${error.name}: ${error.message}`)) return undefined;
		throw error;
	}
}
