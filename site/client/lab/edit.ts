import type { Edited } from '../../../lib/companion-api.ts';
import { CompanionError, companion } from '../companion.ts';
import { text } from '../texts.ts';
import { page, store } from './store.ts';

/** A change to a file: its button has the companion write it into the learner's copy, unless that would lose their work. */
class Edit extends HTMLElement {
	connectedCallback(): void {
		this.querySelector('[data-apply]')!.addEventListener('click', () => void this.apply());
	}

	async apply(): Promise<void> {
		const { step, file } = this.dataset;
		const say = this.querySelector('.edit-result')!;
		const diff = this.querySelector<HTMLElement>('.edit-diff')!;
		diff.hidden = true;
		if (!companion.live) {
			say.textContent = text('needsCompanion');
			return;
		}
		try {
			if (!store.state?.prepared) {
				say.textContent = text('preparing');
				await store.prepare();
			}
			const edited = await companion.call<Edited>(`/api/labs/${page.slug}/edit`, { step, file });
			say.textContent = text(edited.outcome, { file: edited.file });
			diff.hidden = !edited.diff;
			diff.textContent = edited.diff ?? '';
		} catch (error) {
			say.textContent =
				error instanceof CompanionError ? text('error', { message: error.message, hint: error.hint }) : String(error);
		}
	}
}
customElements.define('slip-edit', Edit);
