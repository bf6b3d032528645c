import type { RecordedCommand } from '../../data/files.ts';
import { CompanionError, companion } from '../companion.ts';
import { announce } from '../dom.ts';
import { text } from '../texts.ts';
import { checkStep } from './checks.ts';
import type { Dock } from './dock.ts';
import { page, store } from './store.ts';

const dock = () => document.querySelector<Dock>('slip-dock')!;

document.addEventListener('click', (event) => {
	const button = (event.target as Element).closest<HTMLButtonElement>('.slip-run');
	if (button) void run(button);
});

/** Runs the command of that button: in the learner's shell, or, where there is no companion, as it was recorded. */
async function run(button: HTMLButtonElement): Promise<void> {
	const { run: command, step } = button.dataset as { run: string; step: string };
	const mark = button.parentElement!.querySelector<HTMLElement>('.slip-exit')!;
	const background = Boolean(button.parentElement!.querySelector('.slip-mark[data-mark="background"]'));
	if (button.disabled) return;
	button.disabled = !background;
	button.dataset['ran'] = 'yes';
	announce(text('running', { command }));
	try {
		const exit = companion.connection === 'static' ? await replay(button) : await live(command);
		if (exit === undefined) return;
		mark.textContent = `exit ${exit}`;
		mark.dataset['good'] = String((exit === 0) !== Boolean(button.parentElement!.querySelector('[data-mark="fails"]')));
		announce(text('finished', { exit }));
		document.dispatchEvent(new CustomEvent('slip:ran', { detail: { step } }));
		if (companion.live) await checkStep(step);
	} catch (error) {
		dock().note(
			error instanceof CompanionError
				? text('error', { message: error.message, hint: error.hint })
				: (error as Error).message,
		);
	} finally {
		button.disabled = false;
	}
}

async function live(command: string): Promise<number | undefined> {
	dock().open('terminal');
	if (!companion.live) {
		dock().note(text(companion.connection === 'refused' ? 'refusedMore' : 'goneMore'));
		return undefined;
	}
	if (!store.state?.prepared) {
		dock().note(text('preparing'));
		await store.prepare();
		dock().note('');
	}
	return (await dock().shell()).run(command);
}

let recordings: Promise<RecordedCommand[]> | undefined;

async function replay({ dataset: { run: command, step, n } }: HTMLButtonElement): Promise<number | undefined> {
	dock().open('terminal');
	recordings ??= fetch(`/labs/${page.slug}/recorded.json`).then(
		async (answer) => ((await answer.json()) as { commands: RecordedCommand[] }).commands,
	);
	const ofStep = (await recordings).filter((recorded) => recorded.step === step);
	// A translated page may print a comment of its own in a command; its place in the step then tells which it is.
	const found = ofStep.find((recorded) => recorded.command.trim() === command?.trim()) ?? ofStep[Number(n)];
	if (!found) {
		dock().note(text('notRecorded'));
		return undefined;
	}
	dock().note(text('recordedMore'));
	const [view, { play }] = await Promise.all([dock().view(), import('../terminal/replay.ts')]);
	return play(view, found);
}
