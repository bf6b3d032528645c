import {
	ConfirmSubscription$,
	type ConfirmSubscriptionInput,
	type ConfirmSubscriptionResponse,
} from '@aws-sdk/client-sns';
import { operation } from '../../../operation.ts';
import { Subscriptions } from '../subscriptions.ts';
import { invalid, onTopic, topicOf, touchesTopic } from '../topics.ts';

/** Whoever has the token may: it came with the mail. https://docs.aws.amazon.com/sns/latest/api/API_ConfirmSubscription.html */
export const confirmSubscription = operation(
	ConfirmSubscription$,
	({ TopicArn, Token, AuthenticateOnUnsubscribe }: ConfirmSubscriptionInput, call): ConfirmSubscriptionResponse => {
		const region = TopicArn!.split(':')[3] || call.account.region;
		const account = call.account.account.in(region);
		const topic = topicOf({ ...call, account }, TopicArn!);
		const subscriptions = account.store(Subscriptions);
		const found = subscriptions.of(topic.name).find(({ token }) => token === Token);
		if (!found) throw invalid('Token');
		const { token: _, ...confirmed } = found;
		const authenticated = AuthenticateOnUnsubscribe === 'true';
		subscriptions.save({ ...confirmed, authenticated });
		return { SubscriptionArn: subscriptions.arn(confirmed) };
	},
	{
		access: (input, call) => (call.principal.kind === 'anonymous' ? [] : onTopic()(input, call)),
		touches: touchesTopic,
	},
);
