import { join } from 'node:path';
import { root, stateFolder } from '../lib/paths.ts';
import { environment, type Target } from '../lib/target.ts';
import { runHere } from './child.ts';

/** The arguments that start the pinned CDK CLI without a shell or npx in between. */
export const cdkCommand = (args: readonly string[]) => [join(root, 'node_modules', 'aws-cdk', 'bin', 'cdk'), ...args];

/** The target's environment, with compiled code kept: the CDK starts in half the time. */
export const cdkEnvironment = (target: Target) => ({
	...environment(target),
	NODE_COMPILE_CACHE: join(stateFolder(), 'compiled'),
});

/** Runs `cdk` in a workspace on this terminal. */
export const cdk = (target: Target, workspace: string, args: readonly string[]) =>
	runHere(process.execPath, cdkCommand([...args, '--no-notices']), { cwd: workspace, env: cdkEnvironment(target) });
