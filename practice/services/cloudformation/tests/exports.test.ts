import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestPractice, testPractice } from '../../../testing.ts';
import { parameter, stacks } from './stacks.ts';

let practice: TestPractice;
let at: ReturnType<typeof stacks>;
beforeAll(async () => {
	practice = await testPractice();
	at = stacks(practice);
});
afterAll(() => practice.close());

const exporter = (value: string, name: string | undefined) => ({
	Resources: { Limit: parameter(value) },
	Outputs: { Limit: { Value: { 'Fn::GetAtt': ['Limit', 'Value'] }, ...(name && { Export: { Name: name } }) } },
});
const importer = { Copy: parameter({ 'Fn::ImportValue': 'shop-limit' }) };

test('an export that is used can neither change nor go; one that is not there stops who wants it', async () => {
	const missing = await at.create('early', importer);
	expect(missing.StackStatus).toBe('ROLLBACK_COMPLETE');
	expect((await at.story('early'))[1]).toBe(
		'early | ROLLBACK_IN_PROGRESS | No export named shop-limit found. Rollback requested by user.',
	);

	const { StackId } = await at.create('shop', exporter('100', 'shop-limit'));
	await at.create('cart', importer);
	expect((await at.cloudformation.listExports({})).Exports).toEqual([
		{ Name: 'shop-limit', Value: '100', ExportingStackId: StackId },
	]);
	expect((await at.cloudformation.listImports({ ExportName: 'shop-limit' })).Imports).toEqual(['cart']);

	expect(await at.update('shop', exporter('200', 'shop-limit'))).toMatchObject({
		StackStatus: 'UPDATE_ROLLBACK_COMPLETE',
	});
	expect(await at.story('shop')).toContain(
		'shop | UPDATE_ROLLBACK_IN_PROGRESS | Export shop-limit cannot be updated as it is in use by cart ',
	);
	await at.update('shop', exporter('100', undefined));
	expect(await at.story('shop')).toContain(
		'shop | UPDATE_ROLLBACK_IN_PROGRESS | Export shop-limit cannot be deleted as it is in use by cart ',
	);
	expect(await at.remove('shop')).toMatchObject({
		StackStatus: 'DELETE_FAILED',
		StackStatusReason: 'Export shop-limit cannot be deleted as it is in use by cart',
	});
	const other = await at.create('other', exporter('1', 'shop-limit'));
	expect(other.StackStatus).toBe('ROLLBACK_COMPLETE');
	expect(await at.story('other')).toContain(
		'other | ROLLBACK_IN_PROGRESS | Export with name shop-limit is already exported by stack shop Rollback requested by user.',
	);

	await at.remove('cart');
	await expect(at.cloudformation.listImports({ ExportName: 'shop-limit' })).rejects.toThrow(
		"Export 'shop-limit' is not imported by any stack.",
	);
	expect(await at.remove('shop')).toMatchObject({ StackStatus: 'DELETE_COMPLETE' });
	expect((await at.cloudformation.listExports({})).Exports).toEqual([]);
});

test('a weak reference reads another stack’s output and holds nothing', async () => {
	await at.create('weak', exporter('7', undefined));
	const copied = { 'Fn::GetStackOutput': { StackName: 'weak', OutputName: 'Limit' } };
	expect(
		await at.create('reader', { Resources: { Copy: parameter(copied) }, Outputs: { Copy: { Value: copied } } }),
	).toMatchObject({ StackStatus: 'CREATE_COMPLETE', Outputs: [{ OutputValue: '7' }] });
	expect(await at.remove('weak')).toMatchObject({ StackStatus: 'DELETE_COMPLETE' });
});
