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

test('a log group is made, read, changed and deleted', async () => {
	await using practice = await testPractice();
	const { create, read, update, exists, delete: remove } = tryOut(practice, logGroup);
	const tags = [{ Key: 'team', Value: 'shop' }];
	const declared = {
		LogGroupName: '/shop/till',
		RetentionInDays: 7,
		LogGroupClass: 'STANDARD' as const,
		DeletionProtectionEnabled: true,
		Tags: tags,
	};
	expect(exists(declared)).toBeUndefined();
	const { id } = create(declared, tags);
	expect(exists(declared)).toBe(id);
	expect(read(id, declared)).toEqual(declared);
	const after = { LogGroupName: '/shop/till' };
	update(id, declared, after, tags, []);
	expect(read(id, after)).toEqual({
		...after,
		LogGroupClass: 'STANDARD',
		DeletionProtectionEnabled: false,
		Tags: [],
	});
	remove(id, after);
	expect(read(id, after)).toBeUndefined();
	remove(id, after);
});

test('the class of a log group is for good', async () => {
	await using practice = await testPractice();
	const { create, update } = tryOut(practice, logGroup);
	const { id } = create({ LogGroupName: 'orders' });
	const after = { LogGroupName: 'orders', LogGroupClass: 'INFREQUENT_ACCESS' as const };
	expect(() => update(id, { LogGroupName: 'orders' }, after)).toThrow(
		"Resource of type 'AWS::Logs::LogGroup' with identifier 'orders' is not updatable with parameters provided.",
	);
	// Saying what it is anyway changes nothing.
	update(id, { LogGroupName: 'orders' }, { LogGroupName: 'orders', LogGroupClass: 'STANDARD' });
});
