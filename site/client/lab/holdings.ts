import type { Item, Mail } from '../../../lib/companion-api.ts';
import { companion } from '../companion.ts';
import { el } from '../dom.ts';
import { clockTime, text } from '../texts.ts';
import { page, store } from './store.ts';

/** How long to wait for more changes before reading the account again, in ms. */
const settle = 400;
/** How many of the latest changes are shown. */
const latest = 20;

interface Change {
	at: string;
	service: string;
	operation: string;
	resource?: string;
	error?: string;
}

/** A panel of the dock that reads something of the account when it shows and when something changed. */
abstract class Panel extends HTMLElement {
	#timer: ReturnType<typeof setTimeout> | undefined;

	connectedCallback(): void {
		companion.onConnection(() => this.soon());
		companion.onEvent((event) => {
			if (event.kind !== 'change' || event.lab !== page.slug) return;
			this.changed(event);
			this.soon();
		});
		store.addEventListener('change', () => this.soon());
		new MutationObserver(() => this.soon(0)).observe(this, { attributeFilter: ['hidden'] });
	}

	soon(wait = settle): void {
		if (this.hidden) return;
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => void this.#read(), wait);
	}

	async #read(): Promise<void> {
		if (!companion.live) return this.say(this.offline);
		if (!store.state?.prepared) return this.say(text('accountNotPrepared'));
		try {
			await this.read();
		} catch (error) {
			this.say((error as Error).message);
		}
	}

	say(sentence: string): void {
		this.replaceChildren(el('p', {}, sentence));
	}

	abstract offline: string;
	abstract read(): Promise<void>;
	changed(_change: Change): void {}
}

/** What the account holds now, and what just changed in it. */
class Account extends Panel {
	override offline = text('accountOffline');
	#seen: Set<string> | undefined;
	#open = new Set<string>();
	#changes: Change[] = [];

	override changed(change: Change): void {
		this.#changes = [change, ...this.#changes].slice(0, latest);
	}

	override async read(): Promise<void> {
		const { items, readAt } = await companion.call<{ items: Item[]; readAt: string }>(
			`/api/labs/${page.slug}/inventory`,
		);
		const key = ({ type, id }: Item) => `${type} ${id}`;
		const before = this.#seen;
		this.#seen = new Set(items.map(key));
		const head = el(
			'div',
			{ class: 'account-head' },
			el('strong', {}, items.length ? text('accountHolds', { count: items.length }) : text('accountEmpty')),
			el('span', { class: 'quiet' }, text('accountRead', { time: clockTime(readAt) })),
			el('button', { type: 'button', class: 'button', click: () => this.soon(0) }, text('refresh')),
		);
		const list = el(
			'ul',
			{ class: 'holdings' },
			...items.map((item) => this.#item(item, key(item), Boolean(before && !before.has(key(item))))),
		);
		const changes = this.#changes.length
			? el('ol', { class: 'changes' }, ...this.#changes.map(changeLine))
			: el('p', { class: 'quiet' }, text('accountNoChanges'));
		this.replaceChildren(
			el(
				'div',
				{ class: 'account-grid' },
				el('div', {}, head, list),
				el('div', {}, el('strong', {}, text('accountChanges')), changes),
			),
		);
	}

	#item({ type, id, detail, consoleUrl, command, json }: Item, key: string, isNew: boolean): HTMLElement {
		const summary = [
			el('span', { class: 'kind' }, type.replace(/^AWS::/, '').replaceAll('::', ' ')),
			el('span', { class: 'id' }, id),
			detail && el('span', {}, detail),
			isNew && el('span', { class: 'new' }, text('new')),
		];
		const toggle = (event: Event) => {
			if ((event.target as HTMLDetailsElement).open) this.#open.add(key);
			else this.#open.delete(key);
		};
		return el(
			'li',
			{},
			el(
				'details',
				{ open: this.#open.has(key), toggle },
				el('summary', {}, ...summary),
				command && el('pre', { tabindex: '0' }, command),
				json !== undefined && el('p', { class: 'quiet' }, text('json')),
				json !== undefined && el('pre', { tabindex: '0' }, JSON.stringify(json, undefined, 2)),
				consoleUrl && el('a', { href: consoleUrl, rel: 'noreferrer' }, text('console')),
			),
		);
	}
}
customElements.define('slip-account', Account);

const changeLine = ({ at, service, operation, resource, error }: Change) =>
	el(
		'li',
		{},
		el('time', { datetime: at }, clockTime(at)),
		` ${service} ${operation} ${resource ?? ''} `,
		error && el('span', { class: 'error' }, error),
	);

/** The mail that the account's notifications sent. */
class Inbox extends Panel {
	override offline = text('inboxOffline');

	override async read(): Promise<void> {
		const { mails } = await companion.call<{ mails: Mail[] }>(`/api/labs/${page.slug}/inbox`);
		if (mails.length === 0) return this.say(text('inboxEmpty'));
		const mail = ({ at, to, subject, body }: Mail) =>
			el(
				'li',
				{},
				el(
					'details',
					{},
					el(
						'summary',
						{},
						el('strong', {}, subject),
						' ',
						text('to', { to }),
						' ',
						el('time', { datetime: at }, clockTime(at)),
					),
					el('pre', { tabindex: '0' }, body),
				),
			);
		this.replaceChildren(el('ul', { class: 'mails' }, ...mails.toReversed().map(mail)));
	}
}
customElements.define('slip-inbox', Inbox);
