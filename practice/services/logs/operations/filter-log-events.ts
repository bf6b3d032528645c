import {
	FilterLogEvents$,
	type FilterLogEventsRequest,
	type FilterLogEventsResponse,
} from '@aws-sdk/client-cloudwatch-logs';
import { operation } from '../../../operation.ts';
import { type LogEvent, LogEvents, type Position } from '../events.ts';
import { groupNamed, identified, invalid, onGroup } from '../groups.ts';
import { pattern } from '../pattern/pattern.ts';
import { digits, end, readToken, token } from '../position.ts';
import { noStream } from '../streams.ts';

/** Bytes that one answer holds at most. */
const largest = 1_048_576;
/** How many events are looked at in one go. */
const chunk = 1_000;

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html */
export const filterLogEvents = operation(
	FilterLogEvents$,
	(input: FilterLogEventsRequest, { account }): FilterLogEventsResponse => {
		check(input);
		const { clock } = account;
		const store = account.store(LogEvents);
		const group = groupNamed(account, identified(input));
		const asked = input.nextToken === undefined ? undefined : readToken(input.nextToken);
		const backwards = asked ? asked.direction === 'b' : input.startFromHead === false;
		const start: Position = { time: input.startTime === undefined ? 0 : clock.fromWire(input.startTime), id: 0 };
		// Unlike GetLogEvents this one includes events at the end time.
		const stop: Position = input.endTime === undefined ? end : { time: clock.fromWire(input.endTime) + 1, id: 0 };
		const matches = pattern(input.filterPattern ?? '');
		const inStream = streams(input, (name) => store.stream(group.name, name) !== undefined);

		let from = asked?.direction === 'f' ? asked.position : start;
		let until = asked?.direction === 'b' ? asked.position : stop;
		const { limit = 10_000 } = input;
		const events: LogEvent[] = [];
		let size = 0;
		let more = true;
		while (more && events.length < limit && size < largest) {
			const found = store.find(group, { from, until, limit: chunk, backwards });
			more = found.length === chunk;
			for (const event of found) {
				if (events.length >= limit || size >= largest) {
					more = true;
					break;
				}
				if (backwards) until = event;
				else from = event;
				if (!inStream(event.stream) || !matches(event.message)) continue;
				events.push(event);
				size += Buffer.byteLength(event.message) + 26;
			}
		}
		return {
			events: events.map((event) => ({
				logStreamName: event.stream,
				timestamp: clock.toWire(event.time),
				message: event.message,
				ingestionTime: clock.toWire(event.ingested),
				eventId: digits(event),
			})),
			searchedLogStreams: [],
			...(more && { nextToken: backwards ? token('b', until) : token('f', from) }),
		};
	},
	{ access: onGroup },
);

function check({ logStreamNames, logStreamNamePrefix, limit = 1, startTime, endTime }: FilterLogEventsRequest): void {
	if (logStreamNames !== undefined && logStreamNamePrefix !== undefined) {
		throw invalid('LogStreamNames and LogStreamNamePrefix are mutually exclusive parameters.');
	}
	if (limit < 1 || limit > 10_000) {
		throw invalid(
			`1 validation error detected: Value '${limit}' at 'limit' failed to satisfy constraint: Member must have value ${limit < 1 ? 'greater than or equal to 1' : 'less than or equal to 10000'}`,
		);
	}
	if (startTime !== undefined && endTime !== undefined && startTime > endTime) {
		throw invalid('startTime must be less than or equal to endTime.');
	}
}

function streams(
	{ logStreamNames, logStreamNamePrefix = '' }: FilterLogEventsRequest,
	exists: (name: string) => boolean,
): (stream: string) => boolean {
	if (logStreamNames === undefined) return (stream) => stream.startsWith(logStreamNamePrefix);
	if (!logStreamNames.every(exists)) throw noStream();
	const wanted = new Set(logStreamNames);
	return (stream) => wanted.has(stream);
}
