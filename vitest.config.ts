import { defineConfig } from 'vitest/config';

export default defineConfig({
	test: {
		include: ['{cli,infra,labs,lib,practice,server,site,tests,validators}/**/*.test.ts'],
		exclude: ['**/node_modules/**', 'tests/browser/**'],
		testTimeout: 30_000,
		hookTimeout: 60_000,
		// Two at a time: many tests start processes of their own.
		maxWorkers: 2,
	},
});
