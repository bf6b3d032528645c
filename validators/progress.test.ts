import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { begin, readProgress, writeProgress } from './progress.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'slipway-progress-'));

test('what is written is read again, by its owner only, and nothing else stays in the folder', async () => {
	const home = folder();
	const file = join(home, 'new', 'progress.json');
	expect(await readProgress(file)).toBeUndefined();
	const progress = begin('get-ready', { expires: '2026-11-29' });
	await Promise.all([writeProgress(file, { ...progress, startedAt: 'other' }), writeProgress(file, progress)]);
	await writeProgress(file, progress);
	expect(await readProgress(file)).toEqual(progress);
	expect(readdirSync(join(home, 'new'))).toEqual(['progress.json']);
});

test('a record that is broken says so, and what is lost', async () => {
	const file = join(folder(), 'progress.json');
	writeFileSync(file, '{"lab":');
	await expect(readProgress(file)).rejects.toMatchObject({
		message: `${file} is not JSON any more, so it is not known which steps are passed.`,
		hint: 'Delete it; passed checks pass again when they are looked at.',
	});
});
