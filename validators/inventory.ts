import type { Item } from '../lib/companion-api.ts';
import { buckets } from './inventory/buckets.ts';
import { identities } from './inventory/identities.ts';
import { logGroups } from './inventory/log-groups.ts';
import { parameters } from './inventory/parameters.ts';
import { queues } from './inventory/queues.ts';
import { repositories } from './inventory/repositories.ts';
import { stacks } from './inventory/stacks.ts';
import { topics } from './inventory/topics.ts';
import type { Reads } from './reads.ts';

export type { Item } from '../lib/companion-api.ts';

/** What an account holds in one region, and what it holds for all of them. */
export interface Inventory {
	/** ISO 8601. */
	takenAt: string;
	region: string;
	items: readonly Item[];
	/** What was looked through: `queues`, `log groups`. */
	looked: readonly string[];
	/** Kinds that the endpoint does not have at all, so that there can be none. */
	absent: readonly string[];
}

export interface Where {
	region: string;
	account?: string;
}

/** Reads everything of one kind that an account holds. */
export interface Listing {
	/** As a person calls them: `log groups`. */
	kind: string;
	read(aws: Reads, where: Where): Promise<Item[]>;
}

/** The kinds that labs make, in the order in which a person reads them. A lab that makes another kind adds it here. */
const listings: readonly Listing[] = [stacks, queues, topics, buckets, parameters, logGroups, repositories, identities];

/** Looks through the account by reading only. Throws what AWS says when it may not look. */
export async function takeInventory(aws: Reads, where: Where): Promise<Inventory> {
	const found = await Promise.all(listings.map((listing) => read(listing, aws, where)));
	const there = listings.filter((_, index) => found[index]);
	return {
		takenAt: new Date().toISOString(),
		region: where.region,
		items: found.flatMap((items) => items ?? []),
		looked: there.map(({ kind }) => kind),
		absent: listings.filter((listing) => !there.includes(listing)).map(({ kind }) => kind),
	};
}

async function read(listing: Listing, aws: Reads, where: Where): Promise<Item[] | undefined> {
	try {
		return await listing.read(aws, where);
	} catch (error) {
		// An endpoint without the service holds nothing of it. AWS has all of these, and answers so for none.
		if ((error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode === 501) return undefined;
		throw error;
	}
}

/** Names an item in lists that people write: `AWS::Logs::LogGroup /aws/lambda/x`. */
export const key = (item: Item) => `${item.type} ${item.id}`;

/** What came and what went between two inventories. What an item holds (its detail) does not count. */
export function difference(before: Inventory, now: Inventory): { added: Item[]; gone: Item[] } {
	const then = new Set(before.items.map(key));
	const today = new Set(now.items.map(key));
	return {
		added: now.items.filter((item) => !then.has(key(item))),
		gone: before.items.filter((item) => !today.has(key(item))),
	};
}

/** The inventory as it is kept in the progress record: without the whole answers of AWS. */
export const forTheRecord = (inventory: Inventory): Inventory => ({
	...inventory,
	items: inventory.items.map(({ type, id, detail }) => ({ type, id, ...(detail && { detail }) })),
});
