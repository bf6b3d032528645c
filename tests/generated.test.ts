import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { coverageFile, coverageText } from '../cli/generate.ts';

test('the page lists what the practice account has today (else: npm run generate)', async () => {
	expect(readFileSync(coverageFile, 'utf8')).toBe(await coverageText());
});
