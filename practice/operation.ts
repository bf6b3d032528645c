import type { StaticOperationSchema } from '@smithy/types';
import type { AccountInRegion } from './account/account.ts';
import type { Principal } from './account/principal.ts';
import { authorize } from './iam/authorize.ts';

/** One permission that a call needs. */
export interface Access {
	/** `sqs:CreateQueue`; the service's prefix and the operation's name by default. */
	action?: string;
	/** ARN; `*` by default. */
	resource?: string;
	/** Values of condition keys, beyond the global ones. */
	context?: Record<string, string | string[]>;
	/** The resource's own policy as JSON, where it has one. */
	policy?: string | undefined;
}

export interface OperationOptions<Input, Output> {
	/** The permissions that it needs, where they are not simply its name on `*`. None at all: `() => []`. */
	access?: (input: Input, call: Call) => Access | Access[];
	/**
	 * Whether what it answers is at rest. A client that waits for a change is then answered when the change comes, not
	 * at its next poll.
	 */
	settled?: (output: Output) => boolean;
	/** The resource that a change touched, for whoever watches the account. */
	touches?: (input: Input) => string | undefined;
}

/** One operation of a service: a function from input to output, both as the SDK types them. */
export interface Operation<Input = never, Result = unknown> {
	schema: StaticOperationSchema;
	handler: (input: Input, call: Call) => Result;
	options: OperationOptions<Input, Awaited<Result>>;
}

/** What an operation knows about the call besides its input. */
export interface Call {
	/** The account in the region that the caller addressed. */
	account: AccountInRegion;
	principal: Principal;
	requestId: string;
	/** `http://127.0.0.1:<port>`, for the URLs that answers carry. */
	endpoint: string;
	userAgent: string;
	sourceIp: string;
	/** Aborted when the client goes away. */
	signal: AbortSignal;
	/** Invokes another operation in the same account, as the same principal unless told otherwise. Permissions are evaluated. */
	call<Input, Result>(
		operation: Operation<Input, Result>,
		input: NoInfer<Input>,
		other?: { principal?: Principal; region?: string },
	): Result;
}

/**
 * Declares an operation. A plain function runs in one transaction: what it throws takes everything back. An `async` one
 * runs outside of any, and uses `account.db.transaction` for the parts that belong together.
 */
export const operation = <Input extends object, Result>(
	schema: StaticOperationSchema,
	handler: (input: Input, call: Call) => Result,
	options: OperationOptions<Input, Awaited<Result>> = {},
): Operation<Input, Result> => ({ schema, handler, options });

export const operationName = (operation: { schema: StaticOperationSchema }): string => operation.schema[2];

/** Checks permissions, then does it. */
export function invoke<Input, Result>(operation: Operation<Input, Result>, input: Input, call: Call): Result {
	const { handler, options } = operation;
	if (call.principal.kind !== 'administrator') {
		const name = operationName(operation);
		const accesses = [options.access?.(input, call) ?? {}].flat();
		for (const { action = `${actionPrefix(operation.schema)}:${name}`, resource = '*', context, policy } of accesses) {
			authorize(call, { action, resource, context: context ?? {}, policy, service: actionPrefix(operation.schema) });
		}
	}
	if (isAsync(handler)) return handler(input, call);
	return call.account.db.transaction(() => {
		const result = handler(input, call);
		if (!isRead(operationName(operation))) announce(operation, input, call);
		return result;
	});
}

/** The signal of work that nobody waits for. */
const never = new AbortController().signal;

/** A call in the name of `principal`, derived from nothing but the account: for work that outlives its request. */
export function callAs(
	account: AccountInRegion,
	principal: Principal,
	other: Partial<Omit<Call, 'call' | 'account' | 'principal'>> & { endpoint: string },
): Call {
	const self: Call = {
		account,
		principal,
		requestId: other.requestId ?? crypto.randomUUID(),
		userAgent: principal.kind === 'service' ? principal.service : 'practice',
		sourceIp: principal.kind === 'service' ? principal.service : '127.0.0.1',
		signal: never,
		...other,
		call: (operation, input, { principal: as = principal, region = account.region } = {}) =>
			invoke(operation, input, callAs(account.account.in(region), as, { ...other, requestId: self.requestId })),
	};
	return self;
}

const reads = /^(Get|List|Describe|Head|BatchGet|Lookup|Select|Filter|Receive|Simulate|Validate|Estimate|Test|Decode)/;
/** By their names AWS's reading operations are known. */
export const isRead = (name: string) => reads.test(name);

const isAsync = (handler: (...all: never[]) => unknown) => handler.constructor.name === 'AsyncFunction';

/** Tells watchers of the account that this call changed something. */
export function announce<Input>(
	{ schema, options }: { schema: StaticOperationSchema; options: { touches?: (input: Input) => string | undefined } },
	input: Input,
	call: Call,
	error?: string,
): void {
	const resource = options.touches?.(input);
	call.account.account.announce({
		service: actionPrefix(schema),
		operation: schema[2],
		...(resource !== undefined && { resource }),
		...(error !== undefined && { error }),
	});
}

const prefixes: Record<string, string> = { cloudwatchlogs: 'logs' };

/** IAM's prefix of a service's actions, from its namespace. */
export function actionPrefix(schema: StaticOperationSchema): string {
	const service = schema[1].split('.').at(-1)!;
	return prefixes[service] ?? service;
}
