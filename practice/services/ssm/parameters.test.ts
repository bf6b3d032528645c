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

const put = (Name: string, Value: string, other: object = {}) =>
	ssm.putParameter({ Name, Value, Type: 'String', ...other });
const notFound = { name: 'ParameterNotFound' };

test('several are got at once, and those that are not there are named', async () => {
	await put('/many/a', '1');
	await put('/many/a', '2', { Overwrite: true });
	const answer = await ssm.getParameters({ Names: ['/many/a', '/many/none', '/many/a:1', '/many/a:9'] });
	expect(answer.Parameters!.map(({ Value, Selector }) => [Value, Selector])).toEqual([
		['2', undefined],
		['1', ':1'],
	]);
	expect(answer.InvalidParameters).toEqual(['/many/none', '/many/a:9']);
	const eleven = Array.from({ length: 11 }, (_, index) => `p${index}`);
	await expect(ssm.getParameters({ Names: eleven })).rejects.toMatchObject({
		name: 'ValidationException',
		message: expect.stringContaining(
			"at 'names' failed to satisfy constraint: Member must have length less than or equal to 10",
		),
	});
	await expect(ssm.getParameters({ Names: ['a', 'a'] })).rejects.toMatchObject({ name: 'ValidationException' });
	await expect(ssm.getParameters({ Names: [] })).rejects.toMatchObject({ name: 'ValidationException' });
});

test('a version that is not there is told apart from a parameter that is not there', async () => {
	await put('/version', '1');
	await expect(ssm.getParameter({ Name: '/version:7' })).rejects.toMatchObject({
		name: 'ParameterVersionNotFound',
		message: 'Systems Manager could not find version 7 of /version. Verify the version and try again.',
	});
	const { Parameter } = await ssm.getParameter({
		Name: `arn:aws:ssm:us-east-1:${practice.account.id}:parameter/version`,
	});
	expect(Parameter!.Value).toBe('1');
});

test('a path is walked one level deep or all the way, and in pages', async () => {
	await put('/path/a', '1');
	await put('/path/b', '2', { Type: 'StringList' });
	await put('/path/deep/c', '3');
	await put('/pathology', '4');
	const names = async (input: object = {}) =>
		(await ssm.getParametersByPath({ Path: '/path', ...input })).Parameters!.map(({ Name }) => Name);
	expect(await names()).toEqual(['/path/a', '/path/b']);
	expect(await names({ Path: '/path/' })).toEqual(['/path/a', '/path/b']);
	expect(await names({ Recursive: true })).toEqual(['/path/a', '/path/b', '/path/deep/c']);
	expect(await names({ Path: '/', Recursive: true })).toEqual(expect.arrayContaining(['/path/deep/c', '/pathology']));
	expect(await names({ Path: '/none' })).toEqual([]);
	const filters = (Key: string, ...Values: string[]) => ({ ParameterFilters: [{ Key, Values }] });
	expect(await names(filters('Type', 'StringList'))).toEqual(['/path/b']);
	const first = await ssm.getParametersByPath({ Path: '/path', Recursive: true, MaxResults: 2 });
	expect(first.Parameters).toHaveLength(2);
	expect(await names({ Recursive: true, MaxResults: 2, NextToken: first.NextToken })).toEqual(['/path/deep/c']);
	await expect(names({ Path: 'path' })).rejects.toMatchObject({
		name: 'ValidationException',
		message: expect.stringContaining("The parameter doesn't meet the parameter name requirements."),
	});
	await expect(names({ MaxResults: 11 })).rejects.toMatchObject({
		message:
			"1 validation error detected: Value '11' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 10",
	});
	await expect(names({ NextToken: '!' })).rejects.toMatchObject({ name: 'InvalidNextToken' });
	await expect(names(filters('Name', 'a'))).rejects.toMatchObject({ name: 'InvalidFilterKey' });
});

