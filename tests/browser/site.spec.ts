import AxeBuilder from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';
import { staticSite } from './static-site.ts';

const test = base.extend<{ site: string }>({
	// biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures' names from the pattern.
	site: async ({}, use) => {
		const { origin, close } = await staticSite();
		await use(origin);
		await close();
	},
});

const pages = [
	'/',
	'/vi/',
	'/how-it-works/',
	'/vi/how-it-works/',
	'/commands/',
	'/practice-account/',
	'/labs/get-ready/',
	'/vi/labs/get-ready/',
	'/no-such-page/',
];

/** What went wrong on a page that nobody saw: errors, broken policy, and requests to elsewhere. */
function watch(page: Page, site: string): string[] {
	const wrong: string[] = [];
	page.on('pageerror', (error) => wrong.push(`error: ${error.message}`));
	page.on('console', (message) => {
		if (message.type() === 'error' && !message.location().url.includes('no-such-page'))
			wrong.push(`console: ${message.text()}`);
	});
	page.on('request', (request) => {
		if (!request.url().startsWith(site) && !request.url().startsWith('data:')) wrong.push(`request: ${request.url()}`);
	});
	return wrong;
}

for (const path of pages) {
	test(`${path} has nothing that keeps anybody out, by day or night, and asks nobody else`, async ({ page, site }) => {
		await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
		const wrong = watch(page, site);
		await page.goto(site + path);
		await expect(page.locator('html')).toHaveAttribute('data-companion', 'static');
		for (const colorScheme of ['light', 'dark'] as const) {
			await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
			await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
			const { violations } = await new AxeBuilder({ page }).analyze();
			expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`)).toEqual([]);
		}
		expect(wrong).toEqual([]);
	});
}

test('no page is wider than a phone', async ({ browser, site }) => {
	const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
	const page = await context.newPage();
	for (const path of pages) {
		await page.goto(site + path);
		expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(390);
	}
	await context.close();
});

test('the home page leads to the first lab, and says plainly which labs are planned', async ({ page, site }) => {
	await page.goto(site);
	const planned = page.locator('[data-course="cd-pipeline"]');
	await expect(planned).toContainText('planned');
	await expect(planned.getByRole('link')).toHaveCount(0);
	await page.locator('[data-course="get-ready"]').getByRole('link').click();
	await expect(page).toHaveURL(`${site}/labs/get-ready/`);
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

test('a lab page shows its steps, its checks, its edit and its price with nothing running', async ({ page, site }) => {
	await page.goto(`${site}/labs/get-ready/`);
	await expect(page.locator('.step')).toHaveCount(4);
	await expect(page.locator('.rail li')).toHaveCount(4);
	await expect(page.locator('.block')).toContainText('$0.00');
	await expect(page.locator('slip-checks').first()).toContainText('What must be true now');
	await expect(page.locator('slip-edit').first()).toContainText('Duration.days(14)');
	await expect(page.getByRole('button', { name: 'Check', exact: true })).toHaveCount(0);
});

test('hints unfold one at a time', async ({ page, site }) => {
	await page.goto(`${site}/labs/get-ready/`);
	const hints = page.locator('.hints').first().locator('li');
	await expect(hints.nth(1)).toBeHidden();
	await hints.nth(0).locator('summary').click();
	await expect(hints.nth(1)).toBeVisible();
	await expect(hints.nth(2)).toBeHidden();
});

test('a prediction is remembered and shown beside the outcome', async ({ page, site }) => {
	await page.goto(`${site}/labs/get-ready/`);
	const predict = page.locator('slip-predict').first();
	await predict.getByRole('button', { name: '4', exact: true }).click();
	await expect(predict).toContainText('You said 4.');
	await page.reload();
	await expect(predict.getByRole('button', { name: '4', exact: true })).toHaveAttribute('aria-pressed', 'true');
	await predict.locator('summary').click();
	await expect(predict).toContainText('It is 5.');
});

test('a copied command stops where no target is set; npm run needs no guard', async ({ page, site }) => {
	await page.goto(`${site}/labs/get-ready/`);
	const copies = await page.locator('[data-command]').evaluateAll((frames) =>
		frames.map((frame) => ({
			run: frame.querySelector<HTMLElement>('.slip-run')!.dataset['run']!,
			copy: frame.querySelector<HTMLElement>('.copy button')!.dataset['code']!.replaceAll('\x7f', '\n'),
		})),
	);
	expect(copies.length).toBeGreaterThan(3);
	for (const { run, copy } of copies) {
		if (/^npm run [^;&|]*$/.test(run)) expect(copy).toBe(run);
		else expect(copy).toMatch(/^: "\$\{SLIPWAY_TARGET:\?.*npm run shell -- get-ready\}" && /);
		expect(copy).toContain(run);
	}
});

test('without a companion, Run plays what was recorded and says so', async ({ page, site }) => {
	const commands = await page.request.get(`${site}/labs/get-ready/recorded.json`);
	// Every lab that is there has its recording: a page whose output cannot be replayed is not finished.
	expect(commands.ok()).toBe(true);
	await page.goto(`${site}/labs/get-ready/`);
	await page.locator('.slip-run').first().click();
	await expect(page.locator('.dock-note')).toContainText('A recording, played back. Nothing runs.');
	await expect(page.locator('.dock-where')).toContainText('recorded');
	await expect(page.locator('.slip-exit').first()).toHaveText('exit 0');
	await page.getByRole('button', { name: 'Plain text' }).click();
	await expect(page.locator('.transcript')).toContainText('npm run deploy -- get-ready');
	const { violations } = await new AxeBuilder({ page }).analyze();
	expect(violations.map(({ id }) => id)).toEqual([]);
});

test('everything is reached by keyboard, and the keys are listed', async ({ page, site }) => {
	await page.goto(`${site}/labs/get-ready/`);
	await page.keyboard.press('Tab');
	await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
	await page.keyboard.press('?');
	const keys = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
	await expect(keys).toContainText('Open or close the terminal');
	await page.keyboard.press('Escape');
	await expect(keys).toBeHidden();
	await page.keyboard.press('j');
	await expect(page.locator('#step-order')).toBeFocused();
	await page.keyboard.press('Control+`');
	await expect(page.getByRole('region', { name: 'Terminal and account' })).toBeVisible();
	await page.keyboard.press('Control+`');
	await expect(page.getByRole('region', { name: 'Terminal and account' })).toBeHidden();
	await expect(page.locator('#step-order')).toBeFocused();
});

test('the single-letter keys can be switched off', async ({ page, site }) => {
	await page.goto(`${site}/labs/get-ready/`);
	await page.keyboard.press('?');
	await page.getByLabel('Single-letter shortcuts are on').uncheck();
	await page.keyboard.press('Escape');
	await page.keyboard.press('a');
	await expect(page.locator('.dock')).toBeHidden();
});

test('the Vietnamese pages speak Vietnamese, and lead to each other', async ({ page, site }) => {
	await page.goto(`${site}/vi/`);
	await expect(page.locator('html')).toHaveAttribute('lang', 'vi');
	await expect(page.getByRole('heading', { name: 'Khóa học' })).toBeVisible();
	await page.locator('[data-course="get-ready"]').getByRole('link').click();
	await expect(page).toHaveURL(`${site}/vi/labs/get-ready/`);
	await expect(page.locator('.slip-run').or(page.locator('.checks .label')).first()).toContainText(
		/Chạy|Điều phải đúng/,
	);
});

test('search finds a lab by a word of its text', async ({ page, site }) => {
	await page.goto(site);
	// A click before the page's script has arrived opens nothing.
	await expect(async () => {
		await page.getByRole('button', { name: 'Search' }).click({ timeout: 2_000 });
		await expect(page.getByPlaceholder('Search')).toBeVisible({ timeout: 2_000 });
	}).toPass();
	await page.getByPlaceholder('Search').fill('dead-letter');
	await expect(page.locator('.pagefind-ui__result').first()).toContainText('Ten minutes');
});

test('a lab page stays under 60 kB of compressed script until the terminal opens', async ({ page, site }) => {
	const { gzipSync } = await import('node:zlib');
	const sizes: Promise<number>[] = [];
	page.on('response', (response) => {
		if (/\.js$/.test(new URL(response.url()).pathname))
			sizes.push(response.body().then((body) => gzipSync(body).length));
	});
	await page.goto(`${site}/labs/get-ready/`, { waitUntil: 'networkidle' });
	const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
	expect(total).toBeLessThan(60_000);
});
