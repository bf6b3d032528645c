import { subscribe } from '../../services/sns/operations/subscribe.ts';
import {
	getSubscriptionAttributes,
	setSubscriptionAttributes,
} from '../../services/sns/operations/subscription-attributes.ts';
import { unsubscribe } from '../../services/sns/operations/unsubscribe.ts';
import type { Json } from '../json.ts';
import { type ResourceContext, resource } from '../resource.ts';
import { asDocument, asText } from './documents.ts';
import { type Setting, type Settings, write } from './parts/settings.ts';
import { ifThere } from './parts/there.ts';

interface Attributes {
	RawMessageDelivery?: boolean;
	FilterPolicyScope?: string;
	FilterPolicy?: NonNullable<Json>;
	RedrivePolicy?: NonNullable<Json>;
}
interface Subscription extends Attributes {
	TopicArn: string;
	Protocol: string;
	Endpoint?: string;
}

const attribute = <V extends Json>(AttributeName: string, byDefault: string): Setting<V> => ({
	write: (SubscriptionArn, after, { call }) =>
		call(setSubscriptionAttributes, { SubscriptionArn, AttributeName, AttributeValue: asText(after ?? byDefault) }),
});
const settings: Settings<Attributes> = {
	RawMessageDelivery: attribute('RawMessageDelivery', 'false'),
	FilterPolicyScope: attribute('FilterPolicyScope', 'MessageAttributes'),
	FilterPolicy: attribute('FilterPolicy', ''),
	RedrivePolicy: attribute('RedrivePolicy', ''),
};

const live = (SubscriptionArn: string, { call }: ResourceContext) =>
	ifThere(() => call(getSubscriptionAttributes, { SubscriptionArn }).Attributes!);

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-subscription.html */
export const subscription = resource<Subscription>('AWS::SNS::Subscription', {
	properties: [
		...(['TopicArn', 'Protocol', 'Endpoint', 'RawMessageDelivery'] as const),
		...(['FilterPolicyScope', 'FilterPolicy', 'RedrivePolicy'] as const),
	],
	create({ TopicArn, Protocol, Endpoint, ...attributes }, { call }) {
		const texts = Object.entries(attributes).map(([name, value]) => [name, asText(value)]);
		const { SubscriptionArn } = call(subscribe, {
			...{ TopicArn, Protocol, ReturnSubscriptionArn: true, Attributes: Object.fromEntries(texts) },
			...(Endpoint !== undefined && { Endpoint }),
		});
		return { id: SubscriptionArn!, attributes: { Arn: SubscriptionArn! } };
	},
	read(id, context) {
		const found = live(id, context);
		if (!found) return undefined;
		const { TopicArn, Protocol, Endpoint, RawMessageDelivery, FilterPolicy, FilterPolicyScope, RedrivePolicy } = found;
		return {
			...{ TopicArn: TopicArn!, Protocol: Protocol!, Endpoint: Endpoint! },
			RawMessageDelivery: RawMessageDelivery === 'true',
			...(FilterPolicyScope && { FilterPolicyScope }),
			...(FilterPolicy && { FilterPolicy: asDocument(FilterPolicy)! }),
			...(RedrivePolicy && { RedrivePolicy: asDocument(RedrivePolicy)! }),
		};
	},
	update(id, properties, context) {
		write(settings, id, properties, context, context.before);
		return undefined;
	},
	delete(id, context) {
		// Nobody can end what was never confirmed; SNS forgets it by itself.
		if (live(id, context)?.['PendingConfirmation'] === 'true') return;
		context.call(unsubscribe, { SubscriptionArn: id });
	},
});