test('parameters are described by filters', async () => {
	await using other = await testPractice({ name: 'describe' });
	const client = new SSM(other.client);
	await client.putParameter({
		Name: '/a/one',
		Value: '1',
		Type: 'String',
		Description: 'first',
		AllowedPattern: '\\d',
	});
	await client.putParameter({
		Name: '/a/two',
		Value: 's',
		Type: 'SecureString',
		Tags: [{ Key: 'team', Value: 'blue' }],
	});
	await client.putParameter({ Name: '/a/b/three', Value: '3', Type: 'String', Tier: 'Advanced' });
	await client.putParameter({ Name: 'four', Value: '4', Type: 'String' });
	const names = async (Key: string, Values?: string[], Option?: string) =>
		(
			await client.describeParameters({
				ParameterFilters: [{ Key, ...(Option && { Option }), ...(Values && { Values }) }],
			})
		).Parameters!.map(({ Name }) => Name);
	expect(await names('Name', ['/a/one'])).toEqual(['/a/one']);
	expect(await names('Name', ['/four'])).toEqual(['four']);
	expect(await names('Name', ['/a/t'], 'BeginsWith')).toEqual(['/a/two']);
	expect(await names('Name', ['o'], 'Contains')).toEqual(['/a/one', '/a/two', 'four']);
	expect(await names('Type', ['SecureString'])).toEqual(['/a/two']);
	expect(await names('KeyId', ['alias/aws/ssm'])).toEqual(['/a/two']);
	expect(await names('Tier', ['Advanced'])).toEqual(['/a/b/three']);
	expect(await names('DataType', ['text'])).toHaveLength(4);
	expect(await names('Path', ['/a'])).toEqual(['/a/one', '/a/two']);
	expect(await names('Path', ['/a'], 'Recursive')).toEqual(['/a/b/three', '/a/one', '/a/two']);
	expect(await names('tag:team')).toEqual(['/a/two']);
	expect(await names('tag:team', ['red'])).toEqual([]);
	const old = await client.describeParameters({ Filters: [{ Key: 'Name', Values: ['/a/o'] }] });
	expect(old.Parameters).toEqual([
		{
			Name: '/a/one',
			ARN: `arn:aws:ssm:us-east-1:${other.account.id}:parameter/a/one`,
			Type: 'String',
			LastModifiedDate: expect.any(Date),
			LastModifiedUser: `arn:aws:iam::${other.account.id}:user/administrator`,
			Description: 'first',
			AllowedPattern: '\\d',
			Version: 1,
			Tier: 'Standard',
			Policies: [],
			DataType: 'text',
		},
	]);
	await expect(names('Label', ['a'])).rejects.toMatchObject({ name: 'InvalidFilterKey' });
	await expect(names('Type', ['a'], 'Contains')).rejects.toMatchObject({
		name: 'InvalidFilterOption',
		message: 'The following filter option is not valid: Contains. Valid options include: [Equals, BeginsWith].',
	});
	await expect(names('Type')).rejects.toMatchObject({ name: 'InvalidFilterValue' });
	const twice = [
		{ Key: 'Type', Values: ['String'] },
		{ Key: 'Type', Values: ['String'] },
	];
	await expect(client.describeParameters({ ParameterFilters: twice })).rejects.toMatchObject({
		name: 'InvalidFilterKey',
	});
	await expect(
		client.describeParameters({ Filters: [{ Key: 'Name', Values: ['a'] }], ParameterFilters: twice.slice(1) }),
	).rejects.toMatchObject({ name: 'ValidationException' });
	await expect(client.describeParameters({ Shared: true })).rejects.toMatchObject({ name: 'NotImplemented' });
});

test('parameters are deleted, alone and together', async () => {
	await put('gone', '1');
	await ssm.deleteParameter({ Name: 'gone' });
	await expect(ssm.getParameter({ Name: 'gone' })).rejects.toMatchObject(notFound);
	await expect(ssm.deleteParameter({ Name: 'gone' })).rejects.toMatchObject(notFound);
	await put('one', '1');
	await put('two', '2');
	expect(await ssm.deleteParameters({ Names: ['one', 'none', 'two'] })).toMatchObject({
		DeletedParameters: ['one', 'two'],
		InvalidParameters: ['none'],
	});
});

