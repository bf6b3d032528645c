import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith } from '../testing.ts';
import { merge } from './merge.ts';
import { unifiedDiff } from './unified-diff.ts';

/** Texts of a few lines out of few kinds, so that they share and repeat some; the same ones in each run. */
function* texts(count: number): Generator<string> {
	let seed = 7;
	const random = (below: number) => {
		seed = (seed * 48271) % 2147483647;
		return seed % below;
	};
	for (let i = 0; i < count; i++) {
		const lines = Array.from({ length: random(14) }, () => `line ${random(6)}`);
		yield lines.join('\n') + (random(3) === 0 || lines.length === 0 ? '' : '\n');
	}
}

test('the diff of any two texts is one that git applies', () => {
	const all = [...texts(60)];
	for (let i = 0; i + 1 < all.length; i += 2) {
		const [from, to] = [all[i]!, all[i + 1]!];
		const diff = unifiedDiff('a.txt', from, to);
		if (from === to) {
			expect(diff).toBe('');
			continue;
		}
		const folder = folderWith({ 'a.txt': from });
		execFileSync('git', ['apply', '--unidiff-zero', '-'], { cwd: folder, input: diff });
		expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toBe(to);
	}
});

test('merging with what did not change gives the other', () => {
	const all = [...texts(40)];
	for (let i = 0; i + 1 < all.length; i++) {
		expect(merge(all[i]!, all[i]!, all[i + 1]!)).toBe(all[i + 1]);
		expect(merge(all[i]!, all[i + 1]!, all[i]!)).toBe(all[i + 1]);
		expect(merge(all[i]!, all[i + 1]!, all[i + 1]!)).toBe(all[i + 1]);
	}
});

test('changes in neighbouring lines are a conflict, changes apart are not', () => {
	expect(merge('a\nb\nc\n', 'A\nb\nc\n', 'a\nB\nc\n')).toBeUndefined();
	expect(merge('a\nb\nc\n', 'A\nb\nc\n', 'a\nb\nC\n')).toBe('A\nb\nC\n');
	expect(merge('a\nb\n', 'a\nmine\nb\n', 'a\ntheirs\nb\n')).toBeUndefined();
});
