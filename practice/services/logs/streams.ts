import type { AccountInRegion } from '../../account/account.ts';
import { Fault } from '../../fault.ts';
import type { Call } from '../../operation.ts';
import { LogEvents, type LogStream } from './events.ts';
import { groupNamed, identified, type LogGroup, LogGroups } from './groups.ts';

export const noStream = () => new Fault('ResourceNotFoundException', 'The specified log stream does not exist.');

export function streamNamed(
	account: AccountInRegion,
	groupName: string,
	streamName: string,
): { group: LogGroup; stream: LogStream } {
	const group = groupNamed(account, groupName);
	const stream = account.store(LogEvents).stream(group.name, streamName);
	if (!stream) throw noStream();
	return { group, stream };
}

/** The permission that an operation on a stream needs. */
export const onStream = (
	input: {
		logGroupName?: string | undefined;
		logGroupIdentifier?: string | undefined;
		logStreamName?: string | undefined;
	},
	{ account }: Call,
) => ({ resource: `${account.store(LogGroups).arn(identified(input))}:log-stream:${input.logStreamName}` });

/** AWS still answers these and no longer looks at them. */
export const sequenceToken = ({ ingested, created }: LogStream) => String(ingested ?? created).padStart(56, '4');
