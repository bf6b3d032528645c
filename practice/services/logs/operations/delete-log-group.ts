import {
	DeleteLogGroup$,
	type DeleteLogGroupRequest,
	PutLogGroupDeletionProtection$,
	type PutLogGroupDeletionProtectionRequest,
} from '@aws-sdk/client-cloudwatch-logs';
import { Fault } from '../../../fault.ts';
import { operation } from '../../../operation.ts';
import { LogEvents } from '../events.ts';
import { groupNamed, identified, LogGroups, onGroup, touchesGroup } from '../groups.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteLogGroup.html */
export const deleteLogGroup = operation(
	DeleteLogGroup$,
	({ logGroupName }: DeleteLogGroupRequest, { account }): void => {
		const group = groupNamed(account, logGroupName!);
		if (group.protected) {
			throw new Fault(
				'ValidationException',
				'The log group has deletion protection enabled. Disable deletion protection before you delete the log group.',
			);
		}
		account.store(LogGroups).delete(group.name);
		account.store(LogEvents).deleteGroup(group.name);
	},
	{ access: onGroup, touches: touchesGroup },
);

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogGroupDeletionProtection.html */
export const putLogGroupDeletionProtection = operation(
	PutLogGroupDeletionProtection$,
	(input: PutLogGroupDeletionProtectionRequest, { account }): void => {
		const group = groupNamed(account, identified(input));
		account.store(LogGroups).put(group.name, { ...group, protected: input.deletionProtectionEnabled! });
	},
	{ access: onGroup, touches: touchesGroup },
);
