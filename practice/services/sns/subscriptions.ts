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

	of(topic: string): Subscription[] {
		return this.list(`${topic}:`);
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
	const [, topic, id] = /^arn:[\w-]+:sns:[\w-]+:\d{12}:([^:]+):([^:]+)$/.exec(arn) ?? [];
	if (!topic || !id) {
		throw invalid(`SubscriptionArn Reason: An ARN must have at least 6 elements, not ${arn.split(':').length}`);
	}
	const subscriptions = account.store(Subscriptions);
	const found = subscriptions.get(`${topic}:${id}`);
	if (!found || subscriptions.arn(found) !== arn) throw new Fault('NotFoundException', 'Subscription does not exist');
	return found;
}
