import { companion } from './companion.ts';
import { text } from './texts.ts';

/** Marks the labs on the course map that this learner has begun or done. */
export function showProgress(): void {
	for (const node of document.querySelectorAll<HTMLElement>('[data-course]')) {
		const lab = companion.live ? companion.state?.labs.find(({ slug }) => slug === node.dataset['course']) : undefined;
		const steps = Object.values(lab?.steps ?? {});
		const passed = steps.filter((step) => step === 'passed').length;
		const progress = steps.length > 0 && passed === steps.length ? 'done' : lab?.started || passed > 0 ? 'started' : '';
		node.dataset['progress'] = progress;
		const place = node.querySelector('.progress');
		if (place)
			place.textContent =
				progress && `${text(progress)}${progress === 'started' && steps.length ? ` ${passed}/${steps.length}` : ''}`;
	}
}
