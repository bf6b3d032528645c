import {
	DescribeEvents$,
	type DescribeEventsInput,
	type DescribeEventsOutput,
	DescribeStackEvents$,
	type DescribeStackEventsInput,
	type DescribeStackEventsOutput,
	type OperationEvent,
} from '@aws-sdk/client-cloudformation';
import type { AccountInRegion } from '../../../account/account.ts';
import { Events, type StackEvent, type ValidationEvent } from '../../../cloudformation/state/events.ts';
import { inProgress } from '../../../cloudformation/state/stack.ts';
import { invalid } from '../../../cloudformation/template/faults.ts';
import { Fault } from '../../../fault.ts';
import { operation } from '../../../operation.ts';
import { findStack, stackArn } from '../find.ts';
import { page } from '../page.ts';
import { shownEvent } from '../views.ts';
import { findChangeSet } from './change-sets.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStackEvents.html */
export const describeStackEvents = operation(
	DescribeStackEvents$,
	({ StackName, NextToken }: DescribeStackEventsInput, { account }): DescribeStackEventsOutput => {
		const stack = findStack(account, StackName!, 'brackets');
		const before = NextToken === undefined ? undefined : Number(NextToken);
		if (before !== undefined && !Number.isSafeInteger(before)) throw invalid('Token is not valid');
		const { events, next } = account.store(Events).page(stack.id, 100, before);
		return { StackEvents: events.map(shownEvent), ...(next !== undefined && { NextToken: String(next) }) };
	},
	{ access: ({ StackName }, { account }) => ({ resource: stackArn(account, StackName) }) },
);

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeEvents.html */
export const describeEvents = operation(
	DescribeEvents$,
	(input: DescribeEventsInput, { account }): DescribeEventsOutput => {
		const { StackName, ChangeSetName, OperationId, Filters, NextToken } = input;
		const events = found(account, input)
			.filter(({ operation: of }) => OperationId === undefined || of.id === OperationId)
			.filter((event) => !Filters?.FailedEvents || isFailure(event))
			.sort((a, b) => b.at - a.at);
		if (StackName === undefined && ChangeSetName === undefined && OperationId === undefined) {
			throw invalid('At least one of StackName, ChangeSetName or OperationId must be specified.');
		}
		const { items, ...rest } = page(events, NextToken, 100);
		return { OperationEvents: items.map(shown), ...rest };
	},
	{ access: ({ StackName }, { account }) => ({ resource: stackArn(account, StackName) }) },
);

type AnyEvent = StackEvent | ValidationEvent;

function found(account: AccountInRegion, { StackName, ChangeSetName, OperationId }: DescribeEventsInput): AnyEvent[] {
	const events = account.store(Events);
	if (ChangeSetName !== undefined) {
		const changeSet = findChangeSet(account, ChangeSetName, StackName);
		return events.validations(changeSet.stackId, changeSet.id);
	}
	if (StackName === undefined) {
		if (OperationId === undefined) return [];
		const of = events.stackOf(OperationId);
		if (!of) throw new Fault('OperationNotFoundException', `Operation ${OperationId} not found`, { status: 404 });
		return [...events.validations(of), ...events.page(of, Number.MAX_SAFE_INTEGER).events];
	}
	const { id } = findStack(account, StackName);
	return [...events.validations(id), ...events.page(id, Number.MAX_SAFE_INTEGER).events];
}

const isFailure = (event: AnyEvent) => ('status' in event ? event.status.endsWith('_FAILED') : event.mode === 'FAIL');

function shown(event: AnyEvent): OperationEvent {
	const whole: OperationEvent = {
		EventId: event.id,
		StackId: event.stackId,
		OperationId: event.operation.id,
		OperationType: event.operation.type,
		LogicalResourceId: event.logicalId,
		PhysicalResourceId: event.physicalId,
		ResourceType: event.type,
		Timestamp: new Date(event.at),
	};
	if (!('status' in event)) {
		return {
			...whole,
			EventType: 'VALIDATION_ERROR',
			ValidationFailureMode: event.mode,
			ValidationName: event.name,
			ValidationStatus: 'FAILED',
			ValidationStatusReason: event.reason,
			ValidationPath: event.path,
		};
	}
	const { OperationId: _1, StackName: _2, ...rest } = shownEvent(event);
	const ofStack = event.type === 'AWS::CloudFormation::Stack' && event.physicalId === event.stackId;
	const failed = event.status.endsWith('_FAILED') && !ofStack;
	return {
		...whole,
		...(rest as Partial<OperationEvent>),
		EventType: failed ? 'PROVISIONING_ERROR' : 'STACK_EVENT',
		...(ofStack && {
			OperationStatus: inProgress(event.status)
				? 'IN_PROGRESS'
				: failed || /ROLLBACK|FAILED/.test(event.status)
					? 'FAILED'
					: 'SUCCEEDED',
		}),
	};
}
