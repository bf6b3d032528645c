import { labs } from '../../labs/index.ts';
import { prepareLab } from '../lab/prepare.ts';
import { isPrepared } from '../lab/workspace.ts';
import { practiceTarget } from '../target.ts';

/** The lab that is measured: the first of the course. */
export const measured = labs[0]!;

/** The lab's workspace and account, as a learner has them. */
export async function preparedLab() {
	const target = await practiceTarget(measured.slug);
	if (!isPrepared(measured.slug)) await prepareLab(measured, target);
	return target;
}
