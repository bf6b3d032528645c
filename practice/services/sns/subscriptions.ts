import { Documents } from '../../account/documents.ts';
import { Fault } from '../../fault.ts';
import type { Call } from '../../operation.ts';
import { invalid, Topics } from './topics.ts';

export interface Subscription {
	/** The last part of its ARN. */
	id: string;
	topic: string;
	protocol: string;
	endpoint: string;
	/** Those that somebody set. */
	attributes: Record<string, string>;
	/** The ARN of whoever subscribed. */
	by: string;
	/** What confirms it, while nobody has. */
	token?: string;
	/** Whether only whoever confirmed it may end it. */
	authenticated: boolean;
	/** Account time, ms. */
	created: number;
}

/** Key: `<topic>:<id>`, the end of the ARN. */
export class Subscriptions extends Documents<Subscription> {
	static override kind = 'sns.subscription';

	/** Those of a topic, or all. One that nobody confirmed within two days is gone. */
	of(topic?: string): Subscription[] {
		const oldest = this.account.clock.now() - 2 * 86_400_000;
		return this.list(topic && `${topic}:`).filter(({ token, created }) => token === undefined || created > oldest);
	}

	/** The subscription of an ARN in this account and region. */
	byArn(arn: string): Subscription | undefined {
		const [topic = '', id = ''] = arn.split(':').slice(5);
		const found = this.of(topic).find((each) => each.id === id);
		return found && this.arn(found) === arn ? found : undefined;
	}

	/** What is shown for its ARN: nothing of use before it is confirmed. */
	shownArn(subscription: Subscription): string {
		return subscription.token ? 'PendingConfirmation' : this.arn(subscription);
	}

	arn({ topic, id }: Subscription): string {
		return `${this.account.store(Topics).arn(topic)}:${id}`;
	}

	save(subscription: Subscription): void {
		this.put(`${subscription.topic}:${subscription.id}`, subscription);
	}

	remove({ topic, id }: Subscription): void {
		this.delete(`${topic}:${id}`);
	}
}

/** The subscription of an ARN, or AWS's refusal. */
export function subscriptionOf({ account }: Call, arn: string): Subscription {
	checkSubscriptionArn(arn);
	const found = account.store(Subscriptions).byArn(arn);
	if (!found) throw new Fault('NotFoundException', 'Subscription does not exist');
	return found;
}

export function checkSubscriptionArn(arn: string): void {
	if (!/^arn:[\w-]+:sns:[\w-]+:\d{12}:[^:]+:[^:]+$/.test(arn)) {
		throw invalid(`SubscriptionArn Reason: An ARN must have at least 6 elements, not ${arn.split(':').length}`);
	}
}

/** The permission that an operation on a subscription needs. */
export const onSubscription = ({ SubscriptionArn }: { SubscriptionArn?: string | undefined }) => ({
	resource: SubscriptionArn!,
});

export const touchesSubscription = ({ SubscriptionArn }: { SubscriptionArn?: string | undefined }) =>
	SubscriptionArn?.split(':').slice(5).join(':');
