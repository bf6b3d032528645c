import { companion } from '../companion.ts';
import { announce, el, memory } from '../dom.ts';
import { addShortcuts, showKeys } from '../keys.ts';
import type { Shell } from '../terminal/live.ts';
import type { View } from '../terminal/view.ts';
import { text } from '../texts.ts';
import { page, store } from './store.ts';

export type Tab = 'terminal' | 'account' | 'inbox';
const tabs: readonly Tab[] = ['terminal', 'account', 'inbox'];

const root = document.documentElement;
const smallest = 20;
const largest = 85;

/** The panel beside the text. It stays open from page to page, and its terminal is loaded when it first shows. */
export class Dock extends HTMLElement {
	#view: Promise<View> | undefined;
	#shell: Promise<Shell> | undefined;
	#before: Element | null = null;

	connectedCallback(): void {
		this.#on('[data-dock-open]', () => this.open());
		this.#on('[data-dock-close]', () => this.close());
		this.#on('[data-side]', () => this.#place(memory.get('dock.side') === 'side' ? 'bottom' : 'side'));
		this.#on('[data-keys]', showKeys);
		this.#on('[data-transcript]', () => void this.#transcript());
		for (const tab of tabs) this.#tab(tab).addEventListener('click', () => this.open(tab));
		this.find('[role=tablist]').addEventListener('keydown', (event) => this.#arrows(event));
		this.#resizable(this.find('.dock-grip'));
		document.addEventListener('keydown', (event) => {
			if (!event.ctrlKey || event.key !== '`') return;
			event.preventDefault();
			if (this.panel.hidden) this.open();
			else this.close();
		});
		store.addEventListener('change', () => this.#where());
		companion.onConnection(() => this.#where());
		if (sessionStorage.getItem('slipway.dock'))
			this.open(sessionStorage.getItem('slipway.dock') as Tab, { focus: false });
	}

	get panel(): HTMLElement {
		return this.find('.dock');
	}

	find<Found extends HTMLElement>(selector: string): Found {
		return this.querySelector<Found>(selector)!;
	}

	/** Shows a tab of the panel. The focus goes there only when the reader asked for the panel itself. */
	open(
		tab: Tab = (sessionStorage.getItem('slipway.dock.last') as Tab) ?? 'terminal',
		{ focus = tab === 'terminal' } = {},
	): void {
		if (this.panel.hidden) this.#before = document.activeElement;
		this.panel.hidden = false;
		this.find('[data-dock-open]').setAttribute('aria-expanded', 'true');
		sessionStorage.setItem('slipway.dock', tab);
		sessionStorage.setItem('slipway.dock.last', tab);
		this.#place((memory.get('dock.side') as 'side' | null) ?? 'bottom');
		for (const name of tabs) {
			const selected = name === tab;
			this.#tab(name).setAttribute('aria-selected', String(selected));
			this.#tab(name).tabIndex = selected ? 0 : -1;
			this.find(`#panel-${name}`).hidden = !selected;
		}
		if (tab !== 'terminal') return;
		void this.view().then((view) => {
			view.fit();
			if (focus && companion.live) view.focus();
		});
		if (companion.live && store.state?.prepared) void this.shell();
	}

	close(): void {
		this.panel.hidden = true;
		this.find('[data-dock-open]').setAttribute('aria-expanded', 'false');
		sessionStorage.removeItem('slipway.dock');
		delete root.dataset['dock'];
		root.style.setProperty('--dock-size', '0px');
		const back =
			this.#before instanceof HTMLElement && this.#before.isConnected ? this.#before : this.find('[data-dock-open]');
		back.focus();
	}

	/** One sentence above the terminal; none hides it. */
	note(sentence: string): void {
		const note = this.find('.dock-note');
		note.textContent = sentence;
		note.hidden = !sentence;
		if (sentence) announce(sentence);
	}

	/** The screen; it is loaded on first use. */
	view(): Promise<View> {
		this.#view ??= import('../terminal/view.ts').then(({ openView }) => {
			const view = openView(this.find('.screen'), text('terminalLabel'), () => this.#tab('terminal').focus());
			view.onWritten(() => this.#showText(view));
			return view;
		});
		return this.#view;
	}

	/** The learner's shell, attached on first use. */
	shell(): Promise<Shell> {
		this.#shell ??= Promise.all([this.view(), import('../terminal/live.ts')]).then(([view, { attach }]) =>
			attach(view, page.slug, {
				attached: () => this.note(''),
				lost: () => companion.live || this.note(text('lost')),
				ended: (exit) => this.note(text('ended', { exit })),
			}),
		);
		return this.#shell;
	}

	#on(selector: string, act: () => void): void {
		this.find(selector).addEventListener('click', act);
	}

	#tab(tab: Tab): HTMLElement {
		return this.find(`#tab-${tab}`);
	}

