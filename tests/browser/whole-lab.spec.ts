import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect, type Locator } from '@playwright/test';
import { root } from '../../lib/paths.ts';

/** The workshop as `npm start` brings it, with a state and a workspace of its own. */
const test = base.extend<{ workshop: string }>({
	// biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures' names from the pattern.
	workshop: async ({}, use) => {
		const state = mkdtempSync(join(tmpdir(), 'slipway-whole-lab-'));
		// Below the root, so that the learner's packages resolve.
		const workspace = mkdtempSync(join(root, '.slipway', 'whole-lab-'));
		const env = { ...process.env, SLIPWAY_STATE: state, SLIPWAY_WORKSPACE: workspace };
		const start = spawn('node', ['cli/run.mjs', 'start', '--port', '0'], {
			cwd: root,
			env,
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		try {
			await use(await address(start));
		} finally {
			start.kill('SIGINT');
			await new Promise((done) => (start.exitCode === null ? start.once('exit', done) : done(undefined)));
			rmSync(state, { recursive: true, force: true });
			rmSync(workspace, { recursive: true, force: true });
		}
	},
});

/** The address that it prints, token and all. */
function address(start: ChildProcess): Promise<string> {
	return new Promise((resolve, reject) => {
		let printed = '';
		start.stdout!.on('data', (chunk) => {
			printed += chunk;
			const url = /http:\/\/[\w.:/]+#token=[\w-]+/.exec(printed)?.[0];
			if (url) resolve(url);
		});
		start.once('exit', (code) => reject(new Error(`It ended with ${code}:\n${printed}`)));
	});
}

/** Does what a step's page offers, in its order: runs each command, applies each edit. */
async function doStep(step: Locator): Promise<void> {
	const acts = step.locator('.slip-run, [data-apply]');
	for (const act of await acts.all()) {
		await act.click();
		if ((await act.getAttribute('data-apply')) !== null) {
			await expect(act.locator('xpath=ancestor::slip-edit')).toContainText(/applied|written/i, { timeout: 15_000 });
			continue;
		}
		const frame = act.locator('xpath=..');
		const fails = (await frame.locator('[data-mark="fails"]').count()) > 0;
		const exit = frame.locator('.slip-exit');
		await expect(exit).toHaveText(/^exit \d+$/, { timeout: 120_000 });
		expect((await exit.textContent()) === 'exit 0').toBe(!fails);
	}
}

test('the first lab, from nothing to nothing, by clicking', async ({ page, workshop }) => {
	test.setTimeout(420_000);
	const complaints: string[] = [];
	page.on('pageerror', (error) => complaints.push(error.message));
	page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));

	await page.goto(workshop.replace('/#', '/labs/get-ready/#'));
	await expect(page.locator('html')).toHaveAttribute('data-companion', 'live', { timeout: 30_000 });
	await page.getByRole('button', { name: 'Prepare this lab' }).click();
	await expect(page.getByRole('button', { name: 'Prepare this lab' })).toBeHidden({ timeout: 60_000 });

	for (const name of ['deploy', 'order', 'repair', 'clean-up']) {
		const step = page.locator(`#step-${name}`);
		await doStep(step);
		await expect(step).toHaveAttribute('data-state', 'passed', { timeout: 60_000 });
		await expect(page.locator(`[data-rail="${name}"]`)).toHaveAttribute('data-state', 'passed');
	}

	await page.goto(workshop.replace(/#.*/, ''));
	await expect(page.locator('[data-course="get-ready"] .progress')).toHaveText(/4\/4|done|finished/i);
	expect(complaints).toEqual([]);
});
