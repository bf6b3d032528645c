import { CreateLogGroup$, type CreateLogGroupRequest } from '@aws-sdk/client-cloudwatch-logs';
import { Fault } from '../../../fault.ts';
import { operation } from '../../../operation.ts';
import { checkGroupName, LogGroups, touchesGroup } from '../groups.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html */
export const createLogGroup = operation(
	CreateLogGroup$,
	(input: CreateLogGroupRequest, { account }): void => {
		const name = input.logGroupName!;
		checkGroupName(name);
		const groups = account.store(LogGroups);
		if (groups.has(name)) {
			throw new Fault('ResourceAlreadyExistsException', 'The specified log group already exists');
		}
		groups.put(name, {
			name,
			created: account.clock.now(),
			class: input.logGroupClass ?? 'STANDARD',
			protected: input.deletionProtectionEnabled ?? false,
			tags: input.tags ?? {},
			...(input.kmsKeyId && { kmsKeyId: input.kmsKeyId }),
		});
	},
	{
		access: ({ logGroupName, tags }, { account }) => {
			const resource = account.store(LogGroups).arn(logGroupName!);
			return [
				{ resource },
				...(tags && Object.keys(tags).length > 0 ? [{ action: 'logs:TagResource', resource }] : []),
			];
		},
		touches: touchesGroup,
	},
);
