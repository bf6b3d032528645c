import { CloudFormation, type Stack } from '@aws-sdk/client-cloudformation';
import { expect } from 'vitest';
import type { TestPractice } from '../../../testing.ts';

/** What tests of stacks ask again and again. */
export function stacks(practice: TestPractice) {
	const cloudformation = new CloudFormation(practice.client);
	const self = {
		cloudformation,
		/** Waits until nothing is in progress, and answers the stack. */
		async atRest(StackName: string): Promise<Stack> {
			expect(await practice.account.work.settle(20_000)).toBe(true);
			const { Stacks } = await cloudformation.describeStacks({ StackName });
			return Stacks![0]!;
		},
		async create(StackName: string, template: object | string, more: object = {}): Promise<Stack> {
			const { StackId } = await cloudformation.createStack({ StackName, TemplateBody: body(template), ...more });
			return self.atRest(StackId!);
		},
		async update(StackName: string, template: object | string, more: object = {}): Promise<Stack> {
			const { StackId } = await cloudformation.updateStack({ StackName, TemplateBody: body(template), ...more });
			return self.atRest(StackId!);
		},
		async remove(StackName: string, more: object = {}): Promise<Stack> {
			const { Stacks } = await cloudformation.describeStacks({ StackName });
			await cloudformation.deleteStack({ StackName, ...more });
			return self.atRest(Stacks![0]!.StackId!);
		},
		/** The newest operation's events, oldest first: `Queue | CREATE_FAILED | why`. */
		async story(StackName: string): Promise<string[]> {
			const { StackEvents } = await cloudformation.describeStackEvents({ StackName });
			const [{ OperationId } = {}] = StackEvents!;
			return StackEvents!
				.filter((event) => event.OperationId === OperationId)
				.reverse()
				.map(({ LogicalResourceId, ResourceStatus, ResourceStatusReason }) =>
					[LogicalResourceId, ResourceStatus, ResourceStatusReason].filter(Boolean).join(' | '),
				);
		},
		async physicalId(StackName: string, LogicalResourceId: string): Promise<string> {
			const { StackResourceDetail } = await cloudformation.describeStackResource({ StackName, LogicalResourceId });
			return StackResourceDetail!.PhysicalResourceId!;
		},
	};
	return self;
}

export const body = (template: object | string) =>
	typeof template === 'string'
		? template
		: JSON.stringify('Resources' in template ? template : { Resources: template });

export const parameter = (value: unknown, more: object = {}) => ({
	Type: 'AWS::SSM::Parameter',
	Properties: { Type: 'String', Value: value },
	...more,
});

export const queue = (properties: object = {}, more: object = {}) => ({
	Type: 'AWS::SQS::Queue',
	Properties: properties,
	...more,
});
