import type { AccountInRegion } from '../../account/account.ts';
import { Documents } from '../../account/documents.ts';
import { Fault } from '../../fault.ts';

export interface Queue {
	name: string;
	/** Those that somebody set; the defaults are in attributes.ts. */
	attributes: Record<string, string>;
	tags: Record<string, string>;
	/** Account time, ms. */
	created: number;
	modified: number;
	/** When it was last purged; account time, ms. */
	purged?: number;
}

export class Queues extends Documents<Queue> {
	static override kind = 'sqs.queue';

	arn(name: string): string {
		return this.account.arn('sqs', name);
	}

	/** The queue of an ARN in this account and region. */
	byArn(arn: string): Queue | undefined {
		const name = arn.split(':').at(-1)!;
		return this.arn(name) === arn ? this.get(name) : undefined;
	}
}

/** When a queue of a name was deleted, because its name is locked for a minute. Account time, ms. */
export class DeletedQueues extends Documents<{ at: number }> {
	static override kind = 'sqs.deleted';
}

export const isFifo = ({ name }: Queue) => name.endsWith('.fifo');

/** `http://127.0.0.1:<port>/<account>/<name>`: a URL that leads here, because the SDK sends its requests to it. */
export const queueUrl = ({ account, endpoint }: { account: AccountInRegion; endpoint: string }, name: string) =>
	`${endpoint}/${account.id}/${name}`;

/** The account and queue that a URL of any host names by its path. */
export function addressed(url: string): { account: string; name: string } {
	const [, account, name] = /^https?:\/\/[^/]+\/(\d{12})\/([\w.-]+)$/.exec(url) ?? [];
	if (!account || !name) throw new Fault('InvalidAddress', `The address ${url} is not valid for this endpoint.`);
	return { account, name };
}

/** The queue that a URL names. */
export function queueAt(account: AccountInRegion, url: string): Queue {
	const address = addressed(url);
	const queue = address.account === account.id ? account.store(Queues).get(address.name) : undefined;
	if (!queue) throw new Fault('QueueDoesNotExist', 'The specified queue does not exist.');
	return queue;
}
