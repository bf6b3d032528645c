import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { guarded } from './commands.ts';

/** Pastes the text into a bash as a person would. */
const paste = (text: string, target?: string) =>
	spawnSync('bash', ['--norc', '-i'], {
		input: `${text}\necho pasted\n`,
		env: { PATH: process.env['PATH'], PS1: '', ...(target && { SLIPWAY_TARGET: target }) },
		encoding: 'utf8',
	});

for (const command of [
	'echo ran',
	'echo ran; echo ran',
	'false || echo ran',
	"cat <<'END' | sed s/x/ran/\nx\nEND",
	'a=ran\necho $a',
]) {
	test(`copied from a page, ${JSON.stringify(command)} runs in a lab shell and nowhere else`, () => {
		expect(paste(guarded(command, 'get-ready'), 'practice').stdout).toContain('ran');
		const elsewhere = paste(guarded(command, 'get-ready'));
		expect(elsewhere.stdout).toBe('pasted\n');
		expect(elsewhere.stderr).toContain('npm run shell -- get-ready');
	});
}

test('npm run chooses its own target, so it is copied as it is; what is chained to it is not', () => {
	expect(guarded('npm run deploy -- get-ready', 'get-ready')).toBe('npm run deploy -- get-ready');
	expect(guarded('npm run deploy -- get-ready && aws s3 ls', 'get-ready')).toContain('SLIPWAY_TARGET');
	expect(guarded('npm run deploy -- $(aws s3 ls)', 'get-ready')).toContain('SLIPWAY_TARGET');
});
