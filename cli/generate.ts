import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../lib/paths.ts';
import { coverage } from '../practice/coverage.ts';

/** The page's list of what the practice account has. */
export const coverageFile = join(root, 'site/generated/coverage.json');
export const coverageText = async () => `${JSON.stringify(await coverage(), null, '\t')}\n`;

if (import.meta.main) writeFileSync(coverageFile, await coverageText());
