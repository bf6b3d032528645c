import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestPractice, testPractice } from '../../../testing.ts';

let practice: TestPractice;
let folder: string;
beforeAll(async () => {
	practice = await testPractice();
	folder = mkdtempSync(join(tmpdir(), 'aws-'));
});
afterAll(async () => {
	rmSync(folder, { recursive: true, force: true });
	await practice.close();
});

const run = promisify(execFile);
const aws = async (...args: string[]) => {
	const { stdout } = await run('aws', args, {
		cwd: folder,
		env: { PATH: process.env['PATH'], HOME: folder, AWS_DEFAULT_OUTPUT: 'json', ...practice.env },
	});
	return stdout;
};

const template = `
AWSTemplateFormatVersion: 2010-09-09
Parameters:
  Seconds: { Type: Number }
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: !Ref Seconds
      Tags: [{ Key: kind, Value: !Sub "\${AWS::StackName}-queue" }]
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: 2012-10-17
        Statement:
          - { Effect: Allow, Action: sts:AssumeRole, Principal: { Service: lambda.amazonaws.com } }
Outputs:
  Queue: { Value: !GetAtt Queue.Arn }
`;

test('aws cloudformation deploy makes a stack and changes it; wait and delete-stack end it', async () => {
	writeFileSync(join(folder, 'template.yaml'), template);
	const deploy = (seconds: number, ...more: string[]) =>
		aws(
			...['cloudformation', 'deploy', '--stack-name', 'cli', '--template-file', 'template.yaml'],
			...['--parameter-overrides', `Seconds=${seconds}`, ...more],
		);
	await expect(deploy(30)).rejects.toThrow('Requires capabilities : [CAPABILITY_IAM]');
	const capable = ['--capabilities', 'CAPABILITY_IAM'];
	expect(await deploy(30, ...capable)).toContain('Successfully created/updated stack - cli');
	expect(await deploy(60, ...capable)).toContain('Successfully created/updated stack - cli');
	expect(await deploy(60, ...capable, '--no-fail-on-empty-changeset')).toContain('No changes to deploy');
	const { Stacks } = JSON.parse(await aws('cloudformation', 'describe-stacks', '--stack-name', 'cli'));
	expect(Stacks[0]).toMatchObject({ StackStatus: 'UPDATE_COMPLETE', Outputs: [{ OutputKey: 'Queue' }] });

	await aws('cloudformation', 'delete-stack', '--stack-name', 'cli');
	await aws('cloudformation', 'wait', 'stack-delete-complete', '--stack-name', 'cli');
	await expect(aws('cloudformation', 'describe-stacks', '--stack-name', 'cli')).rejects.toThrow(
		'An error occurred (ValidationError) when calling the DescribeStacks operation: Stack with id cli does not exist',
	);
}, 60_000);
