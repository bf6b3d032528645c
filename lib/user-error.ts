/** What a person can put right. Printed as two sentences, without a stack; anything else that is thrown is our bug. */
export class UserError extends Error {
	override readonly name = 'UserError';
	/** What to do next: a command or a page. */
	readonly hint: string;
	readonly exitCode: number;

	constructor(message: string, hint: string, options: { cause?: unknown; exitCode?: number } = {}) {
		super(message, { cause: options.cause });
		this.hint = hint;
		this.exitCode = options.exitCode ?? exitCodes.notDone;
	}
}

/** The exit codes of every command but `doctor`. `blocked` outranks `notDone`. */
export const exitCodes = { done: 0, notDone: 1, blocked: 2, usage: 64, bug: 70 } as const;
