import { Unsubscribe$, type UnsubscribeInput } from '@aws-sdk/client-sns';
import { Fault } from '../../../fault.ts';
import { operation } from '../../../operation.ts';
import { checkSubscriptionArn, onSubscription, Subscriptions, touchesSubscription } from '../subscriptions.ts';

/** Ending what is not there is no error. https://docs.aws.amazon.com/sns/latest/api/API_Unsubscribe.html */
export const unsubscribe = operation(
	Unsubscribe$,
	({ SubscriptionArn }: UnsubscribeInput, { account, principal }): void => {
		checkSubscriptionArn(SubscriptionArn!);
		const subscriptions = account.account.in(SubscriptionArn!.split(':')[3]!).store(Subscriptions);
		const found = subscriptions.byArn(SubscriptionArn!);
		if (!found) return;
		if (found.token !== undefined) {
			throw new Fault(
				'InvalidParameterException',
				"Invalid parameter: SubscriptionArn Reason: can't delete subscriptions with pending confirmation",
			);
		}
		// A link in a mail suffices, unless whoever confirmed asked for more.
		if (principal.kind === 'anonymous' && found.authenticated) {
			throw new Fault('AuthorizationErrorException', 'The subscription requires authentication to unsubscribe.');
		}
		subscriptions.remove(found);
	},
	{
		access: (input, { principal }) => (principal.kind === 'anonymous' ? [] : onSubscription(input)),
		touches: touchesSubscription,
	},
);
