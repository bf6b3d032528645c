import {
	ListTagsForResource$,
	type ListTagsForResourceRequest,
	type ListTagsForResourceResponse,
	ListTagsLogGroup$,
	type ListTagsLogGroupRequest,
	type ListTagsLogGroupResponse,
	TagLogGroup$,
	type TagLogGroupRequest,
	TagResource$,
	type TagResourceRequest,
	UntagLogGroup$,
	type UntagLogGroupRequest,
	UntagResource$,
	type UntagResourceRequest,
} from '@aws-sdk/client-cloudwatch-logs';
import type { AccountInRegion } from '../../../account/account.ts';
import { Fault } from '../../../fault.ts';
import { operation } from '../../../operation.ts';
import { groupNamed, LogGroups, nameOf, onGroup, touchesGroup } from '../groups.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_TagResource.html */
export const tagResource = operation(
	TagResource$,
	({ resourceArn, tags }: TagResourceRequest, { account }): void => tag(account, byArn(resourceArn!), tags!),
	{ access: onGroup, touches: touchesGroup },
);

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_UntagResource.html */
export const untagResource = operation(
	UntagResource$,
	({ resourceArn, tagKeys }: UntagResourceRequest, { account }): void => untag(account, byArn(resourceArn!), tagKeys!),
	{ access: onGroup, touches: touchesGroup },
);

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_ListTagsForResource.html */
export const listTagsForResource = operation(
	ListTagsForResource$,
	({ resourceArn }: ListTagsForResourceRequest, { account }): ListTagsForResourceResponse => ({
		tags: groupNamed(account, byArn(resourceArn!)).tags,
	}),
	{ access: onGroup },
);

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_TagLogGroup.html */
export const tagLogGroup = operation(
	TagLogGroup$,
	({ logGroupName, tags }: TagLogGroupRequest, { account }): void => tag(account, logGroupName!, tags!),
	{ access: onGroup, touches: touchesGroup },
);

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_UntagLogGroup.html */
export const untagLogGroup = operation(
	UntagLogGroup$,
	({ logGroupName, tags }: UntagLogGroupRequest, { account }): void => untag(account, logGroupName!, tags!),
	{ access: onGroup, touches: touchesGroup },
);

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_ListTagsLogGroup.html */
export const listTagsLogGroup = operation(
	ListTagsLogGroup$,
	({ logGroupName }: ListTagsLogGroupRequest, { account }): ListTagsLogGroupResponse => ({
		tags: groupNamed(account, logGroupName!).tags,
	}),
	{ access: onGroup },
);

function byArn(arn: string): string {
	const name = nameOf(arn);
	if (name === arn) throw new Fault('ValidationException', `The ARN ${arn} is not valid.`);
	return name;
}

function tag(account: AccountInRegion, name: string, tags: Record<string, string>): void {
	const group = groupNamed(account, name);
	const after = { ...group.tags, ...tags };
	if (Object.keys(after).length > 50) {
		throw new Fault('TooManyTagsException', 'A resource can have no more than 50 tags.', {
			members: { resourceName: name },
		});
	}
	account.store(LogGroups).put(name, { ...group, tags: after });
}

function untag(account: AccountInRegion, name: string, keys: string[]): void {
	const group = groupNamed(account, name);
	const tags = Object.fromEntries(Object.entries(group.tags).filter(([key]) => !keys.includes(key)));
	account.store(LogGroups).put(name, { ...group, tags });
}
