import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { resourceTypes } from '../types/index.ts';
import { extract, written } from './extract.ts';
import { isTypeName, typeSpec } from './spec.ts';

test('spec.json is what the script writes', async () => {
	const file = readFileSync(new URL('../spec.json', import.meta.url), 'utf8');
	expect(file === written(await extract()), 'run `node practice/cloudformation/spec/extract.ts`').toBe(true);
}, 30_000);

test('the extract tells property types, what is required, what replaces and what identifies', () => {
	const queue = typeSpec('AWS::SQS::Queue')!;
	expect(queue.properties['DelaySeconds']).toEqual({ type: 'integer' });
	expect(queue.properties['QueueName']).toEqual({ type: 'string', replaces: 'yes' });
	expect(queue.identifier).toEqual(['QueueUrl']);
	expect(queue.attributes).toEqual(['Arn', 'QueueName', 'QueueUrl']);
	expect(queue.tags).toEqual({ property: 'Tags', form: 'standard' });
	expect(typeSpec('AWS::SSM::Parameter')!.properties['Type']).toEqual({
		type: { values: ['String', 'StringList'] },
		required: true,
	});
});

test('names of types that are not looked into are known as well', () => {
	expect(isTypeName('AWS::RDS::DBInstance')).toBe(true);
	expect(isTypeName('AWS::SQS::Qeue')).toBe(false);
	expect(typeSpec('AWS::RDS::DBInstance')).toBeUndefined();
});

test('each resource type heeds only properties that AWS’s schema has', () => {
	for (const [name, { properties, namedBy }] of Object.entries(resourceTypes)) {
		const known = Object.keys(typeSpec(name)!.properties);
		expect(known, name).toEqual(expect.arrayContaining([...properties, ...(namedBy ? [namedBy] : [])]));
	}
});
