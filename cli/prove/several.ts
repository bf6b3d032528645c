import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { root } from '../../lib/paths.ts';
import { inWords } from '../duration.ts';
import { note, paint } from '../terminal.ts';
import type { Proof } from './proof.ts';
import { proofLines } from './report.ts';

/** Proves labs in processes of their own, as many at once as there are processors (at most four). */
export async function proveSeveral(slugs: readonly string[], { record = false, quiet = false } = {}): Promise<Proof[]> {
	const since = Date.now();
	const proofs = new Map<string, Proof>();
	const waiting = [...slugs];
	const worker = async () => {
		for (let slug = waiting.shift(); slug !== undefined; slug = waiting.shift()) {
			const proof = await proveInChild(slug, record);
			proofs.set(slug, proof);
			if (!quiet) note(proofLines(proof).join('\n'));
		}
	};
	await Promise.all(Array.from({ length: Math.min(slugs.length, availableParallelism(), 4) }, worker));
	const all = slugs.map((slug) => proofs.get(slug)!);
	const failed = all.filter(({ status }) => status === 'failed').length;
	if (!quiet) {
		const text = `${all.length - failed} of ${all.length} labs proved in ${inWords(Date.now() - since)}`;
		note(failed === 0 ? paint('green', text) : paint('red', text));
	}
	return all;
}

async function proveInChild(slug: string, record: boolean): Promise<Proof> {
	const since = Date.now();
	const args = [join(root, 'cli', 'main.ts'), 'prove', slug, '--json', ...(record ? ['--record'] : [])];
	const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
	const end = () => child.kill('SIGTERM');
	process.once('exit', end);
	const [out, err]: [string[], string[]] = [[], []];
	child.stdout.on('data', (chunk: Buffer) => out.push(chunk.toString()));
	child.stderr.on('data', (chunk: Buffer) => err.push(chunk.toString()));
	await new Promise((done) => child.once('close', done));
	process.off('exit', end);
	try {
		return (JSON.parse(out.join('')) as { labs: [Proof] }).labs[0];
	} catch {
		const problems = [`the proof broke off:\n${err.join('').trim()}`];
		return {
			lab: slug,
			status: 'failed',
			durationMs: Date.now() - since,
			steps: [],
			mistakes: [],
			causesUnreached: [],
			leftOver: [],
			problems,
		};
	}
}
