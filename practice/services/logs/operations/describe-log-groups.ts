import {
	DescribeLogGroups$,
	type DescribeLogGroupsRequest,
	type DescribeLogGroupsResponse,
	type LogGroup as LogGroupOutput,
} from '@aws-sdk/client-cloudwatch-logs';
import type { AccountInRegion } from '../../../account/account.ts';
import { refuseParameters } from '../../../fault.ts';
import { operation } from '../../../operation.ts';
import { LogEvents } from '../events.ts';
import { invalid, type LogGroup, LogGroups, nameOf } from '../groups.ts';
import { page } from '../page.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html */
export const describeLogGroups = operation(
	DescribeLogGroups$,
	(input: DescribeLogGroupsRequest, { account }): DescribeLogGroupsResponse => {
		refuseParameters('logs:DescribeLogGroups', input, ['accountIdentifiers']);
		const { logGroupNamePrefix, logGroupNamePattern, logGroupClass, logGroupIdentifiers } = input;
		if (logGroupNamePrefix !== undefined && logGroupNamePattern !== undefined) {
			throw invalid('LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.');
		}
		const pattern = logGroupNamePattern?.toLowerCase();
		const names = logGroupIdentifiers?.map(nameOf);
		const all = account
			.store(LogGroups)
			.list(logGroupNamePrefix)
			.filter((group) => pattern === undefined || group.name.toLowerCase().includes(pattern))
			.filter((group) => names === undefined || names.includes(group.name))
			.filter((group) => logGroupClass === undefined || group.class === logGroupClass);
		const { items, nextToken } = page(all, input);
		return { logGroups: items.map((group) => shown(account, group)), ...(nextToken && { nextToken }) };
	},
	{ access: (_input, { account }) => ({ resource: account.store(LogGroups).arn('*') }) },
);

function shown(account: AccountInRegion, group: LogGroup): LogGroupOutput {
	const arn = account.store(LogGroups).arn(group.name);
	return {
		logGroupName: group.name,
		creationTime: account.clock.toWire(group.created),
		...(group.retention !== undefined && { retentionInDays: group.retention }),
		metricFilterCount: 0,
		arn: `${arn}:*`,
		storedBytes: account.store(LogEvents).bytes(group),
		...(group.kmsKeyId && { kmsKeyId: group.kmsKeyId }),
		logGroupClass: group.class,
		logGroupArn: arn,
		deletionProtectionEnabled: group.protected,
	};
}
