import { companion } from '../companion.ts';
import { announce } from '../dom.ts';
import { clockTime, duration, text } from '../texts.ts';
import { page, store } from './store.ts';

const labels = { '1m': 'minute1', '10m': 'minute10', '1h': 'hour', '1d': 'day' } as const;

/** The account's clock, and the buttons that move it. A real account's stands still, and says so. */
class Clock extends HTMLElement {
	connectedCallback(): void {
		for (const button of this.buttons) {
			const advance = button.dataset['advance'] as keyof typeof labels;
			button.textContent = text(labels[advance]);
			button.addEventListener('click', () => void this.move(button, advance));
		}
		store.addEventListener('change', () => this.show());
		companion.onConnection(() => this.show());
	}

	get buttons(): HTMLButtonElement[] {
		return [...this.querySelectorAll<HTMLButtonElement>('[data-advance]')];
	}

	show(): void {
		const { state } = store;
		this.hidden = !companion.live || !state?.prepared;
		if (!state || this.hidden) return;
		const aws = companion.state?.target.kind === 'aws';
		const group = this.querySelector<HTMLElement>('[role=group]')!;
		for (const button of this.buttons) button.disabled = aws;
		group.title = aws ? group.dataset['aws']! : '';
		const ahead = state.offset > 0 ? ` · ${text('clockAhead', { ahead: duration(state.offset) })}` : '';
		this.querySelector('.clock-now')!.textContent = aws
			? group.dataset['aws']!
			: text('clockNow', { time: clockTime(state.now) }) + ahead;
	}

	async move(button: HTMLButtonElement, advance: string): Promise<void> {
		button.disabled = true;
		try {
			const { now, offset } = await companion.call<{ now: string; offset: number }>(`/api/labs/${page.slug}/clock`, {
				advance,
			});
			store.moveClock(now, offset);
			announce(text('clockMoved', { time: clockTime(now) }));
			if (store.current) void store.validate(store.current).catch(() => undefined);
		} catch (error) {
			announce(String(error));
		} finally {
			button.disabled = false;
		}
	}
}
customElements.define('slip-clock', Clock);
