// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are Fn::Sub's placeholders
import { SSM } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestPractice, testPractice } from '../../../testing.ts';
import { body, parameter, queue, stacks } from './stacks.ts';

let practice: TestPractice;
let at: ReturnType<typeof stacks>;
beforeAll(async () => {
	practice = await testPractice();
	at = stacks(practice);
});
afterAll(() => practice.close());

const one = { Limit: parameter('1') };

/** Templates that CloudFormation refuses, with what it says. */
const refused: [name: string, template: string | object, says: string][] = [
	['nothing', '', 'Template format error: unsupported structure.'],
	['no object', '- a\n- b', 'Template format error: unsupported structure.'],
	['no resources', '{"Description":"x"}', 'Template format error: At least one Resources member must be defined.'],
	['broken JSON', '{"Resources": {\n  "A": }}', 'Template format error: JSON not well-formed. (line 2, column 8)'],
	['broken YAML', 'Resources:\n  A: [1\n', 'Template format error: YAML not well-formed. (line 3, column 1)'],
	['a key twice', 'Resources:\n  A: {}\n  A: {}\n', 'Template format error: YAML not well-formed. (line 3, column 3)'],
	[
		'an unknown tag',
		'Resources:\n  A: !Nonsense x\n',
		'Template format error: YAML not well-formed. (line 2, column 16)',
	],
	['an unknown section', { Resources: one, Extra: {} }, 'Invalid template property or properties [Extra]'],
	[
		'another version',
		{ Resources: one, AWSTemplateFormatVersion: '2011' },
		'Template format error: Unrecognized template format version: 2011',
	],
	[
		'no type',
		{ A: { Properties: {} } },
		'Template format error: [/Resources/A] Every Resources object must contain a Type member.',
	],
	['an unknown attribute', { A: { ...parameter('1'), Foo: 1 } }, "Invalid template resource property 'Foo'"],
	[
		'a null',
		'Resources:\n  A:\n    Type: AWS::SQS::Queue\n    Properties:\n      QueueName:\n',
		"Template format error: [/Resources/A/Properties/QueueName] 'null' values are not allowed in templates",
	],
	['a name with a dash', { 'a-b': parameter('1') }, 'Template format error: Resource name a-b is non alphanumeric.'],
	[
		'a type that AWS lacks',
		{ A: { Type: 'AWS::SQS::Qeue' } },
		'Template format error: Unrecognized resource types: [AWS::SQS::Qeue]',
	],
	[
		'an unresolved Ref',
		{ A: parameter({ Ref: 'B' }) },
		'Template format error: Unresolved resource dependencies [B] in the Resources block of the template',
	],
	[
		'an unresolved Sub',
		{ A: parameter({ 'Fn::Sub': '${B}' }) },
		'Template format error: Unresolved resource dependencies [B] in the Resources block of the template',
	],
	[
		'an unresolved output',
		{ Resources: one, Outputs: { O: { Value: { Ref: 'B' } } } },
		'Template format error: Unresolved resource dependencies [B] in the Outputs block of the template',
	],
	[
		'an unresolved DependsOn',
		{ A: parameter('1', { DependsOn: 'B' }) },
		'Template format error: Unresolved resource dependencies [B] in the Resources block of the template',
	],
	[
		'GetAtt of nothing',
		{ A: parameter({ 'Fn::GetAtt': ['B', 'Arn'] }) },
		'Template error: instance of Fn::GetAtt references undefined resource B',
	],
	[
		'GetAtt of no attribute',
		{ A: queue(), B: parameter({ 'Fn::GetAtt': ['A', 'Name'] }) },
		'Template error: resource A does not support attribute type Name in Fn::GetAtt',
	],
	[
		'GetAtt of half',
		{ A: queue(), B: parameter({ 'Fn::GetAtt': ['A'] }) },
		'Template error: every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute',
	],
	[
		'a circle',
		{ A: parameter({ Ref: 'B' }), B: parameter('1', { DependsOn: 'A' }) },
		'Circular dependency between resources: [A, B]',
	],
	[
		'a resource in conditions',
		{ Resources: one, Conditions: { C: { 'Fn::Equals': [{ Ref: 'Limit' }, 'x'] } } },
		'Template format error: Unresolved dependencies [Limit]. Cannot reference resources in the Conditions block of the template',
	],
	[
		'no such function',
		{ A: parameter({ 'Fn::Nope': 1 }) },
		'Template error: Unresolved or unsupported function Fn::Nope.',
	],
	[
		'an unknown parameter type',
		{ Resources: one, Parameters: { P: { Type: 'Text' } } },
		'Template format error: Unrecognized parameter type: Text',
	],
	[
		'an export without a name',
		{ Resources: one, Outputs: { O: { Value: 'x', Export: {} } } },
		'Template format error: Output O is malformed. The Name field of every Export member must be specified and consist only of alphanumeric characters, colons, or hyphens.',
	],
	[
		'a transform',
		{ Resources: one, Transform: 'AWS::LanguageExtensions' },
		'The practice account does not have the CloudFormation transform AWS::LanguageExtensions. No lab needs it; a real account does.',
	],
	[
		'a creation policy',
		{ A: parameter('1', { CreationPolicy: {} }) },
		'The practice account does not have CreationPolicy on AWS::SSM::Parameter. No lab needs it; a real account does.',
	],
	[
		'a snapshot',
		{ A: parameter('1', { DeletionPolicy: 'Snapshot' }) },
		'The practice account does not have the DeletionPolicy Snapshot. No lab needs it; a real account does.',
	],
];

