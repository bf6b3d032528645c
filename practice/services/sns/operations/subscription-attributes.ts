import {
	GetSubscriptionAttributes$,
	type GetSubscriptionAttributesInput,
	type GetSubscriptionAttributesResponse,
	SetSubscriptionAttributes$,
	type SetSubscriptionAttributesInput,
} from '@aws-sdk/client-sns';
import { operation } from '../../../operation.ts';
import { checkSubscriptionAttribute } from '../subscription-attributes.ts';
import { onSubscription, Subscriptions, subscriptionOf, touchesSubscription } from '../subscriptions.ts';
import { Topics } from '../topics.ts';

/** https://docs.aws.amazon.com/sns/latest/api/API_GetSubscriptionAttributes.html */
export const getSubscriptionAttributes = operation(
	GetSubscriptionAttributes$,
	({ SubscriptionArn }: GetSubscriptionAttributesInput, call): GetSubscriptionAttributesResponse => {
		const { account } = call;
		const subscription = subscriptionOf(call, SubscriptionArn!);
		const { attributes } = subscription;
		return {
			Attributes: {
				SubscriptionArn: SubscriptionArn!,
				TopicArn: account.store(Topics).arn(subscription.topic),
				Protocol: subscription.protocol,
				Endpoint: subscription.endpoint,
				Owner: account.id,
				SubscriptionPrincipal: subscription.by,
				ConfirmationWasAuthenticated: String(subscription.authenticated),
				PendingConfirmation: String(subscription.token !== undefined),
				RawMessageDelivery: 'false',
				...(attributes['FilterPolicy'] && { FilterPolicyScope: 'MessageAttributes' }),
				...attributes,
			},
		};
	},
	{ access: onSubscription },
);

/** https://docs.aws.amazon.com/sns/latest/api/API_SetSubscriptionAttributes.html */
export const setSubscriptionAttributes = operation(
	SetSubscriptionAttributes$,
	({ SubscriptionArn, AttributeName, AttributeValue = '' }: SetSubscriptionAttributesInput, call): void => {
		const subscription = subscriptionOf(call, SubscriptionArn!);
		const name = AttributeName!;
		checkSubscriptionAttribute(subscription.protocol, name, AttributeValue);
		const { [name]: _, ...others } = subscription.attributes;
		// An empty filter or redrive policy takes it away.
		const gone = AttributeValue === '' || (name === 'FilterPolicy' && AttributeValue === '{}');
		const attributes = gone ? others : { ...others, [name]: AttributeValue };
		call.account.store(Subscriptions).save({ ...subscription, attributes });
	},
	{ access: onSubscription, touches: touchesSubscription },
);
