import { addShortcuts } from '../keys.ts';
import { text } from '../texts.ts';
import { checkStep } from './checks.ts';
import { page, store } from './store.ts';

const sections = [...document.querySelectorAll<HTMLElement>('.step')];
const links = new Map(
	[...document.querySelectorAll<HTMLElement>('[data-rail]')].map((item) => [item.dataset['rail']!, item]),
);

function show(): void {
	for (const section of sections) {
		const step = section.dataset['step']!;
		const state = store.step(step);
		const words =
			state === 'passed'
				? text('passed')
				: state === 'failed'
					? text('failed')
					: state === 'current'
						? text('current')
						: '';
		for (const place of [section, links.get(step)]) {
			if (!place) continue;
			place.dataset['state'] = state;
			place.querySelector('.step-state')!.textContent = words && `· ${words}`;
		}
		const why = section.querySelector<HTMLDetailsElement>('.why');
		if (why && state === 'passed' && !why.hasAttribute('data-earned')) {
			why.setAttribute('data-earned', '');
			why.open = true;
		}
	}
}
store.addEventListener('change', show);

/** The step that is being read: the last one whose top has passed a third of the window. */
export function readStep(): HTMLElement | undefined {
	return sections.findLast((section) => section.getBoundingClientRect().top < innerHeight / 3) ?? sections[0];
}

const watch = new IntersectionObserver(
	() => {
		const reading = readStep()?.dataset['step'];
		for (const [step, item] of links) {
			const link = item.querySelector('a')!;
			if (step === reading) link.setAttribute('aria-current', 'step');
			else link.removeAttribute('aria-current');
		}
	},
	{ rootMargin: '-30% 0px -65% 0px' },
);
for (const section of sections) watch.observe(section);

function go(by: 1 | -1): void {
	const at = sections.indexOf(readStep()!);
	const target = sections[Math.max(0, Math.min(sections.length - 1, at + by))];
	if (!target) return;
	target.tabIndex = -1;
	target.scrollIntoView();
	target.focus({ preventScroll: true });
	history.replaceState(history.state, '', `#${target.id}`);
}

addShortcuts(
	{ keys: 'j', text: 'keyNext', letter: 'j', act: () => go(1) },
	{ keys: 'k', text: 'keyPrevious', letter: 'k', act: () => go(-1) },
	{
		keys: 'r',
		text: 'keyRun',
		letter: 'r',
		act: () => {
			const buttons = [...(readStep()?.querySelectorAll<HTMLButtonElement>('.slip-run') ?? [])];
			(buttons.find((button) => !button.dataset['ran']) ?? buttons[0])?.click();
		},
	},
	{
		keys: 'c',
		text: 'keyCheck',
		letter: 'c',
		act: () => void checkStep(readStep()?.dataset['step'] ?? page.steps[0]!),
	},
);
