import { Fault } from '../../fault.ts';

/** CloudFormation's answer to what it cannot accept. */
export const invalid = (message: string) => new Fault('ValidationError', message);

export const formatError = (message: string) => invalid(`Template format error: ${message}`);

export const templateError = (message: string) => invalid(`Template error: ${message}`);
