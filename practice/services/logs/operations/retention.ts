import {
	DeleteRetentionPolicy$,
	type DeleteRetentionPolicyRequest,
	PutRetentionPolicy$,
	type PutRetentionPolicyRequest,
} from '@aws-sdk/client-cloudwatch-logs';
import { operation } from '../../../operation.ts';
import { LogEvents } from '../events.ts';
import { groupNamed, invalid, LogGroups, onGroup, touchesGroup } from '../groups.ts';

/** What a retention may be, in days. */
const days = [
	...[1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731],
	...[1096, 1827, 2192, 2557, 2922, 3288, 3653],
];

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
export const putRetentionPolicy = operation(
	PutRetentionPolicy$,
	({ logGroupName, retentionInDays }: PutRetentionPolicyRequest, { account }): void => {
		if (!days.includes(retentionInDays!)) {
			throw invalid(
				`1 validation error detected: Value '${retentionInDays}' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [${days.join(', ')}]`,
			);
		}
		const group = { ...groupNamed(account, logGroupName!), retention: retentionInDays! };
		account.store(LogGroups).put(group.name, group);
		account.store(LogEvents).expire(group);
	},
	{ access: onGroup, touches: touchesGroup },
);

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteRetentionPolicy.html */
export const deleteRetentionPolicy = operation(
	DeleteRetentionPolicy$,
	({ logGroupName }: DeleteRetentionPolicyRequest, { account }): void => {
		const { retention: _, ...group } = groupNamed(account, logGroupName!);
		account.store(LogGroups).put(group.name, group);
	},
	{ access: onGroup, touches: touchesGroup },
);