	#arrows(event: KeyboardEvent): void {
		const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
		if (!by) return;
		const at = tabs.findIndex((tab) => this.#tab(tab) === document.activeElement);
		const next = tabs[(at + by + tabs.length) % tabs.length]!;
		this.open(next, { focus: false });
		this.#tab(next).focus();
	}

	#place(side: 'bottom' | 'side'): void {
		memory.set('dock.side', side);
		root.dataset['dock'] = side;
		const percent = Number(memory.get('dock.size') ?? 42);
		this.find('.dock-grip').setAttribute('aria-valuenow', String(Math.round(percent)));
		root.style.setProperty('--dock-size', `${percent}vh`);
		root.style.setProperty('--dock-width', `min(${percent}vw, 60vw)`);
	}

	#resizable(grip: HTMLElement): void {
		const resize = (percent: number) => {
			memory.set('dock.size', String(Math.max(smallest, Math.min(largest, percent))));
			this.#place((memory.get('dock.side') as 'side' | null) ?? 'bottom');
		};
		grip.addEventListener('pointerdown', (down) => {
			grip.setPointerCapture(down.pointerId);
			const move = (event: PointerEvent) => resize((1 - event.clientY / innerHeight) * 100);
			grip.addEventListener('pointermove', move);
			grip.addEventListener('lostpointercapture', () => grip.removeEventListener('pointermove', move), { once: true });
		});
		grip.addEventListener('keydown', (event) => {
			const by = { ArrowUp: 4, ArrowDown: -4 }[event.key];
			if (!by) return;
			event.preventDefault();
			resize(Number(memory.get('dock.size') ?? 42) + by);
		});
	}

	async #transcript(): Promise<void> {
		const button = this.find('[data-transcript]');
		const shown = button.getAttribute('aria-pressed') !== 'true';
		this.open('terminal', { focus: false });
		button.setAttribute('aria-pressed', String(shown));
		this.find('.transcript').hidden = !shown;
		const view = await this.view();
		this.#showText(view);
		if (shown) this.find('.transcript').focus();
		else view.fit();
	}

	#showText(view: View): void {
		const place = this.find('.transcript');
		if (!place.hidden) place.textContent = view.text();
	}

	/** Which account the terminal works on; or that what it shows is a recording. */
	#where(): void {
		const { state } = store;
		const target = companion.state?.target;
		const place = this.find('.dock-where');
		if (!companion.live) {
			place.replaceChildren(
				el('span', { class: 'badge' }, text(companion.connection === 'static' ? 'recorded' : companion.connection)),
			);
			if (companion.connection === 'static') this.note(text('staticMore'));
			return;
		}
		place.replaceChildren(
			el('span', { class: 'badge' }, target?.kind ?? ''),
			[state?.region ?? target?.region, state?.account].filter(Boolean).join(' · '),
		);
		if (!this.panel.hidden && state?.prepared && !this.find('#panel-terminal').hidden) void this.shell();
	}
}
customElements.define('slip-dock', Dock);

const dock = () => document.querySelector<Dock>('slip-dock')!;
addShortcuts(
	{ keys: 'Ctrl `', text: 'keyDock' },
	{ keys: 'F6', text: 'keyTerminal' },
	{ keys: 'a', text: 'keyAccount', letter: 'a', act: () => dock().open('account', { focus: false }) },
);
