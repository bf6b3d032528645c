import { Fault } from '../../../fault.ts';

/** What `work` answers; undefined where a service says that the thing is not there. `missing` says which thing. */
export function ifThere<T>(work: () => T, missing = /NotFound|NoSuch|NonExistent|DoesNotExist/): T | undefined {
	try {
		return work();
	} catch (error) {
		if (error instanceof Fault && missing.test(error.name)) return undefined;
		throw error;
	}
}
