import { companion } from './companion.ts';
import { announce, el } from './dom.ts';
import { showProgress } from './home.ts';
import './code-regions.ts';
import './keys.ts';
import { text } from './texts.ts';

/** Says when the companion is not there and how to bring it back; a page that never had one is told once, where it matters. */
class CompanionNotice extends HTMLElement {
	connectedCallback(): void {
		companion.onConnection(() => this.show());
		companion.onEvent((event) => event.kind === 'practice' && this.show());
	}

	show(): void {
		const { connection } = companion;
		const message =
			connection === 'gone'
				? ['gone', 'goneMore']
				: connection === 'refused'
					? ['refused', 'refusedMore']
					: connection === 'live' && companion.state?.practice === 'down'
						? ['gone', 'practiceDown']
						: undefined;
		this.hidden = !message;
		if (!message) {
			this.replaceChildren();
			return;
		}
		const retry = el(
			'button',
			{ type: 'button', class: 'button', click: () => void companion.connect() },
			text('retry'),
		);
		const dismiss = el(
			'button',
			{ type: 'button', class: 'button', click: () => (this.hidden = true) },
			text('dismiss'),
		);
		this.replaceChildren(
			connection !== 'live' ? el('strong', {}, text(message[0]!)) : '',
			el('span', {}, text(message[1]!)),
			el('div', { class: 'acts' }, connection === 'gone' && retry, dismiss),
		);
		announce(text(message[1]!));
	}
}
customElements.define('slip-companion', CompanionNotice);

companion.onConnection(showProgress);
companion.onEvent((event) => event.kind === 'report' && void companion.refresh().then(showProgress, () => undefined));
void companion.connect();
