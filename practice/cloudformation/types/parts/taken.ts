import { Fault } from '../../../fault.ts';

/** Refuses to take over what is there already, where the service itself would give it again. */
export function refuseTaken(type: string, identifier: string | undefined): void {
	if (identifier === undefined || identifier === '') return;
	throw new Fault('ValidationError', `Resource of type '${type}' with identifier '${identifier}' already exists.`);
}
