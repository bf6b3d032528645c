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

/** For services that answer with the existing one when somebody asks for another of its name. */
export function refuseTaken(type: string, identifier: string, taken: unknown): void {
	if (taken === undefined) return;
	throw new Fault('AlreadyExists', `Resource of type '${type}' with identifier '${identifier}' already exists.`);
}
