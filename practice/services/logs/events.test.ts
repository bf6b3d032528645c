import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestPractice, testPractice } from '../../testing.ts';

let practice: TestPractice;
let logs: CloudWatchLogs;
beforeAll(async () => {
	practice = await testPractice();
	logs = new CloudWatchLogs(practice.client);
});
afterAll(() => practice.close());

const day = 86_400_000;
let groups = 0;
/** A group with streams of its own. */
async function group(...streams: string[]) {
	const logGroupName = `group-${groups++}`;
	await logs.createLogGroup({ logGroupName });
	for (const logStreamName of streams) await logs.createLogStream({ logGroupName, logStreamName });
	return logGroupName;
}
const put = (logGroupName: string, logStreamName: string, ...events: [timestamp: number, message: string][]) =>
	logs.putLogEvents({
		logGroupName,
		logStreamName,
		logEvents: events.map(([timestamp, message]) => ({ timestamp, message })),
	});
const messages = (answer: { events?: { message?: string | undefined }[] | undefined }) =>
	answer.events!.map(({ message }) => message);

test('events come back with their times, from the head or from the tail', async () => {
	const logGroupName = await group('s');
	const now = Date.now();
	const answer = await put(logGroupName, 's', [now - 3, 'a'], [now - 2, 'b'], [now - 1, 'c']);
	expect(answer).toMatchObject({ nextSequenceToken: expect.stringMatching(/^\d{56}$/) });
	expect(answer).not.toHaveProperty('rejectedLogEventsInfo');
	const get = (input: object = {}) => logs.getLogEvents({ logGroupName, logStreamName: 's', ...input });
	const all = await get({ startFromHead: true });
	expect(all.events![0]).toEqual({ timestamp: now - 3, message: 'a', ingestionTime: expect.any(Number) });
	expect(messages(all)).toEqual(['a', 'b', 'c']);
	expect(messages(await get({ limit: 2 }))).toEqual(['b', 'c']);
	expect(messages(await get({ limit: 2, startFromHead: true }))).toEqual(['a', 'b']);
	expect(messages(await get({ startTime: now - 2, endTime: now - 1 }))).toEqual(['b']);
	expect((await logs.describeLogGroups({ logGroupNamePrefix: logGroupName })).logGroups![0]!.storedBytes).toBe(81);
});

test('tokens go on in either direction and stay the same at the end', async () => {
	const logGroupName = await group('s');
	const now = Date.now();
	await put(logGroupName, 's', ...Array.from('abcde', (letter): [number, string] => [now, letter]));
	const get = (nextToken?: string) =>
		logs.getLogEvents({ logGroupName, logStreamName: 's', limit: 2, startFromHead: true, nextToken });
	const first = await get();
	expect(first.nextForwardToken).toMatch(/^f\/\d{56}\/s$/);
	const second = await get(first.nextForwardToken);
	const third = await get(second.nextForwardToken);
	expect([first, second, third].map(messages)).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
	const beyond = await get(third.nextForwardToken);
	expect(beyond).toMatchObject({ events: [], nextForwardToken: third.nextForwardToken });
	expect(messages(await get(beyond.nextBackwardToken))).toEqual(['d', 'e']);
	expect(messages(await get(third.nextBackwardToken))).toEqual(['c', 'd']);
	const before = await get(first.nextBackwardToken);
	expect(before).toMatchObject({ events: [], nextBackwardToken: first.nextBackwardToken });
	expect(messages(await get(before.nextForwardToken))).toEqual(['a', 'b']);
	await put(logGroupName, 's', [now + 1, 'f']);
	expect(messages(await get(beyond.nextForwardToken))).toEqual(['f']);
	await expect(get('x')).rejects.toMatchObject({ message: 'The specified nextToken is invalid.' });
});

