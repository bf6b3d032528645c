import { type Readable, Transform, type TransformCallback } from 'node:stream';
import { Fault } from '../fault.ts';

/**
 * Unwraps `aws-chunked` bodies: `<hex size>[;chunk-signature=…]\r\n<bytes>\r\n … 0\r\n<trailers>\r\n`.
 * Trailers (checksums) are put into `headers` when the stream ends. Truncated bodies are an error, not a short object.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 */
export function unwrapChunks(body: Readable, headers: Record<string, string>): Readable {
	const unwrapped = new Unwrapped(headers);
	// What is left of a body that is refused is read and dropped, so that its sender comes to hear why.
	unwrapped.on('error', () => body.resume());
	return body.on('error', (error) => unwrapped.destroy(error)).pipe(unwrapped);
}

/** A body without its chunks. */
export class Unwrapped extends Transform {
	/** Names of the headers that are to follow the body. */
	readonly announced: string[];
	/** Those headers, once the body has ended. */
	readonly trailers: Record<string, string> = {};
	#pending: Buffer = Buffer.alloc(0);
	/** Bytes of the current chunk still to come; -1 between chunks, -2 in the trailers. */
	#left = -1;
	readonly #headers: Record<string, string>;

	constructor(headers: Record<string, string>) {
		super();
		this.#headers = headers;
		this.announced = (headers['x-amz-trailer'] ?? '').split(',').flatMap((name) => name.trim().toLowerCase() || []);
	}

	override _transform(bytes: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
		this.#pending = this.#pending.length > 0 ? Buffer.concat([this.#pending, bytes]) : bytes;
		try {
			while (this.#step());
			done();
		} catch (error) {
			done(error as Error);
		}
	}

	override _flush(done: TransformCallback): void {
		done(this.#left === -2 ? null : incomplete());
	}

	/** One chunk head, chunk body or trailer line. False when more bytes are needed. */
	#step(): boolean {
		if (this.#left > 0) {
			const bytes = this.#pending.subarray(0, this.#left);
			if (bytes.length === 0) return false;
			this.push(bytes);
			this.#pending = this.#pending.subarray(bytes.length);
			this.#left -= bytes.length;
			return true;
		}
		const end = this.#pending.indexOf('\r\n');
		if (end < 0) return false;
		const line = this.#pending.subarray(0, end).toString('latin1');
		this.#pending = this.#pending.subarray(end + 2);
		if (this.#left === 0) this.#left = -1;
		else if (this.#left === -2) this.#trailer(line);
		else this.#head(line);
		return true;
	}

	#head(line: string): void {
		const size = Number.parseInt(line, 16);
		if (!/^[0-9a-f]+(;|$)/i.test(line) || !Number.isFinite(size)) throw incomplete();
		this.#left = size === 0 ? -2 : size;
	}

	#trailer(line: string): void {
		const colon = line.indexOf(':');
		if (colon <= 0) return;
		const name = line.slice(0, colon).trim().toLowerCase();
		this.trailers[name] = line.slice(colon + 1).trim();
		this.#headers[name] = this.trailers[name];
	}
}

const incomplete = () =>
	new Fault('IncompleteBody', 'You did not provide the number of bytes specified by the Content-Length HTTP header');
