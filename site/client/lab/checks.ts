import type { Result } from '../../../validators/check.ts';
import { CompanionError } from '../companion.ts';
import { announce, el } from '../dom.ts';
import { clockTime, text } from '../texts.ts';
import { page, store } from './store.ts';

/** The checks of one step: the state of each, and the diagnosis of those that do not pass, in place. */
class Checks extends HTMLElement {
	connectedCallback(): void {
		store.addEventListener('change', () => this.show());
		this.button.addEventListener('click', () => void checkStep(this.step));
	}

	get step(): string {
		return this.dataset['step']!;
	}
	get button(): HTMLButtonElement {
		return this.querySelector('[data-check-step]')!;
	}
	get say(): HTMLElement {
		return this.querySelector('.checks-result')!;
	}

	show(): void {
		for (const item of this.querySelectorAll<HTMLElement>('li[data-check]')) {
			const result = store.result(item.dataset['check']!);
			if (!result) continue;
			item.dataset['status'] = result.status === 'skipped' && result.passedAt ? 'passed' : result.status;
			item.querySelector('.check-status')!.textContent = statusText(result);
			item.querySelector('.check-detail')!.replaceChildren(...diagnosis(result));
		}
	}
}
customElements.define('slip-checks', Checks);

/** Looks at the checks of a step and says the outcome. */
export async function checkStep(step: string): Promise<void> {
	const element = document.querySelector<Checks>(`slip-checks[data-step="${step}"]`);
	if (!element || element.button.disabled) return;
	element.button.disabled = true;
	element.say.textContent = text('checking');
	try {
		await store.validate(step);
		const own = page.checks.filter((check) => check.step === step);
		const passed = own.filter(({ id }) => ['passed', 'skipped'].includes(store.result(id)?.status ?? '')).length;
		element.say.textContent = text('result', { passed, count: own.length });
		if (store.step(step) === 'passed') announce(text('stepPassed'));
	} catch (error) {
		element.say.textContent =
			error instanceof CompanionError ? text('error', { message: error.message, hint: error.hint }) : String(error);
	} finally {
		element.button.disabled = false;
	}
}

function statusText(result: Result): string {
	if (result.status === 'skipped' && result.passedAt) return text('passedThen', { time: clockTime(result.passedAt) });
	return text(result.status);
}

function diagnosis(result: Result): Node[] {
	const rows: [string, string][] = [];
	if (result.status !== 'passed' && result.status !== 'skipped') {
		if (result.expected) rows.push(['expected', result.expected]);
		if (result.found) rows.push(['found', result.found]);
		if (result.next) rows.push(['next', result.next]);
	}
	for (const { what, value } of result.evidence ?? []) rows.push([what, value]);
	const parts: Node[] = [];
	if (result.remark) parts.push(el('p', {}, result.remark));
	if (rows.length > 0) {
		const cells = rows.flatMap(([name, value]) => [
			el('dt', {}, ['expected', 'found', 'next'].includes(name) ? text(name) : name),
			el('dd', { class: name === 'next' ? 'next' : undefined }, ...inlineCode(value)),
		]);
		parts.push(el('dl', {}, ...cells));
	}
	const acts = [
		result.consoleUrl && el('a', { href: result.consoleUrl, rel: 'noreferrer' }, text('console')),
		result.cause && el('span', { class: 'quiet' }, `${text('cause')}: `, el('code', { class: 'mono' }, result.cause)),
		result.status === 'failed' && copyButton(result),
	].filter((act): act is HTMLElement => Boolean(act));
	if (acts.length > 0) parts.push(el('div', { class: 'acts' }, ...acts));
	return parts;
}

const inlineCode = (value: string) =>
	value.split(/`([^`]+)`/).map((part, at) => (at % 2 ? el('code', { class: 'mono' }, part) : part));

/** A block to paste where one asks for help. Account ids stay here. */
function copyButton(result: Result): HTMLElement {
	const { id, cause, expected, found, next } = result;
	const question = `Slipway, lab ${page.slug}, check ${id}, cause ${cause}\nExpected: ${expected}\nFound: ${found}\nNext: ${next}`;
	const button = el('button', { type: 'button', class: 'button', click: () => void copy() }, text('copyQuestion'));
	const copy = async () => {
		await navigator.clipboard.writeText(question.replace(/\b\d{12}\b/g, '<account>'));
		button.textContent = text('copied');
		announce(text('copied'));
	};
	return button;
}
