import { SSM } from '@aws-sdk/client-ssm';
import { expect, test } from 'vitest';
import { testPractice } from '../../testing.ts';
import { tryOut } from './parts/testing.ts';
import { parameter } from './ssm-parameter.ts';

test('a parameter is made, read, changed and deleted', async () => {
	await using practice = await testPractice();
	const { create, read, update, exists, delete: remove } = tryOut(practice, parameter);
	const declared = {
		Name: '/shop/price',
		Type: 'String' as const,
		Value: '12',
		Description: 'Of a cup',
		AllowedPattern: '^\\d+$',
		DataType: 'text',
		Tier: 'Advanced' as const,
		Tags: { team: 'shop' },
	};
	expect(exists(declared)).toBeUndefined();
	expect(create(declared, [{ Key: 'team', Value: 'shop' }])).toEqual({
		id: '/shop/price',
		attributes: {
			Arn: `arn:aws:ssm:us-east-1:${practice.account.id}:parameter/shop/price`,
			Type: 'String',
			Value: '12',
		},
	});
	expect(exists(declared)).toBe('/shop/price');
	expect(read('/shop/price', declared)).toEqual(declared);
	const after = { Name: '/shop/price', Type: 'String' as const, Value: '13' };
	update('/shop/price', declared, after, [{ Key: 'team', Value: 'shop' }], []);
	expect(read('/shop/price', after)).toEqual({ ...after, DataType: 'text', Tier: 'Advanced', Tags: {} });
	remove('/shop/price', after);
	expect(read('/shop/price', after)).toBeUndefined();
	remove('/shop/price', after);
});

test('a parameter whose tags alone are changed keeps its version', async () => {
	await using practice = await testPractice();
	const ssm = new SSM(practice.client);
	const { create, read, update } = tryOut(practice, parameter);
	const price = { Type: 'String' as const, Value: '12', Tier: 'Intelligent-Tiering' as const };
	const { id } = create({ ...price, Tags: { a: '1' } }, [{ Key: 'a', Value: '1' }]);
	const after = { ...price, Tags: { a: '2' } };
	update(id, { ...price, Tags: { a: '1' } }, after, [{ Key: 'a', Value: '1' }], [{ Key: 'a', Value: '2' }]);
	expect((await ssm.getParameter({ Name: id })).Parameter!.Version).toBe(1);
	expect(read(id, after)).toEqual({ ...after, Name: id, DataType: 'text' });
	update(id, after, { ...after, Value: '13' }, [{ Key: 'a', Value: '2' }], [{ Key: 'a', Value: '2' }]);
	expect((await ssm.getParameter({ Name: id })).Parameter!.Version).toBe(2);
});
