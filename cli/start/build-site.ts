/** Builds the site into dist/. A process of its own, since a build holds 700 MB that the companion does not need. */
import { build } from 'astro';
import { root } from '../../lib/paths.ts';

await build({ root, logLevel: 'warn' });
// Vite's workers may linger.
process.exit(0);
