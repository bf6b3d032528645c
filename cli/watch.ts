import { watch as watchFiles } from 'node:fs';
import { emitKeypressEvents } from 'node:readline';
import type { Lab } from '../labs/lab.ts';
import { workspaceFolder } from '../lib/paths.ts';
import type { Target } from '../lib/target.ts';
import { position, readProgress } from '../validators/progress.ts';
import { after, type WatchEffect, type WatchEvent, watch, watchScreen } from '../validators/watch.ts';
import { progressFile } from './lab/progress.ts';
import { checksOf, validateLab } from './lab/validate.ts';
import { isPrepared } from './lab/workspace.ts';
import { runningPractice } from './practice.ts';
import { readChanges } from './start/changes.ts';
import { columns } from './terminal.ts';

/** Events come in bursts: a deployment is dozens. Looks follow one another by at least this, in ms. */
const calm = 300;
/** On aws nobody tells of changes, so time does; ms. */
const poll = 20_000;

/** Looks again whenever a file is saved or the account changes, until somebody quits. Returns the exit code. */
export async function watchLab(lab: Lab, target: Target, step?: string): Promise<number> {
	const checks = await checksOf(lab.slug);
	const progress = await readProgress(progressFile(target, lab.slug));
	const first = step ?? lab.steps[Math.min(position(lab, checks, progress?.passes ?? {}), lab.steps.length - 1)]!;
	const stop = new AbortController();

	return new Promise<number>((done, failed) => {
		let [state, effects] = watch(lab.steps, first);
		let burst: NodeJS.Timeout | undefined;

		const draw = () =>
			process.stdout.write(`\x1b[H\x1b[2J${watchScreen(state, { checks, columns: columns(), colour: true })}`);
		const happen = (event: WatchEvent) => {
			[state, effects] = after(state, event);
			draw();
			effects.forEach(perform);
		};
		const perform = (effect: WatchEffect) => {
			if (effect.kind === 'look') {
				validateLab(lab, target, { step: effect.step }).then(({ report }) => happen({ kind: 'report', report }), end);
			} else {
				leave();
				done(effect.exitCode);
			}
		};
		const changed = () => {
			clearTimeout(burst);
			burst = setTimeout(() => happen({ kind: 'changed' }), calm);
		};
		const key = (text: string | undefined, { name, ctrl }: { name?: string; ctrl?: boolean }) =>
			happen({ kind: 'key', key: ctrl && name === 'c' ? '\u0003' : (text ?? '') });
		const leave = () => {
			stop.abort();
			clearTimeout(burst);
			process.stdin.off('keypress', key).setRawMode(false).pause();
			process.stdout.off('resize', draw);
		};
		const end = (error: unknown) => {
			leave();
			failed(error);
		};

		emitKeypressEvents(process.stdin);
		process.stdin.setRawMode(true).on('keypress', key).resume();
		process.stdout.on('resize', draw);
		watchWorkspace(lab.slug, changed, stop.signal);
		watchAccount(lab.slug, target, changed, stop.signal).catch(end);
		draw();
		effects.forEach(perform);
	});
}

function watchWorkspace(slug: string, changed: () => void, signal: AbortSignal): void {
	if (!isPrepared(slug)) return;
	watchFiles(workspaceFolder(slug), { recursive: true, signal }, (_, file) => {
		if (!file || !/^(\.git|cdk\.out|node_modules)([/\\]|$)/.test(file)) changed();
	});
}

async function watchAccount(slug: string, target: Target, changed: () => void, signal: AbortSignal): Promise<void> {
	const timer = setInterval(changed, poll);
	signal.addEventListener('abort', () => clearInterval(timer));
	if (target.kind === 'aws') return;
	const practice = await runningPractice();
	if (!practice) return;
	try {
		await readChanges(await practice.changes(slug, signal), changed);
	} catch (error) {
		// The process was stopped or restarted; time goes on telling.
		if (!signal.aborted && !(error instanceof TypeError)) throw error;
	}
}
