import type { Lab } from '../../labs/lab.ts';
import type { Target } from '../../lib/target.ts';
import { cdk } from '../cdk.ts';
import { preparedWorkspace } from './workspace.ts';

/** Deploys every stack of the workspace. Returns the exit code of the CDK. */
export const deployWorkspace = (lab: Pick<Lab, 'slug'>, target: Target, more: readonly string[] = []) =>
	cdk(target, preparedWorkspace(lab.slug), ['deploy', '--all', '--require-approval', 'never', ...more]);
