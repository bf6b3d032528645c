import { IAM } from '@aws-sdk/client-iam';
import { SSM } from '@aws-sdk/client-ssm';
import { expect, test } from 'vitest';
import { testPractice } from '../../testing.ts';

test('each operation needs its permission on its parameters', async () => {
	await using practice = await testPractice();
	const admin = new SSM(practice.client);
	for (const Name of ['/shop/limit', '/shop/other', 'plain']) {
		await admin.putParameter({ Name, Value: '1', Type: 'String' });
	}
	const iam = new IAM(practice.client);
	await iam.createUser({ UserName: 'reader' });
	const arn = (name: string) => `arn:aws:ssm:us-east-1:${practice.account.id}:parameter/${name}`;
	const PolicyDocument = JSON.stringify({
		Version: '2012-10-17',
		Statement: {
			Effect: 'Allow',
			Action: ['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath'],
			Resource: [arn('shop/limit'), arn('shop'), arn('plain')],
		},
	});
	await iam.putUserPolicy({ UserName: 'reader', PolicyName: 'p', PolicyDocument });
	const { AccessKey } = await iam.createAccessKey({ UserName: 'reader' });
	const credentials = { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
	const ssm = new SSM({ ...practice.client, credentials });
	await ssm.getParameter({ Name: '/shop/limit' });
	await ssm.getParameter({ Name: '/shop/limit:1' });
	await ssm.getParameter({ Name: arn('shop/limit') });
	await ssm.getParameters({ Names: ['/shop/limit', 'plain'] });
	expect((await ssm.getParametersByPath({ Path: '/shop' })).Parameters).toHaveLength(2);
	const [Name, ResourceId, ResourceType] = ['/shop/limit', '/shop/limit', 'Parameter' as const];
	const refused: [string, Promise<unknown>, string?][] = [
		['GetParameter', ssm.getParameter({ Name: '/shop/other' }), arn('shop/other')],
		['GetParameters', ssm.getParameters({ Names: ['plain', '/shop/other'] }), arn('shop/other')],
		['GetParametersByPath', ssm.getParametersByPath({ Path: '/' }), arn('')],
		['PutParameter', ssm.putParameter({ Name, Value: '2', Overwrite: true })],
		['DeleteParameter', ssm.deleteParameter({ Name })],
		['DeleteParameters', ssm.deleteParameters({ Names: [Name] })],
		['GetParameterHistory', ssm.getParameterHistory({ Name })],
		['LabelParameterVersion', ssm.labelParameterVersion({ Name, Labels: ['a'] })],
		['UnlabelParameterVersion', ssm.unlabelParameterVersion({ Name, Labels: ['a'], ParameterVersion: 1 })],
		['AddTagsToResource', ssm.addTagsToResource({ ResourceType, ResourceId, Tags: [] })],
		['RemoveTagsFromResource', ssm.removeTagsFromResource({ ResourceType, ResourceId, TagKeys: [] })],
		['ListTagsForResource', ssm.listTagsForResource({ ResourceType, ResourceId })],
		['DescribeParameters', ssm.describeParameters({}), `arn:aws:ssm:us-east-1:${practice.account.id}:*`],
	];
	for (const [name, call, resource = arn('shop/limit')] of refused) {
		await expect(call, name).rejects.toMatchObject({
			name: 'AccessDeniedException',
			message: `User: arn:aws:iam::${practice.account.id}:user/reader is not authorized to perform: ssm:${name} on resource: ${resource} because no identity-based policy allows the ssm:${name} action`,
		});
	}
});
