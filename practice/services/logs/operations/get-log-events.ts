import { GetLogEvents$, type GetLogEventsRequest, type GetLogEventsResponse } from '@aws-sdk/client-cloudwatch-logs';
import { operation } from '../../../operation.ts';
import { type LogEvent, LogEvents, type Position } from '../events.ts';
import { identified, invalid } from '../groups.ts';
import { end, readToken, token } from '../position.ts';
import { onStream, streamNamed } from '../streams.ts';

/** Bytes that one answer holds at most. */
const largest = 1_048_576;

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html */
export const getLogEvents = operation(
	GetLogEvents$,
	(input: GetLogEventsRequest, { account }): GetLogEventsResponse => {
		const { limit = 10_000, startTime, endTime, nextToken } = input;
		if (limit < 1 || limit > 10_000) {
			throw invalid(
				`1 validation error detected: Value '${limit}' at 'limit' failed to satisfy constraint: Member must have value ${limit < 1 ? 'greater than or equal to 1' : 'less than or equal to 10000'}`,
			);
		}
		const { group, stream } = streamNamed(account, identified(input), input.logStreamName!);
		const { clock } = account;
		const start: Position = { time: startTime === undefined ? 0 : clock.fromWire(startTime), id: 0 };
		const stop: Position = endTime === undefined ? end : { time: clock.fromWire(endTime), id: 0 };
		const asked = nextToken === undefined ? undefined : readToken(nextToken);
		const backwards = asked ? asked.direction === 'b' : !input.startFromHead;
		const found = account.store(LogEvents).find(group, {
			stream: stream.name,
			from: asked?.direction === 'f' ? later(asked.position, start) : start,
			until: asked?.direction === 'b' ? earlier(asked.position, stop) : stop,
			limit,
			backwards,
		});
		const events = fitting(found);
		if (backwards) events.reverse();
		// At the end of a stream the token that was given is answered again; that is how clients know.
		const here = asked?.position ?? start;
		const [first, last] = [events[0], events.at(-1)];
		return {
			events: events.map(({ time, message, ingested }) => ({
				timestamp: clock.toWire(time),
				message,
				ingestionTime: clock.toWire(ingested),
			})),
			nextForwardToken: token('f', last ?? (asked?.direction === 'b' ? before(here) : here)),
			nextBackwardToken: token('b', first ?? (asked?.direction === 'f' ? after(here) : here)),
		};
	},
	{ access: onStream },
);

/** As many as one answer holds; at least one. */
function fitting(events: LogEvent[]): LogEvent[] {
	let size = 0;
	const end = events.findIndex(({ message }, index) => {
		size += Buffer.byteLength(message) + 26;
		return index > 0 && size > largest;
	});
	return end === -1 ? events : events.slice(0, end);
}

const compare = (a: Position, b: Position) => a.time - b.time || a.id - b.id;
const later = (a: Position, b: Position) => (compare(a, b) > 0 ? a : b);
const earlier = (a: Position, b: Position) => (compare(a, b) < 0 ? a : b);
const after = ({ time, id }: Position) => ({ time, id: id + 1 });
const before = ({ time, id }: Position) => ({ time, id: Math.max(id - 1, 0) });
