import { createLogStream, deleteLogStream, describeLogStreams } from '../../services/logs/operations/log-streams.ts';
import { type ResourceContext, resource } from '../resource.ts';
import { ifThere } from './parts/there.ts';

interface LogStream {
	LogGroupName: string;
	LogStreamName?: string;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-logstream.html */
export const logStream = resource<LogStream>('AWS::Logs::LogStream', {
	properties: ['LogGroupName', 'LogStreamName'],
	namedBy: 'LogStreamName',
	exists: ({ LogGroupName, LogStreamName: name }, context) =>
		name && find(LogGroupName, name, context) && `${LogGroupName}|${name}`,
	create({ LogGroupName: logGroupName, LogStreamName }, { call, name }) {
		const logStreamName = LogStreamName ?? name(512);
		call(createLogStream, { logGroupName, logStreamName });
		return { id: logStreamName };
	},
	read(id, context) {
		const { LogGroupName } = context.declared;
		return find(LogGroupName, id, context) && { LogGroupName, LogStreamName: id };
	},
	delete(id, { call, declared: { LogGroupName: logGroupName } }) {
		ifThere(() => call(deleteLogStream, { logGroupName, logStreamName: id }));
	},
});

function find(logGroupName: string, name: string, { call }: Pick<ResourceContext, 'call'>) {
	const { logStreams } = ifThere(() => call(describeLogStreams, { logGroupName, logStreamNamePrefix: name })) ?? {};
	return logStreams?.find(({ logStreamName }) => logStreamName === name);
}
