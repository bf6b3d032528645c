import type { QueueAttributeName } from '@aws-sdk/client-sqs';
import { createQueue } from '../../services/sqs/operations/create-queue.ts';
import { deleteQueue } from '../../services/sqs/operations/delete-queue.ts';
import { getQueueAttributes } from '../../services/sqs/operations/get-queue-attributes.ts';
import { getQueueUrl } from '../../services/sqs/operations/get-queue-url.ts';
import { setQueueAttributes } from '../../services/sqs/operations/set-queue-attributes.ts';
import { listQueueTags, tagQueue, untagQueue } from '../../services/sqs/operations/tags.ts';
import { DeletedQueues } from '../../services/sqs/queues.ts';
import type { Json } from '../json.ts';
import { type ResourceContext, resource, type Tag } from '../resource.ts';
import { asText, liveDocument } from './documents.ts';
import { liveTags } from './parts/live.ts';
import { refuseTaken } from './parts/taken.ts';
import { ifThere } from './parts/there.ts';
import { tagChanges, tagList, tagMap } from './tags.ts';

/** What a queue may be told, with what it is when the template does not say. */
const settings = {
	ContentBasedDeduplication: 'false',
	DeduplicationScope: 'queue',
	DelaySeconds: '0',
	FifoThroughputLimit: 'perQueue',
	KmsDataKeyReusePeriodSeconds: '300',
	KmsMasterKeyId: '',
	MaximumMessageSize: '1048576',
	MessageRetentionPeriod: '345600',
	ReceiveMessageWaitTimeSeconds: '0',
	RedriveAllowPolicy: '',
	RedrivePolicy: '',
	SqsManagedSseEnabled: 'true',
	VisibilityTimeout: '30',
};
type Setting = keyof typeof settings;
const names = Object.keys(settings) as Setting[];

type Queue = { [name in Setting]?: Json } & { QueueName?: string; FifoQueue?: boolean; Tags?: Tag[] };

const exists = ({ QueueName }: Queue, { call }: Pick<ResourceContext, 'call'>) =>
	QueueName && ifThere(() => call(getQueueUrl, { QueueName }).QueueUrl);

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queue.html */
export const queue = resource<Queue>('AWS::SQS::Queue', {
	properties: ['QueueName', 'FifoQueue', 'Tags', ...names],
	namedBy: 'QueueName',
	exists,
	create(properties, context) {
		const { call, name, tags } = context;
		refuseTaken('AWS::SQS::Queue', exists(properties, context));
		const { FifoQueue, QueueName = FifoQueue ? `${name(75)}.fifo` : name(80) } = properties;
		const { QueueUrl } = call(createQueue, {
			QueueName,
			Attributes: { ...told(properties), ...(FifoQueue && { FifoQueue: 'true' }) },
			...(tags.length > 0 && { tags: tagMap(tags) }),
		});
		const { Attributes } = call(getQueueAttributes, { QueueUrl: QueueUrl!, AttributeNames: ['QueueArn'] });
		return { id: QueueUrl!, attributes: { Arn: Attributes!['QueueArn']!, QueueName, QueueUrl: QueueUrl! } };
	},
	read(id, { call, declared, tags }) {
		const live = ifThere(() => call(getQueueAttributes, { QueueUrl: id, AttributeNames: ['All'] }).Attributes!);
		if (!live) return undefined;
		const set = names.flatMap((name) => {
			const value = live[name];
			if (value === undefined) return [];
			if (/Policy$/.test(name)) return [[name, liveDocument(value, declared[name])]];
			return [[name, /^\d+$/.test(value) ? Number(value) : /^(true|false)$/.test(value) ? value === 'true' : value]];
		});
		return {
			...Object.fromEntries(set),
			QueueName: id.split('/').at(-1)!,
			...(live['FifoQueue'] === 'true' && { FifoQueue: true }),
			Tags: liveTags(tagList(call(listQueueTags, { QueueUrl: id }).Tags), declared.Tags, tags),
		};
	},
	update(id, properties, { call, before, tags, tagsBefore }) {
		const wanted: Record<string, string> = told(properties);
		const taken = Object.keys(told(before)).filter((name) => wanted[name] === undefined);
		const changed = Object.entries({
			...Object.fromEntries(taken.map((name) => [name, settings[name as Setting]])),
			...wanted,
		}).filter(([name, value]) => told(before)[name as Setting] !== value);
		if (changed.length > 0) call(setQueueAttributes, { QueueUrl: id, Attributes: Object.fromEntries(changed) });
		const { set, removed } = tagChanges(tagsBefore, tags);
		if (set.length > 0) call(tagQueue, { QueueUrl: id, Tags: tagMap(set) });
		if (removed.length > 0) call(untagQueue, { QueueUrl: id, TagKeys: removed });
		return undefined;
	},
	delete(id, { call, account }) {
		ifThere(() => call(deleteQueue, { QueueUrl: id }));
		// CloudFormation calls a queue deleted when SQS has let go of its name, a minute later. That minute is skipped.
		account.store(DeletedQueues).delete(id.split('/').at(-1)!);
	},
});

/** What the template says, as SQS takes it: text. */
function told(properties: Queue): Partial<Record<QueueAttributeName, string>> {
	const said = names.filter((name) => properties[name] !== undefined);
	return Object.fromEntries(said.map((name) => [name, asText(plain(properties[name]!))]));
}

const plain = (value: Json): Json => (typeof value === 'object' ? value : String(value));
