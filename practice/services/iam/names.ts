import { randomBytes } from 'node:crypto';
import { invalid, unfit } from './faults.ts';

/** The longest name of each kind of thing. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const longest = {
	roleName: 64,
	userName: 64,
	groupName: 128,
	policyName: 128,
	instanceProfileName: 128,
} as const;

/** Refuses a name that IAM would refuse. */
export function checkName(member: keyof typeof longest, name: string): void {
	if (name.length === 0) throw unfit(name, member, 'have length greater than or equal to 1');
	if (name.length > longest[member]) {
		throw unfit(name, member, `have length less than or equal to ${longest[member]}`);
	}
	if (!/^[\w+=,.@-]+$/.test(name)) {
		throw invalid(
			`The specified value for ${member} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-`,
		);
	}
}

/** A path, `/` where none is given. */
export function checkedPath(path = '/'): string {
	if (path.length > 512) throw unfit(path, 'path', 'have length less than or equal to 512');
	if (!/^\/([!-\x7e]+\/)?$/.test(path)) {
		throw invalid(
			'The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.',
		);
	}
	return path;
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * A unique id, which no later thing of the same name has again.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
 */
export const uniqueId = (kind: 'AROA' | 'AIDA' | 'AGPA' | 'ANPA' | 'AIPA' | 'ANVA'): string =>
	kind + [...randomBytes(17)].map((byte) => letters[byte & 31]).join('');
