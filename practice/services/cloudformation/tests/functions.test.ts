// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are Fn::Sub's placeholders
import { SSM } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestPractice, testPractice } from '../../../testing.ts';
import { queue, stacks } from './stacks.ts';

let practice: TestPractice;
let at: ReturnType<typeof stacks>;
beforeAll(async () => {
	practice = await testPractice();
	at = stacks(practice);
});
afterAll(() => practice.close());

test('the functions give what AWS’s give', async () => {
	const outputs: Record<string, [value: unknown, gives: string]> = {
		Join: [{ 'Fn::Join': ['-', { Ref: 'List' }] }, 'x-y-z'],
		Select: [{ 'Fn::Select': [1, { Ref: 'List' }] }, 'y'],
		Split: [{ 'Fn::Select': ['2', { 'Fn::Split': ['/', 'a/b/c'] }] }, 'c'],
		SubOwn: [{ 'Fn::Sub': ['${A}:${AWS::Region}:${Queue.QueueName}', { A: 'own' }] }, 'own:us-east-1:the-queue'],
		Base64: [{ 'Fn::Base64': 'hello' }, 'aGVsbG8='],
		Zones: [{ 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }, 'us-east-1a'],
		Cidr: [{ 'Fn::Join': [' ', { 'Fn::Cidr': ['10.0.0.0/16', 3, 8] }] }, '10.0.0.0/24 10.0.1.0/24 10.0.2.0/24'],
		Pseudo: [
			{ 'Fn::Sub': '${AWS::AccountId} ${AWS::Partition} ${AWS::URLSuffix} ${AWS::StackName}' },
			`${practice.account.id} aws amazonaws.com functions`,
		],
		And: [{ 'Fn::If': ['Both', 'yes', 'no'] }, 'no'],
		Or: [{ 'Fn::If': ['Either', 'yes', 'no'] }, 'yes'],
		Dynamic: ['{{resolve:ssm:/dynamic}} and more', 'resolved and more'],
	};
	await new SSM(practice.client).putParameter({ Name: '/dynamic', Type: 'String', Value: 'resolved' });
	const stack = await at.create('functions', {
		Parameters: { List: { Type: 'CommaDelimitedList', Default: 'x, y,z' } },
		Conditions: {
			Here: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] },
			There: { 'Fn::Not': [{ Condition: 'Here' }] },
			Both: { 'Fn::And': [{ Condition: 'Here' }, { Condition: 'There' }] },
			Either: { 'Fn::Or': [{ Condition: 'Here' }, { Condition: 'There' }] },
		},
		Resources: {
			Queue: queue({ QueueName: 'the-queue', DelaySeconds: { 'Fn::If': ['There', 5, { Ref: 'AWS::NoValue' }] } }),
		},
		Outputs: Object.fromEntries(Object.entries(outputs).map(([name, [Value]]) => [name, { Value }])),
	});
	expect(Object.fromEntries(stack.Outputs!.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]))).toEqual(
		Object.fromEntries(Object.entries(outputs).map(([name, [, gives]]) => [name, gives])),
	);
});

test('YAML’s short forms are the long ones', async () => {
	const stack = await at.create(
		'short',
		`
Parameters:
  Stage: { Type: String, Default: test }
Conditions:
  Live: !Equals [!Ref Stage, live]
  Test: !Not [!Condition Live]
Mappings:
  Names: { test: { short: t } }
Resources:
  Queue: { Type: AWS::SQS::Queue, Properties: { QueueName: short } }
Outputs:
  Arn: { Value: !GetAtt Queue.Arn }
  Dotted: { Value: !GetAtt [Queue, QueueName] }
  Sub: { Value: !Sub "\${Stage}-\${Queue.QueueName}" }
  Joined: { Value: !Join [",", [!FindInMap [Names, !Ref Stage, short], !If [Test, 1, 2]]] }
  Picked: { Value: !Select [0, !Split [".", a.b]] }
  Block: { Value: !Base64 hi }
`,
	);
	expect(stack.Outputs!.map(({ OutputValue }) => OutputValue)).toEqual([
		`arn:aws:sqs:us-east-1:${practice.account.id}:short`,
		'short',
		'test-short',
		't,1',
		'a',
		'aGk=',
	]);
});
