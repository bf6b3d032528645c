import { Fault } from '../../fault.ts';
import { MalformedPolicy, type Policy, type PolicyKind, parsePolicy } from '../../iam/policy.ts';

// The names of the SDK's classes; the wire layer answers with the codes that IAM gives them.
export const noSuchEntity = (message: string) => new Fault('NoSuchEntityException', message);
export const alreadyExists = (message: string) => new Fault('EntityAlreadyExistsException', message);
export const deleteConflict = (message: string) => new Fault('DeleteConflictException', message);
export const invalidInput = (message: string) => new Fault('InvalidInputException', message);
export const limitExceeded = (message: string) => new Fault('LimitExceededException', message);
export const unmodifiable = (message: string) => new Fault('UnmodifiableEntityException', message);
export const invalid = (message: string) => new Fault('ValidationError', message);

/** One value that breaks a constraint of its member: `unfit('a', 'roleSessionName', 'have length greater than or equal to 2')`. */
export const unfit = (value: unknown, member: string, constraint: string) =>
	invalid(
		`1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must ${constraint}`,
	);

/** Reads a document that somebody wants to store, and refuses it as IAM does. */
export function readDocument(text: string, kind: PolicyKind): Policy {
	try {
		return parsePolicy(text, kind);
	} catch (error) {
		if (error instanceof MalformedPolicy) throw new Fault('MalformedPolicyDocumentException', error.message);
		throw error;
	}
}