test('the history keeps what was, and labels choose from it', async () => {
	await put('/labelled', '1', { Description: 'a' });
	await put('/labelled', '2', { Overwrite: true });
	expect(
		await ssm.labelParameterVersion({ Name: '/labelled', Labels: ['prod', '1st'], ParameterVersion: 1 }),
	).toMatchObject({
		InvalidLabels: ['1st'],
		ParameterVersion: 1,
	});
	expect((await ssm.getParameter({ Name: '/labelled:prod' })).Parameter).toMatchObject({
		Value: '1',
		Selector: ':prod',
	});
	await ssm.labelParameterVersion({ Name: '/labelled', Labels: ['prod'] });
	expect((await ssm.getParameter({ Name: '/labelled:prod' })).Parameter).toMatchObject({ Value: '2' });
	const { Parameters } = await ssm.getParameterHistory({ Name: '/labelled' });
	expect(Parameters).toEqual([
		{
			Name: '/labelled',
			Type: 'String',
			Value: '1',
			Version: 1,
			Labels: [],
			Description: 'a',
			Tier: 'Standard',
			Policies: [],
			DataType: 'text',
			LastModifiedDate: expect.any(Date),
			LastModifiedUser: expect.stringContaining(':user/administrator'),
		},
		expect.objectContaining({ Value: '2', Version: 2, Labels: ['prod'] }),
	]);
	expect(
		(await ssm.getParametersByPath({ Path: '/', ParameterFilters: [{ Key: 'Label', Values: ['prod'] }] })).Parameters,
	).toMatchObject([{ Name: '/labelled', Value: '2' }]);
	expect(
		await ssm.unlabelParameterVersion({ Name: '/labelled', ParameterVersion: 2, Labels: ['prod', 'other'] }),
	).toMatchObject({ RemovedLabels: ['prod'], InvalidLabels: ['other'] });
	const labels = Array.from({ length: 11 }, (_, index) => `l${index}`);
	await expect(ssm.labelParameterVersion({ Name: '/labelled', Labels: labels })).rejects.toMatchObject({
		name: 'ParameterVersionLabelLimitExceeded',
	});
	await expect(
		ssm.labelParameterVersion({ Name: '/labelled', Labels: ['a'], ParameterVersion: 3 }),
	).rejects.toMatchObject({ name: 'ParameterVersionNotFound' });
	await expect(ssm.labelParameterVersion({ Name: 'none', Labels: ['a'] })).rejects.toMatchObject(notFound);
	await expect(ssm.getParameterHistory({ Name: 'none' })).rejects.toMatchObject(notFound);
});

test('a hundred versions are kept; a label on the oldest keeps the next from being made', async () => {
	await put('/hundred', '1');
	await ssm.labelParameterVersion({ Name: '/hundred', Labels: ['first'] });
	for (let version = 2; version <= 100; version++) await put('/hundred', `${version}`, { Overwrite: true });
	await expect(put('/hundred', '101', { Overwrite: true })).rejects.toMatchObject({
		name: 'ParameterMaxVersionLimitExceeded',
		message: expect.stringContaining("Version 1, the oldest version, can't be deleted because it has a label"),
	});
	await ssm.unlabelParameterVersion({ Name: '/hundred', ParameterVersion: 1, Labels: ['first'] });
	await put('/hundred', '101', { Overwrite: true });
	await expect(ssm.getParameter({ Name: '/hundred:1' })).rejects.toMatchObject({ name: 'ParameterVersionNotFound' });
});

test('a secure string is sealed to whoever does not decrypt it', async () => {
	await put('/secret', 'open', { Type: 'SecureString', KeyId: 'alias/mine' });
	const value = async (WithDecryption: boolean) =>
		(await ssm.getParameter({ Name: '/secret', WithDecryption })).Parameter!.Value;
	expect(await value(true)).toBe('open');
	expect(await value(false)).toMatch(/^[A-Za-z0-9+/=]{40,}$/);
	const { Parameters } = await ssm.getParameterHistory({ Name: '/secret' });
	expect(Parameters![0]).toMatchObject({ KeyId: 'alias/mine', Value: await value(false) });
});