test.each(refused)('a template with %s is refused', async (_name, template, says) => {
	const error = await at.cloudformation.validateTemplate({ TemplateBody: body(template) }).catch((each) => each);
	expect(error.message).toBe(says);
	expect(['ValidationError', 'NotImplemented']).toContain(error.name);
});

const declared = (Parameters: object) => body({ Resources: one, Parameters });

/** Values of parameters that CloudFormation refuses. */
const values: [declaration: object, value: string | undefined, says: string][] = [
	[{ Type: 'String' }, undefined, 'Parameters: [P] must have values'],
	[{ Type: 'String', AllowedValues: ['a', 'b'] }, 'c', "Parameter 'P' must be one of AllowedValues"],
	[{ Type: 'String', AllowedPattern: '[a-z]+' }, 'A', "Parameter 'P' must match pattern [a-z]+"],
	[{ Type: 'String', MinLength: 3 }, 'ab', "Parameter 'P' must contain at least 3 characters"],
	[{ Type: 'String', MaxLength: 3 }, 'abcd', "Parameter 'P' must contain at most 3 characters"],
	[{ Type: 'Number' }, 'ten', "Parameter 'P' must be a number"],
	[{ Type: 'Number', MinValue: 3 }, '2', "Parameter 'P' must be a number not less than 3"],
	[{ Type: 'Number', MaxValue: 3 }, '4', "Parameter 'P' must be a number not greater than 3"],
	[{ Type: 'List<Number>' }, '1,x', "Parameter 'P' must be a number"],
	[
		{ Type: 'String', AllowedPattern: '[a-z]+', ConstraintDescription: 'small letters' },
		'A',
		"Parameter 'P' failed to satisfy constraint: small letters",
	],
	[
		{ Type: 'AWS::SSM::Parameter::Value<String>' },
		'/none',
		'Unable to fetch parameters [/none] from parameter store for this account.',
	],
];

test.each(values)('the parameter %j is refused as %s', async (declaration, value, says) => {
	const Parameters = value === undefined ? [] : [{ ParameterKey: 'P', ParameterValue: value }];
	await expect(
		at.cloudformation.createStack({ StackName: 'values', TemplateBody: declared({ P: declaration }), Parameters }),
	).rejects.toMatchObject({ name: 'ValidationError', message: says });
});

test('a parameter that the template does not have is refused', async () => {
	await expect(at.create('strange', one, { Parameters: [{ ParameterKey: 'Q', ParameterValue: 'x' }] })).rejects.toThrow(
		'Parameters: [Q] do not exist in the template',
	);
});

