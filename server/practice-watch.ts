import { setTimeout as pause } from 'node:timers/promises';
import type { State } from '../lib/companion-api.ts';
import type { Events } from './events.ts';
import type { Practice } from './services.ts';

/** Keeps the pages told of what the practice process does, through its restarts. */
export interface PracticeWatch {
	/** From now on, tells the changes of this lab's account. */
	follow(slug: string): void;
	/** Looks at once, and tells whether it is up even when nothing changed. */
	announce(): void;
	close(): void;
}

/** `every`: how often it looks whether the process is up, in ms. It looks only while a page listens. */
export function watchPractice(practice: Practice, events: Events, every: number): PracticeWatch {
	const stop = new AbortController();
	const followed = new Set<string>();
	let known: State['practice'] | undefined;
	let looking = false;

	async function look(): Promise<void> {
		if (looking || !events.listening()) return;
		looking = true;
		try {
			const now = await practice.status().catch(() => 'down' as const);
			if (now === known || stop.signal.aborted) return;
			known = now;
			events.tell({ kind: 'practice', up: now === 'up' });
		} finally {
			looking = false;
		}
	}
	const timer = setInterval(() => void look(), every).unref();

	/** The stream ends when the process does; it is opened again as long as the companion lives. */
	async function stream(slug: string): Promise<void> {
		while (!stop.signal.aborted) {
			if (known === 'up') {
				const tell = (change: object) => events.tell({ kind: 'change', lab: slug, ...change } as never);
				// A stream that breaks is a process that went: `look` tells.
				await practice.changes(slug, tell, stop.signal).catch(() => undefined);
			}
			await pause(every, undefined, { signal: stop.signal, ref: false }).catch(() => undefined);
		}
	}

	return {
		follow(slug) {
			if (followed.has(slug)) return;
			followed.add(slug);
			void stream(slug);
		},
		announce() {
			known = undefined;
			void look();
		},
		close() {
			clearInterval(timer);
			stop.abort();
		},
	};
}
