/** An error as AWS answers it. The wire layer turns it into the protocol's form. */
export class Fault extends Error {
	/** The error's name: of the SDK's class where the service models it, else AWS's code. */
	override readonly name: string;
	/** HTTP status; the schema's own where the service models the error. */
	readonly status: number;
	/** Further members of the error's structure. */
	readonly members: Record<string, unknown>;
	/** Headers of the answer, where AWS says something there. */
	readonly headers: Record<string, string>;

	constructor(
		name: string,
		message: string,
		options: { status?: number; members?: Record<string, unknown>; headers?: Record<string, string> } = {},
	) {
		super(message);
		this.name = name;
		this.status = options.status ?? 400;
		this.members = options.members ?? {};
		this.headers = options.headers ?? {};
	}
}

/**
 * An operation, parameter or resource type that the practice account does not have. It says so instead of pretending.
 * `what` is a name such as `ecs:CreateCapacityProvider`.
 */
export const notImplemented = (what: string) =>
	new Fault('NotImplemented', `The practice account does not have ${what}. No lab needs it; a real account does.`, {
		status: 501,
	});

/** Refuses parameters that would otherwise be ignored without a word. */
export function refuseParameters(operation: string, input: object, names: readonly string[]): void {
	for (const name of names) {
		if ((input as Record<string, unknown>)[name] !== undefined) throw notImplemented(`${operation}'s ${name}`);
	}
}
