import {
	type InputLogEvent,
	PutLogEvents$,
	type PutLogEventsRequest,
	type PutLogEventsResponse,
	type RejectedLogEventsInfo,
} from '@aws-sdk/client-cloudwatch-logs';
import { refuseParameters } from '../../../fault.ts';
import { operation } from '../../../operation.ts';
import { LogEvents } from '../events.ts';
import { invalid, touchesGroup } from '../groups.ts';
import { onStream, sequenceToken, streamNamed } from '../streams.ts';

const day = 86_400_000;
const largest = 1_048_576;
/** Bytes that AWS adds to each event. */
const overhead = 26;

/**
 * Times of events are the host's, as all that comes over the wire.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html
 */
export const putLogEvents = operation(
	PutLogEvents$,
	(input: PutLogEventsRequest, { account }): PutLogEventsResponse => {
		refuseParameters('logs:PutLogEvents', input, ['entity']);
		const sent = input.logEvents!;
		check(sent);
		const { group, stream } = streamNamed(account, input.logGroupName!, input.logStreamName!);
		const { clock } = account;
		const store = account.store(LogEvents);
		const events = sent.map(({ timestamp, message }) => ({ time: clock.fromWire(timestamp!), message: message! }));
		const now = clock.now();
		const expired = events.findLastIndex(({ time }) => time < store.oldest(group)) + 1;
		const old = events.findLastIndex(({ time }) => time < now - 14 * day) + 1;
		const future = events.findIndex(({ time }) => time > now + 2 * 3_600_000);
		const first = Math.max(expired, old);
		store.expire(group);
		store.append(group.name, stream.name, events.slice(first, future === -1 ? undefined : future));
		const rejected: RejectedLogEventsInfo = {
			...(expired > 0 && { expiredLogEventEndIndex: expired }),
			...(old > 0 && { tooOldLogEventEndIndex: old }),
			...(future !== -1 && { tooNewLogEventStartIndex: future }),
		};
		return {
			nextSequenceToken: sequenceToken({ ...stream, ingested: now }),
			...(Object.keys(rejected).length > 0 && { rejectedLogEventsInfo: rejected }),
		};
	},
	{ access: onStream, touches: touchesGroup },
);

function check(events: InputLogEvent[]): void {
	const bounds = (constraint: string) =>
		invalid(`1 validation error detected: Value '[...]' at 'logEvents' failed to satisfy constraint: ${constraint}`);
	if (events.length === 0) throw bounds('Member must have length greater than or equal to 1');
	if (events.length > 10_000) throw bounds('Member must have length less than or equal to 10000');
	let size = 0;
	for (const [index, { timestamp, message }] of events.entries()) {
		if (!message) {
			throw invalid(
				`1 validation error detected: Value '${message ?? 'null'}' at 'logEvents.${index + 1}.member.message' failed to satisfy constraint: Member must have length greater than or equal to 1`,
			);
		}
		const bytes = Buffer.byteLength(message) + overhead;
		if (bytes > largest) throw invalid(`Log event too large: ${bytes} bytes exceeds limit of ${largest}`);
		size += bytes;
		if (timestamp! < (events[index - 1]?.timestamp ?? 0)) {
			throw invalid('Log events in a single PutLogEvents request must be in chronological order.');
		}
	}
	if (size > largest) throw invalid(`Upload too large: ${size} bytes exceeds limit of ${largest}`);
	if (events.at(-1)!.timestamp! - events[0]!.timestamp! > day) {
		throw invalid('The batch of log events in a single PutLogEvents request cannot span more than 24 hours.');
	}
}
