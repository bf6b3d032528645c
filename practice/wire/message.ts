import type { Readable } from 'node:stream';

/** An HTTP request as the wire layer sees it. Header names are lower case. */
export interface WireRequest {
	method: string;
	/** Path as sent, still percent-encoded. */
	path: string;
	/** Query string as sent, without `?`. */
	search: string;
	headers: Record<string, string>;
	/** The body, still to be read. */
	body: Readable;
}

export interface WireResponse {
	status: number;
	headers: Record<string, string>;
	body: string | Uint8Array | Readable;
}
