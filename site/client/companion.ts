import type { Event as CompanionEvent, State } from '../../lib/companion-api.ts';
import { memory } from './dom.ts';

/** `static`: nobody ever gave this page a token. `gone`: it does not answer. `refused`: it answers, but to another token. */
export type Connection = 'static' | 'connecting' | 'live' | 'gone' | 'refused';

/** What the companion refused, with what to do about it. */
export class CompanionError extends Error {
	readonly hint: string;

	constructor(message: string, hint: string) {
		super(message);
		this.hint = hint;
	}
}

/** The longest wait between two tries to reach it again, in ms. */
const longestWait = 15_000;

/**
 * The line to the companion that serves this page. The run's token comes in the URL's fragment, which no server sees,
 * and is kept for this origin. Emits `connection` when the line changes and `event` for each event of the companion.
 */
class Companion extends EventTarget {
	connection: Connection = 'static';
	state: State | undefined;
	token = takeToken();
	#wait = 1000;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#connecting = false;

	get live(): boolean {
		return this.connection === 'live';
	}

	/** Reaches for the companion, now rather than after the current wait. */
	async connect(): Promise<void> {
		if (!this.token) return this.#become('static');
		if (this.#connecting || this.live) return;
		clearTimeout(this.#timer);
		this.#connecting = true;
		if (this.connection === 'static') this.#become('connecting');
		try {
			await this.refresh();
			this.#wait = 1000;
			this.#become('live');
			void this.#listen();
		} catch {
			// `call` has already said what kind of silence it is.
		} finally {
			this.#connecting = false;
		}
	}

	/** Reads the companion's state anew. */
	async refresh(): Promise<void> {
		this.state = await this.call<State>('/api/state');
	}

	/** One call of lib/companion-api.ts. Throws a CompanionError with what to do. */
	async call<Answer>(path: string, body?: unknown): Promise<Answer> {
		const answer = await this.#fetch(path, body);
		const json = (await answer.json().catch(() => ({}))) as { error?: { message: string; hint: string } };
		if (!answer.ok)
			throw new CompanionError(json.error?.message ?? `${answer.status} ${answer.statusText}`, json.error?.hint ?? '');
		return json as Answer;
	}

	async #fetch(path: string, body?: unknown): Promise<Response> {
		let answer: Response;
		try {
			answer = await fetch(path, {
				method: body === undefined ? 'GET' : 'POST',
				headers: {
					authorization: `Bearer ${this.token}`,
					...(body !== undefined && { 'content-type': 'application/json' }),
				},
				...(body !== undefined && { body: JSON.stringify(body) }),
			});
		} catch (error) {
			this.lost();
			throw new CompanionError('The companion does not answer.', error instanceof Error ? error.message : '');
		}
		// A static host answers 404 to everything under /api.
		if (answer.status === 401 || (answer.status === 404 && path === '/api/state')) {
			this.#become('refused');
			throw new CompanionError('The companion does not know this page.', '');
		}
		return answer;
	}

	/** The line broke; it is tried again after a wait that doubles. */
	lost(): void {
		this.#become('gone');
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => void this.connect(), this.#wait);
		this.#wait = Math.min(this.#wait * 2, longestWait);
	}

	async #listen(): Promise<void> {
		try {
			const answer = await this.#fetch('/api/events');
			const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
			let rest = '';
			for (;;) {
				const { value, done } = await reader.read();
				if (done) break;
				const lines = (rest + value).split('\n');
				rest = lines.pop()!;
				for (const line of lines) if (line.startsWith('data:')) this.#emit(JSON.parse(line.slice(5)) as CompanionEvent);
			}
		} catch {
			// The same as an end.
		}
		if (this.live) this.lost();
	}

	#emit(event: CompanionEvent): void {
		if (event.kind === 'practice' && this.state) this.state.practice = event.up ? 'up' : 'down';
		this.dispatchEvent(new CustomEvent('event', { detail: event }));
	}

	#become(connection: Connection): void {
		document.documentElement.dataset['companion'] = connection;
		if (this.connection === connection) return;
		this.connection = connection;
		this.dispatchEvent(new Event('connection'));
	}

	/** Calls back at once and on each change of the line. */
	onConnection(listener: () => void): void {
		this.addEventListener('connection', listener);
		listener();
	}

	onEvent(listener: (event: CompanionEvent) => void): void {
		this.addEventListener('event', (event) => listener((event as CustomEvent<CompanionEvent>).detail));
	}
}

function takeToken(): string | null {
	const given = /^#token=([\w-]+)$/.exec(location.hash)?.[1];
	if (!given) return memory.get('token');
	memory.set('token', given);
	history.replaceState(history.state, '', location.pathname + location.search);
	return given;
}

export const companion = new Companion();
document.documentElement.dataset['companion'] = 'static';

const now = () => companion.connection === 'gone' && void companion.connect();
window.addEventListener('online', now);
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && now());
