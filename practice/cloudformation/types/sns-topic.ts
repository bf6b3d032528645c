import { createTopic } from '../../services/sns/operations/create-topic.ts';
import { deleteTopic } from '../../services/sns/operations/delete-topic.ts';
import { listSubscriptionsByTopic } from '../../services/sns/operations/list-subscriptions.ts';
import { subscribe } from '../../services/sns/operations/subscribe.ts';
import { listTagsForResource, tagResource, untagResource } from '../../services/sns/operations/tags.ts';
import { getTopicAttributes, setTopicAttributes } from '../../services/sns/operations/topic-attributes.ts';
import { unsubscribe } from '../../services/sns/operations/unsubscribe.ts';
import { type ResourceContext, resource, type Tag } from '../resource.ts';
import { inOrderOf, liveTags } from './parts/live.ts';
import type { Setting } from './parts/settings.ts';
import { refuseTaken } from './parts/taken.ts';
import { ifThere } from './parts/there.ts';
import { tagChanges } from './tags.ts';

interface Subscription {
	Protocol: string;
	Endpoint: string;
}
interface Topic {
	TopicName?: string;
	DisplayName?: string;
	KmsMasterKeyId?: string;
	SignatureVersion?: string;
	TracingConfig?: string;
	Subscription?: Subscription[];
	Tags?: Tag[];
}

/** What a topic may be told, with what it is when the template does not say. */
const settings = { DisplayName: '', KmsMasterKeyId: '', SignatureVersion: '1', TracingConfig: 'PassThrough' };
const names = Object.keys(settings) as (keyof typeof settings)[];

const keyOf = ({ Protocol, Endpoint }: Subscription) => `${Protocol} ${Endpoint}`;

const subscriptions = {
	write(TopicArn, after = [], context, before = []) {
		const { call } = context;
		const kept = new Set(after.map(keyOf));
		const gone = new Set(before.map(keyOf).filter((key) => !kept.has(key)));
		for (const { SubscriptionArn, ...each } of gone.size > 0 ? subscribed(TopicArn, context) : []) {
			// Nobody can end what was never confirmed; SNS forgets it by itself.
			if (!gone.has(keyOf(each)) || SubscriptionArn === 'PendingConfirmation') continue;
			call(unsubscribe, { SubscriptionArn });
		}
		const old = new Set(before.map(keyOf));
		for (const each of after) if (!old.has(keyOf(each))) call(subscribe, { TopicArn, ...each });
	},
	read(TopicArn, context, declared) {
		const live = subscribed(TopicArn, context).map(({ Protocol, Endpoint }) => ({ Protocol, Endpoint }));
		return live.length > 0 ? inOrderOf(declared, live, keyOf) : undefined;
	},
} satisfies Setting<Subscription[]>;

function subscribed(TopicArn: string, { call }: ResourceContext): (Subscription & { SubscriptionArn: string })[] {
	const all: (Subscription & { SubscriptionArn: string })[] = [];
	let NextToken: string | undefined;
	do {
		const page = call(listSubscriptionsByTopic, { TopicArn, ...(NextToken && { NextToken }) });
		for (const { Protocol, Endpoint, SubscriptionArn } of page.Subscriptions!) {
			all.push({ Protocol: Protocol!, Endpoint: Endpoint!, SubscriptionArn: SubscriptionArn! });
		}
		NextToken = page.NextToken;
	} while (NextToken);
	return all;
}

const exists = ({ TopicName }: Topic, { call, account }: Pick<ResourceContext, 'call' | 'account'>) => {
	if (TopicName === undefined) return undefined;
	const TopicArn = account.arn('sns', TopicName);
	return ifThere(() => call(getTopicAttributes, { TopicArn })) && TopicArn;
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topic.html */
export const topic = resource<Topic>('AWS::SNS::Topic', {
	properties: ['TopicName', 'Subscription', 'Tags', ...names],
	namedBy: 'TopicName',
	exists,
	create(properties, context) {
		const { call, name, tags } = context;
		refuseTaken('AWS::SNS::Topic', exists(properties, context));
		const Name = properties.TopicName ?? name(256);
		const said = names.flatMap((each) => (properties[each] === undefined ? [] : [[each, properties[each]]]));
		const { TopicArn } = call(createTopic, {
			Name,
			Attributes: Object.fromEntries(said) as Record<string, string>,
			...(tags.length > 0 && { Tags: tags }),
		});
		subscriptions.write(TopicArn!, properties.Subscription, context);
		return { id: TopicArn!, attributes: { TopicArn: TopicArn!, TopicName: Name } };
	},
	read(id, context) {
		const { call, declared, tags } = context;
		const live = ifThere(() => call(getTopicAttributes, { TopicArn: id }).Attributes!);
		if (!live) return undefined;
		const set = names.flatMap((each) => (live[each] ? [[each, live[each]]] : []));
		const Subscription = subscriptions.read(id, context, declared.Subscription);
		return {
			TopicName: id.split(':').at(-1)!,
			...Object.fromEntries(set),
			...(Subscription && { Subscription }),
			Tags: liveTags(call(listTagsForResource, { ResourceArn: id }).Tags, declared.Tags, tags),
		};
	},
	update(id, properties, context) {
		const { call, before, tags, tagsBefore } = context;
		for (const name of names) {
			if (properties[name] === before[name]) continue;
			const AttributeValue = properties[name] ?? settings[name];
			call(setTopicAttributes, { TopicArn: id, AttributeName: name, AttributeValue });
		}
		subscriptions.write(id, properties.Subscription, context, before.Subscription);
		const { set, removed } = tagChanges(tagsBefore, tags);
		if (set.length > 0) call(tagResource, { ResourceArn: id, Tags: set });
		if (removed.length > 0) call(untagResource, { ResourceArn: id, TagKeys: removed });
		return undefined;
	},
	delete: (id, { call }) => void ifThere(() => call(deleteTopic, { TopicArn: id })),
});
