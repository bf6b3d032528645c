import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');

/** Who may import whom. A folder may always import itself and `lib`. */
const allowed: Record<string, readonly string[]> = {
	lib: [],
	labs: [],
	validators: ['labs'],
	practice: [],
	server: ['labs', 'validators', 'practice'],
	cli: ['labs', 'validators', 'practice', 'server', 'infra'],
	site: ['labs', 'validators'],
	// The hosted site sends the same security headers as the companion.
	infra: ['validators', 'server'],
	tests: ['labs', 'validators', 'practice', 'server', 'cli', 'site', 'infra'],
};

const files = globSync('{lib,labs,validators,practice,server,cli,site,infra,tests}/**/*.{ts,mjs,astro}', {
	cwd: root,
}).filter((file) => !/node_modules|cdk\.out/.test(file));

/** Every relative import of a file, as `from` and the path that it leads to. */
function imports(file: string): { from: string; to: string }[] {
	const text = readFileSync(join(root, file), 'utf8');
	const found = text.matchAll(
		/(?:^|\n)\s*(?:import|export)\s[^;'"]*?from\s*['"](\.[^'"]+)['"]|import\(\s*['"](\.[^'"]+)['"]/g,
	);
	return [...found].map((match) => {
		const target = (match[1] ?? match[2])!;
		return { from: file, to: relative(root, join(root, dirname(file), target)) };
	});
}

test('there is something to look at', () => {
	expect(files.length).toBeGreaterThan(100);
	expect(files.flatMap(imports).length).toBeGreaterThan(200);
});

test('imports go one way', () => {
	const wrong = files.flatMap(imports).filter(({ from, to }) => {
		const [here, there] = [from.split('/')[0]!, to.split('/')[0]!];
		return here !== there && there !== 'lib' && !allowed[here]?.includes(there);
	});
	expect(wrong).toEqual([]);
});

test('a starter imports nothing of ours, so that a learner can take it home', () => {
	const wrong = files
		.filter((file) => /^labs\/[^/]+\/(starter|solution)\//.test(file))
		.flatMap(imports)
		.filter(({ from, to }) => !to.startsWith(from.split('/').slice(0, 3).join('/')));
	expect(wrong).toEqual([]);
});

test('only cli and server open ports, read arguments or exit', () => {
	const rim = /\bprocess\.(argv|exit\b)|\.listen\(/;
	const wrong = files.filter((file) => {
		if (/^(cli|server|tests)\//.test(file) || /\.test\.ts$|\/testing\.ts$|\/(starter|solution)\//.test(file))
			return false;
		return rim.test(readFileSync(join(root, file), 'utf8'));
	});
	expect(wrong.filter((file) => !/^infra\/(bin|generate)|^practice\/cloudformation\/spec\/extract/.test(file))).toEqual(
		[],
	);
});

test('lib stays small: five files that everybody needs', () => {
	expect(globSync('lib/*.ts', { cwd: root }).filter((file) => !file.endsWith('.test.ts')).length).toBeLessThanOrEqual(
		5,
	);
});
