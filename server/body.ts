import type { IncomingMessage } from 'node:http';
import { Refusal } from './refusal.ts';

/** Bytes that a call may send. The longest real one is a line of JSON. */
export const bodyLimit = 64 * 1024;

/** The JSON object that a call sent; `{}` when it sent nothing. */
export async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
	if (Number(request.headers['content-length'] ?? 0) > bodyLimit) throw tooLarge();
	const bytes = await read(request);
	if (bytes.length === 0) return {};

	const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
	if (type !== 'application/json') {
		throw new Refusal(
			415,
			`A body of type ${type ?? 'unknown'} is not read here.`,
			'Send `Content-Type: application/json`.',
		);
	}
	let value: unknown;
	try {
		value = JSON.parse(bytes.toString('utf8'));
	} catch (cause) {
		throw new Refusal(400, `The body is not JSON: ${(cause as Error).message}.`, 'Send one JSON object.');
	}
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		throw new Refusal(400, 'The body is JSON, but not an object.', 'Send one JSON object.');
	}
	return value as Record<string, unknown>;
}

/** All that comes. A body that is too large is let run out, so that the client hears the answer before the line closes. */
function read(request: IncomingMessage): Promise<Buffer> {
	const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
	const chunks: Buffer[] = [];
	let size = 0;
	request.on('data', (chunk: Buffer) => {
		size += chunk.length;
		if (size <= bodyLimit) chunks.push(chunk);
		else reject(tooLarge());
	});
	request.on('end', () => resolve(Buffer.concat(chunks)));
	request.on('error', reject);
	return promise;
}

const tooLarge = () =>
	new Refusal(413, `The body is larger than ${bodyLimit / 1024} kB.`, 'No call of the companion needs that much.', {
		Connection: 'close',
	});

/** A field of the body that must be text. */
export function text(body: Record<string, unknown>, name: string): string {
	const value = optionalText(body, name);
	if (value === undefined) throw new Refusal(400, `The body lacks "${name}".`, `Send {"${name}": "…"}.`);
	return value;
}

/** A field of the body that must be text where it is there. */
export function optionalText(body: Record<string, unknown>, name: string): string | undefined {
	const value = body[name];
	if (value !== undefined && typeof value !== 'string') {
		throw new Refusal(400, `"${name}" is ${JSON.stringify(value)}, which is not text.`, `Send {"${name}": "…"}.`);
	}
	return value;
}