test('what is not to be echoed is not shown, and SSM types show what they stand for', async () => {
	await new SSM(practice.client).putParameter({ Name: '/image', Type: 'String', Value: 'ami-1' });
	const stack = await at.create(
		'shown',
		{
			Parameters: {
				Secret: { Type: 'String', NoEcho: true },
				Image: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/image' },
			},
			Resources: { Limit: parameter({ 'Fn::Sub': '${Image}/${Secret}/${!kept}' }) },
			Outputs: { Limit: { Value: { 'Fn::GetAtt': ['Limit', 'Value'] } } },
		},
		{ Parameters: [{ ParameterKey: 'Secret', ParameterValue: 'hush' }] },
	);
	expect(stack.Parameters).toEqual([
		{ ParameterKey: 'Secret', ParameterValue: '****' },
		{ ParameterKey: 'Image', ParameterValue: '/image', ResolvedValue: 'ami-1' },
	]);
	expect(stack.Outputs).toEqual([{ OutputKey: 'Limit', OutputValue: 'ami-1/hush/${kept}' }]);
});

test('the capabilities that a template needs must be acknowledged', async () => {
	const role = (more: object) => ({
		Role: {
			Type: 'AWS::IAM::Role',
			Properties: {
				AssumeRolePolicyDocument: {
					Version: '2012-10-17',
					Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
				},
				...more,
			},
		},
	});
	await expect(at.create('roles', role({}))).rejects.toMatchObject({
		name: 'InsufficientCapabilitiesException',
		message: 'Requires capabilities : [CAPABILITY_IAM]',
	});
	const named = role({ RoleName: 'worker' });
	await expect(at.create('roles', named, { Capabilities: ['CAPABILITY_IAM'] })).rejects.toThrow(
		'Requires capabilities : [CAPABILITY_NAMED_IAM]',
	);
	expect(await at.create('roles', named, { Capabilities: ['CAPABILITY_NAMED_IAM'] })).toMatchObject({
		StackStatus: 'CREATE_COMPLETE',
		Capabilities: ['CAPABILITY_NAMED_IAM'],
	});
	expect(await at.cloudformation.validateTemplate({ TemplateBody: body(named) })).toMatchObject({
		Capabilities: ['CAPABILITY_NAMED_IAM'],
		CapabilitiesReason: 'The following resource(s) require capabilities: [AWS::IAM::Role]',
	});
});

test('a rule that does not hold stops the template', async () => {
	const template = {
		Parameters: { Version: { Type: 'String', Default: '3' } },
		Rules: {
			Check: {
				Assertions: [
					{
						Assert: { 'Fn::Not': [{ 'Fn::Contains': [['1', '2', '3'], { Ref: 'Version' }] }] },
						AssertDescription: 'Version 4 or later is needed.',
					},
				],
			},
		},
		Resources: one,
	};
	await expect(at.create('ruled', template)).rejects.toThrow(
		'Template validation error: Rule Check failed: Version 4 or later is needed.',
	);
	const newer = { Parameters: [{ ParameterKey: 'Version', ParameterValue: '4' }] };
	expect(await at.create('ruled', template, newer)).toMatchObject({ StackStatus: 'CREATE_COMPLETE' });
});

test('a template is given back as it was sent, and summed up', async () => {
	const text =
		'Description: Limits # with a comment\nResources:\n  Limit: { Type: AWS::SSM::Parameter, Properties: { Type: String, Value: x } }\n';
	await at.create('text', text);
	expect(await at.cloudformation.getTemplate({ StackName: 'text' })).toMatchObject({
		TemplateBody: text,
		StagesAvailable: ['Original', 'Processed'],
	});
	expect(await at.cloudformation.getTemplateSummary({ StackName: 'text' })).toMatchObject({
		Description: 'Limits',
		ResourceTypes: ['AWS::SSM::Parameter'],
		ResourceIdentifierSummaries: [
			{ ResourceType: 'AWS::SSM::Parameter', LogicalResourceIds: ['Limit'], ResourceIdentifiers: ['Name'] },
		],
	});
});
