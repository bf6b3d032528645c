import * as client from '@aws-sdk/client-cloudwatch-logs';
import { service } from '../../service.ts';
import { createLogGroup } from './operations/create-log-group.ts';
import { deleteLogGroup, putLogGroupDeletionProtection } from './operations/delete-log-group.ts';
import { describeLogGroups } from './operations/describe-log-groups.ts';
import { filterLogEvents } from './operations/filter-log-events.ts';
import { getLogEvents } from './operations/get-log-events.ts';
import { createLogStream, deleteLogStream, describeLogStreams } from './operations/log-streams.ts';
import { putLogEvents } from './operations/put-log-events.ts';
import { deleteRetentionPolicy, putRetentionPolicy } from './operations/retention.ts';
import {
	listTagsForResource,
	listTagsLogGroup,
	tagLogGroup,
	tagResource,
	untagLogGroup,
	untagResource,
} from './operations/tags.ts';

/** CloudWatch Logs: groups, streams, events, and finding them. */
export default service({
	client: client as unknown as Record<string, unknown>,
	operations: [
		...[createLogGroup, describeLogGroups, deleteLogGroup, putLogGroupDeletionProtection],
		...[createLogStream, describeLogStreams, deleteLogStream],
		...[putLogEvents, getLogEvents, filterLogEvents],
		...[putRetentionPolicy, deleteRetentionPolicy],
		...[tagResource, untagResource, listTagsForResource, tagLogGroup, untagLogGroup, listTagsLogGroup],
	],
});
