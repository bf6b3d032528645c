import AxeBuilder from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';
import { type FakeCompanion, fakeCompanion } from './fake-companion.ts';

const test = base.extend<{ companion: FakeCompanion; lab: Page }>({
	// biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures' names from the pattern.
	companion: async ({}, use) => {
		const companion = await fakeCompanion();
		await use(companion);
		await companion.stop().catch(() => undefined);
	},
	/** The page of the first lab, with the run's token. */
	lab: async ({ page, companion }, use) => {
		await page.emulateMedia({ reducedMotion: 'reduce' });
		await page.goto(`${companion.origin}/labs/get-ready/#token=${companion.token}`);
		await expect(page.locator('html')).toHaveAttribute('data-companion', 'live');
		await use(page);
	},
});

const deploy = (lab: Page) => lab.locator('slip-checks[data-step="deploy"]');

test('the token leaves the address bar and opens the next page too', async ({ lab, companion }) => {
	expect(lab.url()).toBe(`${companion.origin}/labs/get-ready/`);
	await lab.goto(`${companion.origin}/`);
	await expect(lab.locator('[data-course="get-ready"] .progress')).toHaveText('started 1/4');
});

test('Run runs the command in the shell, and the checks of its step follow by themselves', async ({
	lab,
	companion,
}) => {
	companion.deploy = 'passed';
	await lab.locator('#step-deploy .slip-run').first().click();
	await expect(lab.locator('#step-deploy .slip-exit').first()).toHaveText('exit 0');
	await expect(deploy(lab).locator('li').first()).toHaveAttribute('data-status', 'passed');
	expect(companion.commands).toEqual(['npm run deploy -- get-ready']);
	expect(companion.validated).toEqual(['deploy']);
	await expect(lab.locator('#step-deploy')).toHaveAttribute('data-state', 'passed');
	await expect(lab.locator('[data-rail="deploy"]')).toHaveAttribute('data-state', 'passed');
	await expect(lab.locator('#step-deploy .why')).toHaveAttribute('open', '');
	await lab.getByRole('button', { name: 'Plain text' }).click();
	await expect(lab.locator('.transcript')).toContainText('really ran');
});

test('a failed check says what it expected, what it found, why, and what to do next', async ({ lab }) => {
	await expect(lab.locator('#step-deploy .why')).toBeHidden();
	await deploy(lab).getByRole('button', { name: 'Check', exact: true }).click();
	const check = deploy(lab).locator('li').first();
	await expect(check).toHaveAttribute('data-status', 'failed');
	await expect(check).toContainText('a stack GetReady in us-east-1');
	await expect(check).toContainText('no stack of that name');
	await expect(check).toContainText('Deploy it: npm run deploy -- get-ready');
	await expect(check).toContainText('not-deployed');
	const { violations } = await new AxeBuilder({ page: lab }).analyze();
	expect(violations.map(({ id, nodes }) => `${id} ${nodes.map(({ html }) => html)}`)).toEqual([]);
});

test('a report that arrives by itself is shown', async ({ lab, companion }) => {
	companion.deploy = 'passed';
	const report = await (
		await fetch(`${companion.origin}/api/labs/get-ready/validate`, {
			method: 'POST',
			headers: { authorization: `Bearer ${companion.token}` },
		})
	).json();
	companion.emit({ kind: 'report', lab: 'get-ready', report });
	await expect(deploy(lab).locator('li').first()).toHaveAttribute('data-status', 'passed');
});

test('an edit is applied, or left alone with the difference shown', async ({ lab, companion }) => {
	const edit = lab.locator('slip-edit').first();
	await edit.getByRole('button', { name: 'Apply this edit' }).click();
	await expect(edit.locator('.edit-result')).toContainText('Applied. lib/stack.ts now reads as shown.');
	companion.edited = 'differs';
	await edit.getByRole('button', { name: 'Apply this edit' }).click();
	await expect(edit.locator('.edit-diff')).toContainText('+14');
});

