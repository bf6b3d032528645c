import { Fault } from '../../fault.ts';

/** How SQS refuses the value of a parameter. */
export const invalidValue = (message: string) => new Fault('InvalidParameterValue', message);

export const invalidParameter = (value: unknown, name: string, reason: string) =>
	invalidValue(`Value ${value} for parameter ${name} is invalid. Reason: ${reason}`);

export const missing = (name: string) =>
	new Fault('MissingParameter', `The request must contain the parameter ${name}.`);
