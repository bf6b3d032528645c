import type { Change } from '../../server/services.ts';

/** Reads the practice process's stream of changes until it ends. Server-sent events: `data: <JSON>`, then an empty line. */
export async function readChanges(response: Response, onChange: (change: Change) => void): Promise<void> {
	if (!response.ok || !response.body) return;
	let rest = '';
	for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
		const events = (rest + text).split('\n\n');
		rest = events.pop()!;
		for (const event of events) {
			const data = event
				.split('\n')
				.filter((line) => line.startsWith('data:'))
				.map((line) => line.slice(5).trim())
				.join('\n');
			if (data) onChange(JSON.parse(data) as Change);
		}
	}
}