test('events that are too old, too new or past the retention are left out, and it is said which', async () => {
	const logGroupName = await group('s');
	const now = Date.now();
	const answer = await put(logGroupName, 's', [now - 14 * day - 1000, 'old'], [now - 14 * day + 60_000, 'just']);
	expect(answer.rejectedLogEventsInfo).toEqual({ tooOldLogEventEndIndex: 1 });
	const later = await put(logGroupName, 's', [now, 'now'], [now + 2 * 3_600_000 + 60_000, 'future']);
	expect(later.rejectedLogEventsInfo).toEqual({ tooNewLogEventStartIndex: 1 });
	await logs.putRetentionPolicy({ logGroupName, retentionInDays: 1 });
	const past = await put(logGroupName, 's', [now - day - 1000, 'past'], [now - 1000, 'kept']);
	expect(past.rejectedLogEventsInfo).toEqual({ expiredLogEventEndIndex: 1 });
	expect(messages(await logs.getLogEvents({ logGroupName, logStreamName: 's' }))).toEqual(['kept', 'now']);
});

test("retention follows the account's clock, and times stay the host's", async () => {
	await using other = await testPractice({ name: 'clock' });
	const client = new CloudWatchLogs(other.client);
	const place = { logGroupName: 'g', logStreamName: 's' };
	await client.createLogGroup(place);
	await client.createLogStream(place);
	await client.putRetentionPolicy({ ...place, retentionInDays: 3 });
	const early = Date.now();
	await client.putLogEvents({ ...place, logEvents: [{ timestamp: early, message: 'early' }] });
	await other.account.work.advance(2 * day);
	const late = Date.now();
	await client.putLogEvents({ ...place, logEvents: [{ timestamp: late, message: 'late' }] });
	const { events } = await client.getLogEvents({ ...place, startFromHead: true });
	expect(events).toMatchObject([
		{ message: 'early', timestamp: early - 2 * day },
		{ message: 'late', timestamp: late },
	]);
	expect(messages(await client.filterLogEvents({ ...place, startTime: late }))).toEqual(['late']);
	await other.account.work.advance(day);
	expect(messages(await client.getLogEvents(place))).toEqual(['late']);
	expect(messages(await client.filterLogEvents(place))).toEqual(['late']);
	expect((await client.describeLogGroups({})).logGroups![0]!.storedBytes).toBe(30);
});

test('a batch that breaks the rules is refused', async () => {
	const logGroupName = await group('s');
	const now = Date.now();
	const refused = [
		[
			[
				[now, 'a'],
				[now - 1, 'b'],
			],
			'Log events in a single PutLogEvents request must be in chronological order.',
		],
		[
			[
				[now - day - 1, 'a'],
				[now, 'b'],
			],
			'The batch of log events in a single PutLogEvents request cannot span more than 24 hours.',
		],
		[
			[
				[now, 'x'.repeat(600_000)],
				[now, 'x'.repeat(600_000)],
			],
			'Upload too large: 1200052 bytes exceeds limit of 1048576',
		],
		[[[now, 'x'.repeat(1_048_576)]], 'Log event too large: 1048602 bytes exceeds limit of 1048576'],
		[
			[[now, '']],
			"1 validation error detected: Value '' at 'logEvents.1.member.message' failed to satisfy constraint: Member must have length greater than or equal to 1",
		],
		[
			[],
			"1 validation error detected: Value '[...]' at 'logEvents' failed to satisfy constraint: Member must have length greater than or equal to 1",
		],
	] as const;
	for (const [events, message] of refused) {
		await expect(put(logGroupName, 's', ...(events as unknown as [number, string][]))).rejects.toMatchObject({
			name: 'InvalidParameterException',
			message,
		});
	}
	await expect(put(logGroupName, 'none', [now, 'a'])).rejects.toMatchObject({
		name: 'ResourceNotFoundException',
		message: 'The specified log stream does not exist.',
	});
	await expect(put('none', 's', [now, 'a'])).rejects.toMatchObject({
		name: 'ResourceNotFoundException',
		message: 'The specified log group does not exist.',
	});
	await expect(logs.getLogEvents({ logGroupName, logStreamName: 's', limit: 10_001 })).rejects.toMatchObject({
		name: 'InvalidParameterException',
	});
	await expect(
		logs.putLogEvents({ logGroupName, logStreamName: 's', logEvents: [{ timestamp: now, message: 'a' }], entity: {} }),
	).rejects.toMatchObject({ name: 'NotImplemented' });
});

