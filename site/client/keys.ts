import { el, memory } from './dom.ts';
import { text } from './texts.ts';

/** What a key does on this page. Single letters can be switched off, since a dictating reader speaks them by accident. */
interface Shortcut {
	keys: string;
	text: string;
	/** The `key` of the keyboard event, for single letters. */
	letter?: string;
	act?: () => void;
}

const shortcuts: Shortcut[] = [
	{ keys: '?', text: 'keyHelp', letter: '?', act: () => showKeys() },
	{ keys: 'Ctrl K', text: 'keySearch' },
];

/** Adds shortcuts to the page and to the list that `?` shows. */
export function addShortcuts(...more: Shortcut[]): void {
	shortcuts.push(...more);
}

const typing = (target: EventTarget | null) =>
	target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

document.addEventListener('keydown', (event) => {
	if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector('dialog[open]'))
		return;
	const shortcut = shortcuts.find(({ letter }) => letter === event.key);
	if (!shortcut?.act || (event.key !== '?' && memory.get('keys') === 'off')) return;
	event.preventDefault();
	shortcut.act();
});

let dialog: HTMLDialogElement | undefined;

/** Shows the list of shortcuts. */
export function showKeys(): void {
	dialog ??= document.body.appendChild(el('dialog', { class: 'keys', 'aria-labelledby': 'keys-title' }));
	const single = el('input', {
		type: 'checkbox',
		checked: memory.get('keys') !== 'off',
		change: () => memory.set('keys', single.checked ? 'on' : 'off'),
	});
	dialog.replaceChildren(
		el('h2', { id: 'keys-title' }, text('keysTitle')),
		el(
			'dl',
			{},
			...shortcuts.flatMap(({ keys, text: what }) => [
				el('dt', {}, ...keys.split(' ').flatMap((key, at) => [at > 0 && ' ', el('kbd', {}, key)])),
				el('dd', {}, text(what)),
			]),
		),
		el('p', { class: 'quiet' }, el('label', {}, single, ' ', text('keysSingle'))),
		el('button', { type: 'button', class: 'button', click: () => dialog!.close() }, text('close')),
	);
	dialog.showModal();
}
