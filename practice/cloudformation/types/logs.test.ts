import { expect, test } from 'vitest';
import { testPractice } from '../../testing.ts';
import { logGroup } from './logs-log-group.ts';
import { logStream } from './logs-log-stream.ts';
import { tryOut } from './parts/testing.ts';

test('a log stream belongs to its group', async () => {
	await using practice = await testPractice();
	tryOut(practice, logGroup).create({ LogGroupName: 'orders' });
	const { create, read, exists, delete: remove } = tryOut(practice, logStream);
	const declared = { LogGroupName: 'orders', LogStreamName: 'till' };
	expect(exists(declared)).toBeUndefined();
	expect(create(declared)).toEqual({ id: 'till' });
	expect(create({ LogGroupName: 'orders' }).id).toMatch(/^stack-Logical-\w{12}$/);
	expect(exists(declared)).toBe('orders|till');
	expect(read('till', declared)).toEqual(declared);
	remove('till', declared);
	expect(read('till', declared)).toBeUndefined();
	remove('till', declared);
	expect(read('till', { LogGroupName: 'never-made' })).toBeUndefined();
});