test('tags are kept with a parameter', async () => {
	await put('/tagged', '1', { Tags: [{ Key: 'a', Value: '1' }] });
	const resource = { ResourceType: 'Parameter', ResourceId: '/tagged' } as const;
	await ssm.addTagsToResource({ ...resource, Tags: [{ Key: 'b', Value: '2' }] });
	await ssm.removeTagsFromResource({ ...resource, TagKeys: ['a'] });
	expect((await ssm.listTagsForResource(resource)).TagList).toEqual([{ Key: 'b', Value: '2' }]);
	const Tags = Array.from({ length: 50 }, (_, index) => ({ Key: `k${index}`, Value: 'v' }));
	await expect(ssm.addTagsToResource({ ...resource, Tags })).rejects.toMatchObject({ name: 'TooManyTagsError' });
	await expect(ssm.listTagsForResource({ ...resource, ResourceId: 'none' })).rejects.toMatchObject({
		name: 'InvalidResourceId',
	});
	await expect(ssm.listTagsForResource({ ...resource, ResourceType: 'Document' })).rejects.toMatchObject({
		name: 'NotImplemented',
	});
	await expect(ssm.listTagsForResource({ ...resource, ResourceType: 'Cat' as never })).rejects.toMatchObject({
		name: 'InvalidResourceType',
	});
	await expect(put('/tagged', '2', { Overwrite: true, Tags: [{ Key: 'c', Value: '3' }] })).rejects.toMatchObject({
		name: 'ValidationException',
		message: expect.stringMatching(/^Invalid request: tags and overwrite can't be used together\./),
	});
});

test('names and values outside the rules are refused', async () => {
	const deep = '/a'.repeat(16);
	for (const [name, other, error, message] of [
		['/aws/mine', {}, 'AccessDeniedException', 'No access to reserved parameter name: /aws/mine.'],
		['awsome', {}, 'ValidationException', 'Parameter name: can\'t be prefixed with "aws" or "ssm" (case-insensitive).'],
		['/ssm/mine', {}, 'ValidationException', 'Parameter name: can\'t be prefixed with "ssm" (case-insensitive).'],
		['a b', {}, 'ValidationException', 'Parameter name must be a fully qualified name'],
		['a/b', {}, 'ValidationException', 'Parameter name must be a fully qualified name.'],
		[deep, {}, 'HierarchyLevelLimitExceededException', 'A hierarchy can have a maximum of 15 levels.'],
		['v', { Value: '' }, 'ValidationException', "1 validation error detected: Value '' at 'value'"],
		[
			'v',
			{ Value: 'x'.repeat(4097) },
			'ValidationException',
			'Standard tier parameters support a maximum parameter value of 4096 characters.',
		],
		[
			'v',
			{ Value: 'x'.repeat(8193), Tier: 'Advanced' },
			'ValidationException',
			'Advanced tier parameters support a maximum parameter value of 8192 characters.',
		],
		[
			'v',
			{ Value: 'a', AllowedPattern: '^\\d+$' },
			'ParameterPatternMismatchException',
			'Parameter value, cannot be validated against allowedPattern: ^\\d+$',
		],
		['v', { Type: undefined }, 'ValidationException', 'A parameter type is required when you create a parameter.'],
		[
			'v',
			{ DataType: 'aws:ec2:image' },
			'NotImplemented',
			"The practice account does not have ssm:PutParameter's data type aws:ec2:image.",
		],
		['v', { Policies: '[]' }, 'NotImplemented', "The practice account does not have ssm:PutParameter's Policies."],
	] as const) {
		await expect(put(name, 'x', other), message).rejects.toMatchObject({
			name: error,
			message: expect.stringContaining(message),
		});
	}
	expect(await put('big', 'x'.repeat(5000), { Tier: 'Intelligent-Tiering' })).toMatchObject({ Tier: 'Advanced' });
	expect(await put('small', 'x', { Tier: 'Intelligent-Tiering' })).toMatchObject({ Tier: 'Standard' });
});
