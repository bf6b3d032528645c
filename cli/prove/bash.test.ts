import { afterAll, expect, test } from 'vitest';
import { openBash } from './bash.ts';

const bash = openBash('/tmp', { PATH: process.env['PATH']! });
afterAll(() => bash.close());

const text = ({ output }: { output: [number, string][] }) => output.map(([, part]) => part).join('');

test('a variable of one command is there for the next', async () => {
	await bash.run('ID=$(echo 42)');
	expect(text(await bash.run('echo "it is $ID"'))).toBe('it is 42\n');
});

test('both streams arrive in the order in which they were written', async () => {
	expect(text(await bash.run('echo one; echo two >&2; echo three'))).toBe('one\ntwo\nthree\n');
});

test('the exit code is that of the command', async () => {
	expect((await bash.run('(exit 7)')).exit).toBe(7);
	expect((await bash.run('true')).exit).toBe(0);
});

test('a failure in the middle of a block is not hidden by its last line', async () => {
	expect((await bash.run('ls /no/such/file\necho done')).exit).toBe(2);
	expect((await bash.run('ls /no/such/file || true\necho done')).exit).toBe(0);
});

test('what asks a question finds nobody, instead of waiting', async () => {
	expect((await bash.run('read -r answer')).exit).toBe(1);
});

test('a command that takes longer than it may is ended', async () => {
	const other = openBash('/tmp', { PATH: process.env['PATH']! });
	const ran = await other.run('sleep 600', { timeout: 50 });
	expect(ran).toMatchObject({ tooLong: true, exit: 137 });
	await other.close();
});

test('a background command goes on until its step ends', async () => {
	await bash.background('trap "" HUP; while :; do sleep 0.01; done');
	const before = text(await bash.run('jobs -p | wc -l')).trim();
	await bash.endBackground();
	const after = text(await bash.run('jobs -p | wc -l')).trim();
	expect([before, after]).toEqual(['1', '0']);
});

test('a command that leaves the shell is told by its exit code', async () => {
	const other = openBash('/tmp', { PATH: process.env['PATH']! });
	expect((await other.run('exit 3')).exit).toBe(3);
	await other.close();
});
