import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';
import { root } from '../../lib/paths.ts';
import { UserError } from '../../lib/user-error.ts';
import { runHere } from '../child.ts';
import { note } from '../terminal.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * A browser for the tests: the one in CHROMIUM, one that the machine has, Playwright's own if it is there, else Playwright
 * installs its own. Returns the path.
 */
export async function ensureBrowser(): Promise<string> {
	const named = process.env['CHROMIUM'];
	if (named) return named;
	const folders = (process.env['PATH'] ?? '').split(delimiter);
	const found = names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));
	if (found) return found;
	const own = chromium.executablePath();
	if (existsSync(own)) return own;
	note('Installing a browser for the tests (about 150 MB, once).');
	const exit = await runHere(join(root, 'node_modules', '.bin', 'playwright'), ['install', 'chromium'], { cwd: root });
	if (exit === 0) return own;
	throw new UserError(
		'There is no browser for the tests, and Playwright could not install its own.',
		'Install Chromium (`sudo apt-get install -y chromium`, `brew install --cask chromium`), or name one in CHROMIUM.',
	);
}
