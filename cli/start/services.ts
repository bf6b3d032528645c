import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { labs } from '../../labs/index.ts';
import type { Lab } from '../../labs/lab.ts';
import type { StepState } from '../../lib/companion-api.ts';
import { stateFolder } from '../../lib/paths.ts';
import type { Target } from '../../lib/target.ts';
import { UserError } from '../../lib/user-error.ts';
import type { Services } from '../../server/services.ts';
import { difference } from '../../validators/inventory.ts';
import { type Progress, position, readProgress } from '../../validators/progress.ts';
import { looking } from '../aws/identity.ts';
import { missingTools } from '../doctor/tools.ts';
import { readJson } from '../files.ts';
import { inventoryOf, prepareLab } from '../lab/prepare.ts';
import { progressFile } from '../lab/progress.ts';
import { checksOf, validateLab } from '../lab/validate.ts';
import { getLab } from '../labs.ts';
import { ensurePractice, runningPractice } from '../practice.ts';
import { practiceFolder } from '../practice-file.ts';
import { choice, getTarget, type TargetValues } from '../target.ts';
import { readChanges } from './changes.ts';

/** What the companion works with, on this machine. `off`: this run does without the practice account. */
export function createServices({
	version,
	values,
	off,
}: {
	version: string;
	values: TargetValues;
	off: boolean;
}): Services {
	const inTurn = turns();
	async function target(slug: string): Promise<Target> {
		if (off && choice(values).kind === 'practice') {
			throw new UserError('The workshop was started without the practice account.', 'Start it again with `npm start`.');
		}
		return getTarget(values, slug);
	}
	/** What AWS or the practice account says to it reaches the page in its own words. */
	async function on<T>(slug: string, work: (target: Target) => Promise<T>): Promise<T> {
		const found = await target(slug);
		return looking(found, () => work(found));
	}
	const progress = async (slug: string) => {
		const file = progressFileOf(slug, choice(values).kind);
		return file ? readProgress(file) : undefined;
	};
	return {
		version,
		labs: labs.map(({ slug, steps }) => ({ slug, steps })),
		chosen() {
			const { kind, region } = choice(values);
			return {
				kind,
				region: region ?? (kind === 'practice' ? 'us-east-1' : (process.env['AWS_REGION'] ?? 'your region')),
			};
		},
		target,
		prepare: (slug) =>
			inTurn(slug, async () => {
				// The page cannot answer a question, so on aws it is asked in a terminal.
				await on(slug, (found) => prepareLab(getLab(slug), found, { silent: true }));
			}),
		async steps(slug) {
			const record = await progress(slug);
			return record && stepStates(getLab(slug), record);
		},
		validate: (slug, step) =>
			inTurn(slug, () =>
				on(slug, async (found) => (await validateLab(getLab(slug), found, step ? { step } : {})).report),
			),
		lastReport: async (slug) => (await progress(slug))?.lastReport,
		async inventory(slug) {
			const now = await on(slug, inventoryOf);
			const baseline = (await progress(slug))?.baseline;
			return baseline ? difference(baseline, now).added : now.items;
		},
		missingTools: (slug) => missingTools(getLab(slug)),
		practice: {
			async status() {
				if (off) return 'off';
				return (await runningPractice()) ? 'up' : 'down';
			},
			clock: async (slug, advance) => (await ensurePractice()).clock(slug, advance),
			async changes(slug, onChange, signal) {
				const running = await runningPractice();
				if (running) await readChanges(await running.changes(slug, signal), onChange);
			},
			inbox: async (slug) => (await (await ensurePractice()).inbox(slug)).mails,
		},
	};
}

/** The state of each step, from what is remembered alone. */
async function stepStates(lab: Lab, progress: Progress): Promise<Record<string, StepState>> {
	const here = position(lab, await checksOf(lab.slug), progress.passes);
	const failed = new Set(
		progress.lastReport?.checks.filter(({ status }) => status === 'failed').map(({ step }) => step),
	);
	const state = (step: string, index: number): StepState => {
		if (index < here) return 'passed';
		if (index > here) return 'open';
		return failed.has(step) ? 'failed' : 'current';
	};
	return Object.fromEntries(lab.steps.map((step, index) => [step, state(step, index)]));
}

/** Where the record is, found without asking the practice process; undefined where the lab was never begun. */
function progressFileOf(slug: string, kind: Target['kind']): string | undefined {
	if (kind === 'aws') {
		const file = join(stateFolder(), 'aws', slug, 'progress.json');
		return existsSync(file) ? file : undefined;
	}
	const accounts = join(practiceFolder(), 'accounts');
	if (!existsSync(accounts)) return undefined;
	for (const id of readdirSync(accounts)) {
		if (id.startsWith('.')) continue;
		const card = readJson<{ name: string }>(join(accounts, id, 'account.json'));
		if (card?.name === slug) return progressFile({ kind: 'practice', account: id } as Target, slug);
	}
	return undefined;
}

/** Work on one lab happens one after the other: two runs at once would overwrite each other's record. */
function turns() {
	const last = new Map<string, Promise<unknown>>();
	return <T>(slug: string, work: () => Promise<T>): Promise<T> => {
		const turn = (last.get(slug) ?? Promise.resolve()).then(work, work);
		last.set(slug, turn);
		return turn;
	};
}
