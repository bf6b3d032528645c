import {
	CreateLogStream$,
	type CreateLogStreamRequest,
	DeleteLogStream$,
	type DeleteLogStreamRequest,
	DescribeLogStreams$,
	type DescribeLogStreamsRequest,
	type DescribeLogStreamsResponse,
	type LogStream as LogStreamOutput,
} from '@aws-sdk/client-cloudwatch-logs';
import type { AccountInRegion } from '../../../account/account.ts';
import { Fault } from '../../../fault.ts';
import { operation } from '../../../operation.ts';
import { LogEvents, type LogStream } from '../events.ts';
import { groupNamed, identified, invalid, LogGroups, onGroup, touchesGroup } from '../groups.ts';
import { page } from '../page.ts';
import { onStream, sequenceToken, streamNamed } from '../streams.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogStream.html */
export const createLogStream = operation(
	CreateLogStream$,
	({ logGroupName, logStreamName }: CreateLogStreamRequest, { account }): void => {
		const name = logStreamName!;
		if (!/^[^:*]{1,512}$/.test(name)) {
			throw invalid(
				`1 validation error detected: Value '${name}' at 'logStreamName' failed to satisfy constraint: Member must satisfy regular expression pattern: [^:*]*`,
			);
		}
		const group = groupNamed(account, logGroupName!);
		const events = account.store(LogEvents);
		if (events.stream(group.name, name)) {
			throw new Fault('ResourceAlreadyExistsException', 'The specified log stream already exists');
		}
		events.addStream(group.name, name);
	},
	{ access: onGroup, touches: touchesGroup },
);

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteLogStream.html */
export const deleteLogStream = operation(
	DeleteLogStream$,
	({ logGroupName, logStreamName }: DeleteLogStreamRequest, { account }): void => {
		const { group, stream } = streamNamed(account, logGroupName!, logStreamName!);
		account.store(LogEvents).deleteStream(group.name, stream.name);
	},
	{ access: onStream, touches: touchesGroup },
);

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogStreams.html */
export const describeLogStreams = operation(
	DescribeLogStreams$,
	(input: DescribeLogStreamsRequest, { account }): DescribeLogStreamsResponse => {
		const { logStreamNamePrefix, orderBy = 'LogStreamName', descending = false } = input;
		if (orderBy === 'LastEventTime' && logStreamNamePrefix !== undefined) {
			throw invalid('Cannot order by LastEventTime with a logStreamNamePrefix.');
		}
		const group = groupNamed(account, identified(input));
		const streams = account.store(LogEvents).streams(group.name, logStreamNamePrefix);
		if (orderBy === 'LastEventTime') streams.sort((a, b) => (a.last ?? a.created) - (b.last ?? b.created));
		if (descending) streams.reverse();
		const { items, nextToken } = page(streams, input);
		return { logStreams: items.map((stream) => shown(account, stream)), ...(nextToken && { nextToken }) };
	},
	{ access: onGroup },
);

function shown(account: AccountInRegion, stream: LogStream): LogStreamOutput {
	const { clock } = account;
	return {
		logStreamName: stream.name,
		creationTime: clock.toWire(stream.created),
		...(stream.first !== null && {
			firstEventTimestamp: clock.toWire(stream.first),
			lastEventTimestamp: clock.toWire(stream.last!),
			lastIngestionTime: clock.toWire(stream.ingested!),
		}),
		uploadSequenceToken: sequenceToken(stream),
		arn: `${account.store(LogGroups).arn(stream.grp)}:log-stream:${stream.name}`,
		storedBytes: 0,
	};
}
