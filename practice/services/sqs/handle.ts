import { randomBytes } from 'node:crypto';
import type { AccountInRegion } from '../../account/account.ts';
import { Fault } from '../../fault.ts';
import { type Message, Messages } from './messages.ts';
import type { Queue } from './queues.ts';

/** What a receiver holds a message by: the message's place and the mark of this one receipt. */
export const receiptHandle = ({ id, queue, receipt }: Message) =>
	`AQEB${Buffer.from(`${queue}/${id}/${receipt}`).toString('base64')}`;

/** A new mark. It starts with the time of the receipt, account time in ms. */
export const newReceipt = (now: number) => `${now}-${randomBytes(24).toString('hex')}`;

export interface Held {
	/** Undefined when it was deleted or has expired. */
	message: Message | undefined;
	/** Whether nobody has received the message since. */
	newest: boolean;
	/** When it was received by this handle; account time, ms. */
	receivedAt: number;
}

/** What a receipt handle holds. One that belongs to another queue, or to none, is refused. */
export function held(account: AccountInRegion, queue: Queue, handle: string): Held {
	const text = handle.startsWith('AQEB') ? Buffer.from(handle.slice(4), 'base64').toString() : '';
	const [, name, id, receipt, at] = /^([\w.-]+)\/(\d+)\/((\d+)-[0-9a-f]{48})$/.exec(text) ?? [];
	if (!receipt || name !== queue.name) {
		throw new Fault('ReceiptHandleIsInvalid', `The input receipt handle "${handle}" is not a valid receipt handle.`);
	}
	const found = account.store(Messages).get(Number(id));
	const message = found?.queue === queue.name ? found : undefined;
	return { message, newest: message?.receipt === receipt, receivedAt: Number(at) };
}
