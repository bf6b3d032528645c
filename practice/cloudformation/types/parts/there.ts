import { Fault } from '../../../fault.ts';

/** What `work` answers; undefined where a service says that the thing is not there. */
export function ifThere<T>(work: () => T): T | undefined {
	try {
		return work();
	} catch (error) {
		if (error instanceof Fault && /NotFound|NoSuch|DoesNotExist/.test(error.name)) return undefined;
		throw error;
	}
}
