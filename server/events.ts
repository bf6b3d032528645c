import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Event } from '../lib/companion-api.ts';

/** The pages that listen. */
export interface Events {
	/** Keeps the response open and sends events to it until the page goes. */
	open(request: IncomingMessage, response: ServerResponse): void;
	tell(event: Event): void;
	listening(): boolean;
	close(): void;
}

/** `beat`: after how many ms of silence a comment shows both ends, and any proxy between, that the stream lives. */
export function createEvents({ beat, onListener }: { beat: number; onListener: () => void }): Events {
	const pages = new Set<ServerResponse>();
	const timer = setInterval(() => {
		for (const page of pages) page.write(': still here\n\n');
	}, beat).unref();

	return {
		open(request, response) {
			response.writeHead(200, {
				'Content-Type': 'text/event-stream; charset=utf-8',
				'Cache-Control': 'no-store',
				// A forwarding proxy must not collect it.
				'X-Accel-Buffering': 'no',
			});
			// `retry` is how long a page waits before it comes back, in ms.
			response.write('retry: 1000\n\n');
			pages.add(response);
			request.socket.setTimeout(0);
			response.on('close', () => pages.delete(response));
			onListener();
		},
		tell(event) {
			for (const page of pages) page.write(`data: ${JSON.stringify(event)}\n\n`);
		},
		listening: () => pages.size > 0,
		close() {
			clearInterval(timer);
			for (const page of pages) page.end();
		},
	};
}
