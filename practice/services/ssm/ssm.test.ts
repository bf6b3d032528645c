import { SSM } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestPractice, testPractice } from '../../testing.ts';

let practice: TestPractice;
let ssm: SSM;
beforeAll(async () => {
	practice = await testPractice();
	ssm = new SSM(practice.client);
});
afterAll(() => practice.close());

test('a parameter that was put is there, with its version and ARN', async () => {
	const put = await ssm.putParameter({ Name: '/shop/limit', Type: 'String', Value: '100' });
	expect(put).toMatchObject({ Version: 1, Tier: 'Standard' });

	const { Parameter } = await ssm.getParameter({ Name: '/shop/limit' });
	expect(Parameter).toEqual({
		Name: '/shop/limit',
		Type: 'String',
		Value: '100',
		Version: 1,
		DataType: 'text',
		ARN: `arn:aws:ssm:us-east-1:${practice.account.id}:parameter/shop/limit`,
		LastModifiedDate: expect.any(Date),
	});
});

test('putting it again without saying so is refused', async () => {
	await ssm.putParameter({ Name: 'twice', Type: 'String', Value: '1' });
	await expect(ssm.putParameter({ Name: 'twice', Type: 'String', Value: '2' })).rejects.toMatchObject({
		name: 'ParameterAlreadyExists',
		message: 'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
	});
});

test('a parameter that is not there is ParameterNotFound', async () => {
	await expect(ssm.getParameter({ Name: 'none' })).rejects.toMatchObject({ name: 'ParameterNotFound' });
});

test('an operation that is not there is refused by name', async () => {
	await expect(ssm.listDocuments({})).rejects.toMatchObject({
		name: 'NotImplemented',
		message: 'The practice account does not have ssm:ListDocuments. No lab needs it; a real account does.',
	});
});

test('a wrong secret is refused', async () => {
	const impostor = new SSM({ ...practice.client, credentials: { ...practice.credentials, secretAccessKey: 'guess' } });
	await expect(impostor.getParameter({ Name: 'none' })).rejects.toMatchObject({ name: 'InvalidSignatureException' });
});
