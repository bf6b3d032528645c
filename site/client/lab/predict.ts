import { memory } from '../dom.ts';
import { text } from '../texts.ts';

/** A prediction: remembered in this browser, never scored, and said again beside the outcome. */
class Predict extends HTMLElement {
	connectedCallback(): void {
		for (const option of this.options) option.addEventListener('click', () => this.choose(option.dataset['option']!));
		const choice = memory.get(this.key);
		if (choice) this.show(choice);
		this.outcome.addEventListener('toggle', () => this.show(memory.get(this.key)));
		document.addEventListener('slip:ran', (event) => {
			if ((event as CustomEvent<{ step: string }>).detail.step === this.dataset['step'] && memory.get(this.key))
				this.outcome.open = true;
		});
	}

	get key(): string {
		return `predict.${this.dataset['lab']}.${this.dataset['question']}`;
	}
	get options(): HTMLButtonElement[] {
		return [...this.querySelectorAll<HTMLButtonElement>('[data-option]')];
	}
	get outcome(): HTMLDetailsElement {
		return this.querySelector('.outcome')!;
	}

	choose(choice: string): void {
		memory.set(this.key, choice);
		this.show(choice);
	}

	show(choice: string | null): void {
		if (choice === null) return;
		for (const option of this.options) option.setAttribute('aria-pressed', String(option.dataset['option'] === choice));
		this.querySelector('.said')!.textContent =
			`${text('youSaid', { choice })} ${this.outcome.open ? '' : text('nowRun')}`;
	}
}
customElements.define('slip-predict', Predict);
