import { CompanionError, companion } from '../companion.ts';
import { el } from '../dom.ts';
import { text } from '../texts.ts';
import { page, store } from './store.ts';

/** Below a lab's title: the tools that this machine lacks, each with the line that installs it, and the way to begin. */
class Prepare extends HTMLElement {
	connectedCallback(): void {
		store.addEventListener('change', () => this.show());
		companion.onConnection(() => this.show());
	}

	show(): void {
		const { state } = store;
		const missing = state?.missing ?? [];
		this.hidden = !companion.live || !state || (state.prepared && missing.length === 0);
		if (this.hidden || !state) return;
		const say = el('p', { role: 'status' });
		const button = el(
			'button',
			{ type: 'button', class: 'button primary', click: () => void prepare() },
			text('prepare'),
		);
		const prepare = async () => {
			button.disabled = true;
			say.textContent = text('preparing');
			try {
				await store.prepare();
			} catch (error) {
				say.textContent =
					error instanceof CompanionError ? text('error', { message: error.message, hint: error.hint }) : String(error);
				button.disabled = false;
			}
		};
		this.replaceChildren(
			...(missing.length > 0 ? [el('strong', {}, text('missing'))] : []),
			...(missing.length > 0
				? [
						el(
							'ul',
							{},
							...missing.map(({ name, optional, install }) =>
								el(
									'li',
									{},
									el('code', { class: 'mono' }, name),
									optional && ` (${text('optional')})`,
									' ',
									text('install', { line: install }),
								),
							),
						),
					]
				: []),
			...(state.prepared ? [] : [button, el('p', { class: 'quiet' }, text('prepareMore', { lab: page.slug })), say]),
		);
	}
}
customElements.define('slip-prepare', Prepare);
