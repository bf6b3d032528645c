import { defineConfig } from '@playwright/test';

/** The browser tests of the built site. `SLIPWAY_DIST` names the build; each test serves it on a port of its own. */
export default defineConfig({
	testDir: '.',
	outputDir: '../../test-results',
	workers: 2,
	retries: 0,
	// Looking over a long page with axe takes a loaded machine half a minute.
	timeout: 120_000,
	reporter: 'list',
	use: {
		launchOptions: {
			executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
			args: [
				'--no-sandbox',
				'--disable-gpu',
				'--disable-quic',
				'--no-first-run',
				'--disable-background-networking',
				'--disable-component-update',
				'--disable-sync',
			],
		},
	},
});
