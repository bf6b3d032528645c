import type { ServerResponse } from 'node:http';
import { UserError } from '../lib/user-error.ts';

/** A request that is not done, with its HTTP status. The page shows message and hint as they are. */
export class Refusal extends UserError {
	readonly status: number;
	readonly headers: Record<string, string>;

	constructor(status: number, message: string, hint: string, headers: Record<string, string> = {}) {
		super(message, hint);
		this.status = status;
		this.headers = headers;
	}
}

const unreachable = new Set(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'ENOTFOUND']);

/**
 * Whatever was thrown, as a refusal: a `UserError` is a conflict with how things stand, what AWS answered or did not is
 * neither ours nor the page's, and anything else is our bug.
 */
export function asRefusal(thrown: unknown): Refusal {
	if (thrown instanceof Refusal) return thrown;
	if (thrown instanceof UserError) return new Refusal(409, thrown.message, thrown.hint);
	if (thrown instanceof Error && '$fault' in thrown) {
		const hint = '`npm run doctor` tells whether the account is ready.';
		return new Refusal(502, `The account answered ${thrown.name}: ${thrown.message}`, hint);
	}
	if (thrown instanceof Error && unreachable.has((thrown as NodeJS.ErrnoException).code ?? '')) {
		const hint =
			'`npm run practice -- status` tells whether the practice account is up; `npm run doctor` looks at a real one.';
		return new Refusal(
			503,
			`The account does not answer: ${thrown.message || (thrown as NodeJS.ErrnoException).code}.`,
			hint,
		);
	}
	const said = thrown instanceof Error ? thrown.message : String(thrown);
	return new Refusal(
		500,
		`Slipway itself failed: ${said}`,
		'The whole error is in the terminal where `npm start` runs; `npm run doctor` ends in a block to paste into a report.',
	);
}

export const errorBody = ({ message, hint }: Refusal) => JSON.stringify({ error: { message, hint } });

/** Answers with the error's JSON. */
export function refuse(response: ServerResponse, refusal: Refusal): void {
	if (response.headersSent) {
		response.destroy();
		return;
	}
	const body = errorBody(refusal);
	response.writeHead(refusal.status, {
		...refusal.headers,
		'Content-Type': 'application/json; charset=utf-8',
		'Content-Length': Buffer.byteLength(body),
		'Cache-Control': 'no-store',
	});
	response.end(response.req.method === 'HEAD' ? undefined : body);
}
