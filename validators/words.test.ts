import { expect, test } from 'vitest';
import { ago, count, duration, list } from './words.ts';

test.each([
	[345_600, '4 days'],
	[86_400, '1 day'],
	[43_200, '12 hours'],
	[108_000, '1 day and 6 hours'],
	[61, '1 minute and 1 second'],
	[86_460, '1 day'],
	[0, '0 seconds'],
])('%d seconds are %s', (seconds, text) => {
	expect(duration(seconds)).toBe(text);
});

test.each([
	[0, 'just now'],
	[40, '40 seconds ago'],
	[185, '3 minutes ago'],
	[7_300, '2 hours ago'],
	[200_000, '2 days ago'],
	[-5, 'just now'],
])('%d seconds before are %s', (seconds, text) => {
	const now = new Date('2026-11-22T12:00:00Z');
	expect(ago(new Date(now.getTime() - seconds * 1000), now)).toBe(text);
});

test('counts and lists read as sentences do', () => {
	expect([
		count(1, 'queue'),
		count(2, 'queue'),
		list([]),
		list(['a']),
		list(['a', 'b']),
		list(['a', 'b', 'c']),
	]).toEqual(['1 queue', '2 queues', 'nothing', 'a', 'a and b', 'a, b and c']);
});
