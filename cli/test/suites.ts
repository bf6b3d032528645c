import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { labs } from '../../labs/index.ts';
import { root } from '../../lib/paths.ts';
import { runHere } from '../child.ts';
import { proveSeveral } from '../prove/several.ts';
import { ensureSite } from '../start/site.ts';
import { ensureBrowser } from './browser.ts';

/** How many tests of a suite passed, failed and were left out. */
export interface Counts {
	passed: number;
	failed: number;
	skipped: number;
}

/** A suite of tests: prints as it runs, returns what came of it. `filter` are the words after the command. */
export interface Suite {
	what: string;
	run(filter: readonly string[]): Promise<Counts>;
}

const browserTests = join(root, 'tests', 'browser', 'playwright.config.ts');
const bin = (name: string) => join(root, 'node_modules', '.bin', name);

/** Tests beside the code. */
const unit: Suite = {
	what: 'unit',
	run: (filter) =>
		withReport(async (report) => {
			const exit = await runHere(
				bin('vitest'),
				['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...filter],
				{ cwd: root },
			);
			const {
				numPassedTests = 0,
				numFailedTests = 0,
				numPendingTests = 0,
				numTodoTests = 0,
				testResults = [],
			} = readReport<{
				numPassedTests: number;
				numFailedTests: number;
				numPendingTests: number;
				numTodoTests: number;
				testResults: { status: string; assertionResults: unknown[] }[];
			}>(report);
			// A file that does not even load has no tests that could fail.
			const broken = testResults.filter(
				({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
			).length;
			return counts(exit, {
				passed: numPassedTests,
				failed: numFailedTests + broken,
				skipped: numPendingTests + numTodoTests,
			});
		}),
};

/** Tests in a browser, against the built site. */
const browser: Suite = {
	what: 'browser',
	run: (filter) =>
		withReport(async (report) => {
			await ensureSite();
			const chromium = await ensureBrowser();
			const exit = await runHere(
				bin('playwright'),
				['test', '--config', browserTests, '--reporter=list,json', ...filter],
				{
					cwd: root,
					env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report, CHROMIUM: chromium },
				},
			);
			const { stats } = readReport<{
				stats?: { expected: number; unexpected: number; skipped: number; flaky: number };
			}>(report);
			const { expected = 0, unexpected = 0, skipped = 0, flaky = 0 } = stats ?? {};
			// A test that passes at the second try tells of a race: it counts as failed.
			return counts(exit, { passed: expected, failed: unexpected + flaky, skipped });
		}),
};

/** The proof of every lab. Each step, each mistake, the causes and the clean-up count as one. */
const proof: Suite = {
	what: 'proof',
	async run(filter) {
		const slugs = labs.map(({ slug }) => slug).filter((slug) => filter.length === 0 || filter.includes(slug));
		const result: Counts = { passed: 0, failed: 0, skipped: 0 };
		for (const { steps, mistakes, causesUnreached, leftOver, problems } of await proveSeveral(slugs)) {
			const outcomes = [...steps, ...mistakes].map(({ status }) => status === 'passed');
			outcomes.push(causesUnreached.length === 0, leftOver.length === 0, problems.length === 0);
			for (const right of outcomes) result[right ? 'passed' : 'failed']++;
		}
		return result;
	},
};

/** Every suite, in the order in which they run: the quick ones first. */
export const suites: readonly Suite[] = [unit, browser, proof];

async function withReport(work: (file: string) => Promise<Counts>): Promise<Counts> {
	const folder = mkdtempSync(join(tmpdir(), 'slipway-tests-'));
	try {
		return await work(join(folder, 'report.json'));
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** A runner that broke before it could report has failed, whatever it counted. */
const counts = (exit: number, { passed, failed, skipped }: Counts): Counts => ({
	passed,
	failed: exit !== 0 && failed === 0 ? 1 : failed,
	skipped,
});

const readReport = <T>(file: string): Partial<T> =>
	existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : {};
