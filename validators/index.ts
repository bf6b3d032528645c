import type { Check } from './check.ts';

/** The checks of each lab, loaded when they are asked for. One line a lab. */
export const labsWithChecks: Record<string, () => Promise<{ checks: readonly Check[] }>> = {
	'get-ready': () => import('./get-ready/index.ts'),
};
