import type { Account, AccountInRegion } from './account/account.ts';
import type { Job, Worker } from './account/work.ts';
import type { Operation } from './operation.ts';
import { type ServiceModel, serviceModel } from './wire/model.ts';

/** An AWS service of the practice account. */
export interface Service {
	model: ServiceModel;
	/** By AWS's name: `CreateQueue`. */
	operations: Map<string, Operation>;
	/** Work that it puts on the agenda, by the part of its kind behind the service's name. */
	workers: Record<string, (account: AccountInRegion, job: Job, context: WorkContext) => ReturnType<Worker>>;
	/** The account that an unsigned request is for, where the service answers such requests at all. */
	anonymous?: (
		request: { bucket: string | undefined; search: string },
		accounts: Iterable<Account>,
	) => Account | undefined;
	/** The region of a request whose signature names none. */
	region?: (request: { bucket: string | undefined }, account: Account) => string | undefined;
}

export interface WorkContext {
	/** `http://127.0.0.1:<port>` */
	endpoint: string;
	/** Tells a bug of ours that the work survives: it goes on, having failed where AWS would. */
	bug(error: unknown): void;
}

/** Declares a service: the SDK's client package, the operations that are there, its background work. */
export function service(definition: {
	client: Record<string, unknown>;
	// biome-ignore lint/suspicious/noExplicitAny: each operation has its own input and output
	operations: readonly Operation<any, any>[];
	workers?: Service['workers'];
	anonymous?: Service['anonymous'];
	region?: Service['region'];
}): Service {
	return {
		model: serviceModel(definition.client),
		operations: new Map(definition.operations.map((operation) => [operation.schema[2], operation as Operation])),
		workers: definition.workers ?? {},
		...(definition.anonymous && { anonymous: definition.anonymous }),
		...(definition.region && { region: definition.region }),
	};
}
