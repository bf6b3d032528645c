import { join } from 'node:path';

/** The root of the clone. */
export const root = join(import.meta.dirname, '..');

/** Where Slipway keeps what belongs to this machine: practice accounts, progress, the chosen target. `SLIPWAY_STATE` moves it. */
export const stateFolder = () => process.env['SLIPWAY_STATE'] ?? join(root, '.slipway');

/** The learner's copies of the labs. It lies below the root so that packages resolve. `SLIPWAY_WORKSPACE` moves it. */
export const workspaceFolder = (slug: string) =>
	join(process.env['SLIPWAY_WORKSPACE'] ?? join(root, 'workspace'), slug);

/** A lab as its author wrote it. */
export const labFolder = (slug: string) => join(root, 'labs', slug);
