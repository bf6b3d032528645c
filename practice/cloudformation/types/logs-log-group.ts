import { Fault } from '../../fault.ts';
import { createLogGroup } from '../../services/logs/operations/create-log-group.ts';
import { deleteLogGroup, putLogGroupDeletionProtection } from '../../services/logs/operations/delete-log-group.ts';
import { describeLogGroups } from '../../services/logs/operations/describe-log-groups.ts';
import { deleteRetentionPolicy, putRetentionPolicy } from '../../services/logs/operations/retention.ts';
import { listTagsLogGroup, tagLogGroup, untagLogGroup } from '../../services/logs/operations/tags.ts';
import { type ResourceContext, resource, type Tag } from '../resource.ts';
import { liveTags } from './parts/live.ts';
import { ifThere } from './parts/there.ts';
import { tagChanges, tagList, tagMap } from './tags.ts';

interface LogGroup {
	LogGroupName?: string;
	RetentionInDays?: number;
	LogGroupClass?: 'STANDARD' | 'INFREQUENT_ACCESS' | 'DELIVERY';
	DeletionProtectionEnabled?: boolean;
	Tags?: Tag[];
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-loggroup.html */
export const logGroup = resource<LogGroup>('AWS::Logs::LogGroup', {
	properties: ['LogGroupName', 'RetentionInDays', 'LogGroupClass', 'DeletionProtectionEnabled', 'Tags'],
	namedBy: 'LogGroupName',
	create({ LogGroupName, RetentionInDays, LogGroupClass, DeletionProtectionEnabled }, { call, account, name, tags }) {
		const logGroupName = LogGroupName ?? name(512);
		call(createLogGroup, {
			logGroupName,
			...(LogGroupClass && { logGroupClass: LogGroupClass }),
			...(DeletionProtectionEnabled !== undefined && { deletionProtectionEnabled: DeletionProtectionEnabled }),
			...(tags.length > 0 && { tags: tagMap(tags) }),
		});
		if (RetentionInDays !== undefined) call(putRetentionPolicy, { logGroupName, retentionInDays: RetentionInDays });
		return { id: logGroupName, attributes: { Arn: account.arn('logs', `log-group:${logGroupName}:*`) } };
	},
	read(id, context) {
		const { call, declared, tags } = context;
		const live = find(id, context);
		return (
			live && {
				LogGroupName: id,
				LogGroupClass: live.logGroupClass as 'STANDARD',
				...(live.retentionInDays !== undefined && { RetentionInDays: live.retentionInDays }),
				DeletionProtectionEnabled: live.deletionProtectionEnabled ?? false,
				Tags: liveTags(tagList(call(listTagsLogGroup, { logGroupName: id }).tags), declared.Tags, tags),
			}
		);
	},
	update(id, properties, { call, before, tags, tagsBefore }) {
		const { RetentionInDays, DeletionProtectionEnabled, LogGroupClass = 'STANDARD' } = properties;
		// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch_Logs_Log_Classes.html
		if (LogGroupClass !== (before.LogGroupClass ?? 'STANDARD')) {
			throw new Fault(
				'ValidationError',
				`Resource of type 'AWS::Logs::LogGroup' with identifier '${id}' is not updatable with parameters provided.`,
			);
		}
		if (RetentionInDays === undefined) {
			if (before.RetentionInDays !== undefined) call(deleteRetentionPolicy, { logGroupName: id });
		} else if (RetentionInDays !== before.RetentionInDays) {
			call(putRetentionPolicy, { logGroupName: id, retentionInDays: RetentionInDays });
		}
		if (DeletionProtectionEnabled !== before.DeletionProtectionEnabled) {
			const deletionProtectionEnabled = DeletionProtectionEnabled ?? false;
			call(putLogGroupDeletionProtection, { logGroupIdentifier: id, deletionProtectionEnabled });
		}
		const { set, removed } = tagChanges(tagsBefore, tags);
		if (set.length > 0) call(tagLogGroup, { logGroupName: id, tags: tagMap(set) });
		if (removed.length > 0) call(untagLogGroup, { logGroupName: id, tags: removed });
		return undefined;
	},
	delete: (id, { call }) => ifThere(() => call(deleteLogGroup, { logGroupName: id })),
	exists: ({ LogGroupName }, context) => (LogGroupName && find(LogGroupName, context) ? LogGroupName : undefined),
});

const find = (name: string, { call }: Pick<ResourceContext, 'call'>) =>
	call(describeLogGroups, { logGroupNamePrefix: name }).logGroups!.find(({ logGroupName }) => logGroupName === name);
