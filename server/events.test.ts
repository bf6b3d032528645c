import { EventEmitter, on } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import type { Event, State } from '../lib/companion-api.ts';
import type { Change, Practice } from './services.ts';
import { report, services, started } from './testing.ts';

/** Listens as a page does, with fetch. */
async function listen({ port, companion }: Awaited<ReturnType<typeof started>>) {
	const stop = new AbortController();
	onTestFinished(() => stop.abort());
	const answer = await fetch(`http://127.0.0.1:${port}/api/events`, {
		headers: { authorization: `Bearer ${companion.token}` },
		signal: stop.signal,
	});
	const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
	let text = '';
	/** All that was sent until it contains `wanted`. */
	async function until(wanted: (text: string) => boolean): Promise<string> {
		while (!wanted(text)) {
			const { value, done } = await reader.read();
			if (done) throw new Error(`The stream ended after ${text}`);
			text += value;
		}
		return text;
	}
	const events = () => [...text.matchAll(/^data: (.*)\n\n/gm)].map(([, json]) => JSON.parse(json!) as Event);
	return {
		answer,
		until,
		ended: async () => {
			while (!(await reader.read()).done);
			return true;
		},
		event: async (wanted: Partial<Event>) => {
			const matches = (event: Event) =>
				Object.entries(wanted).every(([name, value]) => event[name as keyof Event] === value);
			await until(() => events().some(matches));
			return events().find(matches);
		},
		events,
	};
}

/** A practice process that goes and comes as the test says. */
function practiceProcess() {
	const news = new EventEmitter();
	let status: State['practice'] = 'up';
	let streams = 0;
	const practice: Partial<Practice> = {
		status: async () => status,
		async changes(_, onChange, signal) {
			streams++;
			const stop = new AbortController();
			news.once('gone', () => stop.abort());
			try {
				for await (const [change] of on(news, 'change', { signal: AbortSignal.any([signal, stop.signal]) }))
					onChange(change);
			} catch (error) {
				if ((error as Error).name !== 'AbortError') throw error;
			}
			if (stop.signal.aborted) throw new Error('socket hang up');
		},
	};
	return {
		services: services({ practice: practice as Practice }),
		change: (change: Change) => news.emit('change', change),
		streams: () => streams,
		goes(now: State['practice']) {
			status = now;
			if (now === 'down') news.emit('gone');
		},
	};
}

test('a page is told at once whether practice is up, and hears that the line lives', async () => {
	const page = await listen(await started());
	expect(page.answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
	expect(page.answer.headers.get('cache-control')).toBe('no-store');
	expect(await page.event({ kind: 'practice' })).toEqual({ kind: 'practice', up: true });
	expect(await page.until((text) => text.includes(': still here\n\n'))).toMatch(/^retry: 1000\n\n/);
});

test('a report and a moved clock reach every page', async () => {
	const running = await started();
	const pages = [await listen(running), await listen(running)];
	await running.post('/api/labs/get-ready/validate');
	await running.post('/api/labs/get-ready/clock', { advance: '10m' });
	for (const page of pages) {
		expect(await page.event({ kind: 'report' })).toEqual({
			kind: 'report',
			lab: 'get-ready',
			report: report('get-ready'),
		});
		expect(await page.event({ kind: 'clock' })).toEqual({
			kind: 'clock',
			lab: 'get-ready',
			now: '2026-11-22T10:00:00.000Z',
			offset: 600_000,
		});
	}
});

test('changes of the account of a lab that a page looked at are told, once each, and again after a restart', async () => {
	const process = practiceProcess();
	const running = await started({ services: process.services });
	const page = await listen(running);
	await page.event({ kind: 'practice', up: true });
	await running.ask('/api/labs/get-ready');
	await running.ask('/api/labs/get-ready');
	await expect.poll(process.streams).toBe(1);
	const change = { at: '2026-11-22T10:00:01.000Z', service: 'sqs', operation: 'CreateQueue', resource: 'Orders' };
	process.change(change);
	expect(await page.event({ kind: 'change' })).toEqual({ kind: 'change', lab: 'get-ready', ...change });

	process.goes('down');
	expect(await page.event({ kind: 'practice', up: false })).toEqual({ kind: 'practice', up: false });
	process.goes('up');
	await expect.poll(process.streams).toBe(2);
	process.change({ ...change, resource: 'Second' });
	await page.event({ kind: 'change', resource: 'Second' } as Partial<Event>);
	expect(page.events().map((event) => (event.kind === 'practice' ? event.up : event.kind))).toEqual([
		true,
		'change',
		false,
		true,
		'change',
	]);
});

test('a page that comes later is told how things stand, not how they stood', async () => {
	const process = practiceProcess();
	process.goes('down');
	const running = await started({ services: process.services });
	const first = await listen(running);
	expect(await first.event({ kind: 'practice' })).toEqual({ kind: 'practice', up: false });
	const second = await listen(running);
	expect(await second.event({ kind: 'practice' })).toEqual({ kind: 'practice', up: false });
});

test('the stream ends with the companion', async () => {
	const running = await started();
	const page = await listen(running);
	await running.companion.close();
	expect(await page.ended()).toBe(true);
});
