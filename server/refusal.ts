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

/** Whatever was thrown, as a refusal: a `UserError` is a conflict with how things stand, anything else is our bug. */
export function asRefusal(thrown: unknown): Refusal {
	if (thrown instanceof Refusal) return thrown;
	if (thrown instanceof UserError) return new Refusal(409, thrown.message, thrown.hint);
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