test('the account panel shows what is there, its JSON, and what just changed', async ({ lab, companion }) => {
	await lab.keyboard.press('a');
	const account = lab.locator('slip-account');
	await expect(account).toContainText('In the account: 1');
	await account.locator('summary').click();
	await expect(account).toContainText('MessageRetentionPeriod');
	companion.emit({
		kind: 'change',
		lab: 'get-ready',
		at: '2026-11-22T10:00:01Z',
		service: 'sqs',
		operation: 'SendMessage',
		resource: 'Orders',
	});
	await expect(account.locator('.changes')).toContainText('sqs SendMessage Orders');
	await lab.getByRole('tab', { name: 'Inbox' }).click();
	await expect(lab.locator('slip-inbox')).toContainText('ALARM: orders');
	const { violations } = await new AxeBuilder({ page: lab }).analyze();
	expect(violations.map(({ id, nodes }) => `${id} ${nodes.map(({ html }) => html)}`)).toEqual([]);
});

test('the clock moves on the practice account', async ({ lab, companion }) => {
	await lab.keyboard.press('Control+`');
	await lab.getByRole('button', { name: '+10 min' }).click();
	await expect(lab.locator('.clock-now')).toContainText('10 min');
	expect(companion.offset).toBe(600_000);
});

test('a real account has no clock to move, and the page says so', async ({ page, companion }) => {
	companion.target = { kind: 'aws', region: 'eu-west-1' };
	await page.goto(`${companion.origin}/labs/get-ready/#token=${companion.token}`);
	await page.locator('[data-dock-open]').click();
	await expect(page.getByRole('button', { name: '+1 h' })).toBeDisabled();
	await expect(page.locator('.clock-now')).toHaveText('A real account has no clock to move: there you wait.');
});

test('a lab that is not prepared is prepared by the first Run', async ({ page, companion }) => {
	companion.prepared = false;
	await page.goto(`${companion.origin}/labs/get-ready/#token=${companion.token}`);
	await expect(page.locator('slip-prepare')).toContainText('Missing on this machine');
	await expect(page.locator('slip-prepare')).toContainText('pip install awscli');
	await page.locator('.slip-run').first().click();
	await expect(page.locator('.slip-exit').first()).toHaveText('exit 0');
	expect(companion.prepared).toBe(true);
});

test('a companion that goes is missed, and found again without losing the page', async ({ lab, companion }) => {
	await lab.locator('.slip-run').first().click();
	await expect(lab.locator('.slip-exit').first()).toHaveText('exit 0');
	await companion.stop();
	await expect(lab.locator('slip-companion')).toContainText('Start it again with npm start');
	await companion.start();
	await lab.getByRole('button', { name: 'Try now' }).click();
	await expect(lab.locator('slip-companion')).toBeHidden();
	await expect(lab.locator('.slip-exit').first()).toHaveText('exit 0');
	await lab.locator('.slip-run').nth(1).click();
	await expect(lab.locator('.slip-exit').nth(1)).toHaveText('exit 0');
});

test('a token of an earlier run is told to open the new address', async ({ page, companion }) => {
	await page.goto(`${companion.origin}/labs/get-ready/#token=an-older-one`);
	await expect(page.locator('slip-companion')).toContainText('Open the address that npm start printed last');
});

test('the panel stays open from page to page and takes the shell up again', async ({ lab, companion }) => {
	await lab.locator('[data-dock-open]').click();
	await expect(lab.locator('.xterm')).toBeVisible();
	await lab.goto(`${companion.origin}/vi/labs/get-ready/`);
	await expect(lab.locator('.xterm')).toBeVisible();
	await expect(lab.locator('.xterm-rows')).toContainText('get-ready $');
});

test('on a phone the panel is a sheet, and F6 leads out of the terminal', async ({ lab }) => {
	await lab.setViewportSize({ width: 390, height: 844 });
	await lab.locator('[data-dock-open]').click();
	await expect(lab.locator('.xterm')).toBeVisible();
	expect(await lab.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
	await lab.locator('.xterm-helper-textarea').focus();
	await lab.keyboard.press('F6');
	await expect(lab.getByRole('tab', { name: 'Terminal' })).toBeFocused();
});

test('the terminal answers what programs ask of it, also in the built site', async ({ lab, companion }) => {
	await lab.locator('[data-dock-open]').click();
	await expect.poll(() => companion.typed).toContain(`${String.fromCharCode(27)}[?2026;`);
});