test('events of all streams are found together, in order, by pattern, stream and time', async () => {
	const logGroupName = await group('web-1', 'web-2', 'job');
	const now = Date.now();
	await put(logGroupName, 'web-1', [now - 30, 'ERROR one'], [now - 10, 'INFO two']);
	await put(logGroupName, 'web-2', [now - 20, 'ERROR three']);
	await put(logGroupName, 'job', [now - 15, '{"level":"ERROR","code":7}']);
	const find = (input: object = {}) => logs.filterLogEvents({ logGroupName, ...input });
	const all = await find();
	expect(messages(all)).toEqual(['ERROR one', 'ERROR three', '{"level":"ERROR","code":7}', 'INFO two']);
	expect(all).toMatchObject({ searchedLogStreams: [] });
	expect(all.nextToken).toBeUndefined();
	expect(all.events![0]).toEqual({
		logStreamName: 'web-1',
		timestamp: now - 30,
		message: 'ERROR one',
		ingestionTime: expect.any(Number),
		eventId: expect.stringMatching(/^\d{56}$/),
	});
	expect(messages(await find({ filterPattern: 'ERROR -three' }))).toEqual(['ERROR one', '{"level":"ERROR","code":7}']);
	expect(messages(await find({ filterPattern: '{ $.code = 7 }' }))).toEqual(['{"level":"ERROR","code":7}']);
	expect(messages(await find({ logStreamNamePrefix: 'web' }))).toEqual(['ERROR one', 'ERROR three', 'INFO two']);
	expect(messages(await find({ logStreamNames: ['job'] }))).toEqual(['{"level":"ERROR","code":7}']);
	expect(messages(await find({ startTime: now - 20, endTime: now - 15 }))).toEqual([
		'ERROR three',
		'{"level":"ERROR","code":7}',
	]);
	const first = await find({ filterPattern: 'ERROR', limit: 2 });
	expect(messages(first)).toEqual(['ERROR one', 'ERROR three']);
	const rest = await find({ filterPattern: 'ERROR', limit: 2, nextToken: first.nextToken });
	expect(messages(rest)).toEqual(['{"level":"ERROR","code":7}']);
	const newest = await find({ startTime: now - 100, startFromHead: false, limit: 1 });
	expect(messages(newest)).toEqual(['INFO two']);
	expect(messages(await find({ startTime: now - 100, nextToken: newest.nextToken, limit: 1 }))).toEqual([
		'{"level":"ERROR","code":7}',
	]);
});

test('many events are filtered across chunks', async () => {
	const logGroupName = await group('s');
	const now = Date.now();
	const many = Array.from({ length: 2_500 }, (_, index): [number, string] => [
		now,
		index % 1000 ? 'no' : `yes ${index}`,
	]);
	await put(logGroupName, 's', ...many);
	expect(messages(await logs.filterLogEvents({ logGroupName, filterPattern: 'yes' }))).toEqual([
		'yes 0',
		'yes 1000',
		'yes 2000',
	]);
});

test('a search that cannot be is refused', async () => {
	const logGroupName = await group('s');
	const find = (input: object) => logs.filterLogEvents({ logGroupName, ...input });
	await expect(find({ logStreamNames: ['s'], logStreamNamePrefix: 's' })).rejects.toMatchObject({
		message: 'LogStreamNames and LogStreamNamePrefix are mutually exclusive parameters.',
	});
	await expect(find({ logStreamNames: ['none'] })).rejects.toMatchObject({
		message: 'The specified log stream does not exist.',
	});
	await expect(find({ limit: 10_001 })).rejects.toMatchObject({ name: 'InvalidParameterException' });
	await expect(find({ startTime: 2, endTime: 1 })).rejects.toMatchObject({ name: 'InvalidParameterException' });
	await expect(find({ filterPattern: 'a:b' })).rejects.toMatchObject({
		name: 'InvalidParameterException',
		message: "Invalid character(s) in term 'a:b'",
	});
	await expect(logs.filterLogEvents({ logGroupName: 'none' })).rejects.toMatchObject({
		name: 'ResourceNotFoundException',
	});
});
