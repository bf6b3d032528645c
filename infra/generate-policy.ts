/** Writes read-only-policy.json: what the checks read, and nothing else. Run it when a check reads something new. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../lib/paths.ts';
import { policyFor } from '../validators/policy.ts';
import { readsIn } from './reads.ts';

const policy = policyFor(readsIn(join(root, 'validators')));
writeFileSync(join(import.meta.dirname, 'read-only-policy.json'), `${JSON.stringify(policy, undefined, '\t')}\n`);
console.log(`read-only-policy.json allows ${policy.Statement.flatMap(({ Action }) => Action).join(', ')}.`);
