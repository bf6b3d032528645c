import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Call } from '../validators/reads.ts';

const read = /\baws\.([a-z]\w*)\.(?:paginate)?((?:get|list|describe|head|lookup|batchGet)\w*)\(/gi;

/**
 * Every read that the source in the folder makes by `aws.<service>.<operation>(…)`, tests aside. It is taken from the
 * source, since a run of the checks goes through only some of their branches.
 */
export function readsIn(folder: string): Call[] {
	const calls = new Map<string, Call>();
	for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
		if (!name.endsWith('.ts') || name.endsWith('.test.ts')) continue;
		for (const [, service, method] of readFileSync(join(folder, name), 'utf8').matchAll(read)) {
			const operation = method![0]!.toUpperCase() + method!.slice(1);
			calls.set(`${service}:${operation}`, { service: service as Call['service'], operation });
		}
	}
	return [...calls.values()];
}
