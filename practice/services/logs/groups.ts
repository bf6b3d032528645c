import type { LogGroupClass } from '@aws-sdk/client-cloudwatch-logs';
import type { AccountInRegion } from '../../account/account.ts';
import { Documents } from '../../account/documents.ts';
import { Fault } from '../../fault.ts';
import type { Call } from '../../operation.ts';

export interface LogGroup {
	name: string;
	/** Account time, ms. */
	created: number;
	/** Days; forever when absent. */
	retention?: number;
	kmsKeyId?: string;
	class: LogGroupClass;
	protected: boolean;
	tags: Record<string, string>;
}

export class LogGroups extends Documents<LogGroup> {
	static override kind = 'logs.group';

	arn(name: string): string {
		return this.account.arn('logs', `log-group:${name}`);
	}
}

export const invalid = (message: string) => new Fault('InvalidParameterException', message);

export const noGroup = () => new Fault('ResourceNotFoundException', 'The specified log group does not exist.');

export function groupNamed(account: AccountInRegion, name: string): LogGroup {
	const group = account.store(LogGroups).get(name);
	if (!group) throw noGroup();
	return group;
}

interface Identified {
	logGroupName?: string | undefined;
	logGroupIdentifier?: string | undefined;
	resourceArn?: string | undefined;
}

/** The name in an ARN, with or without its `:*`, or else the name itself. */
export const nameOf = (identifier: string) =>
	/^arn:[^:]+:logs:[^:]*:\d*:log-group:(.+?)(?::\*)?$/.exec(identifier)?.[1] ?? identifier;

/** The name of the group that a request is about, which says it in one of two ways and not in both. */
export function identified({ logGroupName, logGroupIdentifier, resourceArn }: Identified): string {
	if (logGroupName !== undefined && logGroupIdentifier !== undefined) {
		throw new Fault('InvalidParameterException', 'LogGroup name and LogGroup ARN are mutually exclusive parameters.');
	}
	const name = logGroupName ?? logGroupIdentifier ?? resourceArn;
	if (name === undefined) throw invalid('Either LogGroup name or LogGroup ARN should be provided.');
	return nameOf(name);
}

/** The permission that an operation on a group needs, on the group and everything in it. */
export const onGroup = (input: Identified, { account }: Call) => ({
	resource: `${account.store(LogGroups).arn(identified(input))}:*`,
});

export const touchesGroup = ({ logGroupName, logGroupIdentifier, resourceArn }: Identified) => {
	const name = logGroupName ?? logGroupIdentifier ?? resourceArn;
	return name && nameOf(name);
};

export function checkGroupName(name: string): void {
	const refuse = (constraint: string) =>
		invalid(
			`1 validation error detected: Value '${name}' at 'logGroupName' failed to satisfy constraint: ${constraint}`,
		);
	if (name.length < 1) throw refuse('Member must have length greater than or equal to 1');
	if (name.length > 512) throw refuse('Member must have length less than or equal to 512');
	if (!/^[.\-_/#A-Za-z0-9]+$/.test(name)) {
		throw refuse('Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+');
	}
}
