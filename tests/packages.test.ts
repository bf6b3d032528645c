import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const read = (file: string) => readFileSync(join(import.meta.dirname, '..', file), 'utf8');
const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> };
const manifest = JSON.parse(read('package.json')) as Record<string, Record<string, string>>;

interface Locked {
	version: string;
	resolved?: string;
	license?: string;
	optionalDependencies?: Record<string, string>;
}

const locked = Object.entries(lock.packages).filter(([path]) => path !== '');

/** Where npm would find a package from another one's place. */
function resolve(from: string, name: string): string | undefined {
	for (let place = from; ; place = place.slice(0, Math.max(0, place.lastIndexOf('/node_modules/')))) {
		const path = `${place ? `${place}/` : ''}node_modules/${name}`;
		if (lock.packages[path]) return path;
		if (!place) return undefined;
	}
}

test('every platform is in the lockfile, so that `npm ci` accepts it on Linux, macOS and Windows', () => {
	const missing = locked.flatMap(([path, { optionalDependencies = {} }]) =>
		Object.keys(optionalDependencies)
			.filter((name) => !resolve(path, name))
			.map((name) => `${path} wants ${name}`),
	);
	expect(missing).toEqual([]);
});

test('no registry is named in the lockfile', () => {
	expect(locked.filter(([, { resolved }]) => resolved?.startsWith('http'))).toEqual([]);
	expect(read('package-lock.json')).not.toMatch(/registry\./);
});

test('every version is exact', () => {
	const all = { ...manifest['dependencies'], ...manifest['devDependencies'], ...manifest['optionalDependencies'] };
	expect(Object.entries(all).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});

test('no package has a licence that a workshop cannot pass on', () => {
	const wrong = locked.filter(([, { license }]) => /AGPL|SSPL|BUSL|UNLICENSED/i.test(String(license)));
	expect(wrong.map(([path]) => path)).toEqual([]);
});

test('the CDK CLI is the pinned 2.x, not the accident that is called latest', () => {
	expect(manifest['dependencies']?.['aws-cdk']).toBe('2.1148.1');
});
