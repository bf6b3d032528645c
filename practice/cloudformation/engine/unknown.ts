import type { Json } from '../json.ts';
import type { StackResource } from '../state/resources.ts';
import { unknown } from '../template/evaluate.ts';
import type { Resources } from '../template/scope.ts';

/** Resources as a forecast sees them: what is there answers, what is not is unknown. `renewed` ones will be others. */
export const unknownResources = (
	find: (logicalId: string) => StackResource | undefined,
	renewed: (logicalId: string) => boolean = () => false,
): Resources => {
	const known = (logicalId: string) => (renewed(logicalId) ? undefined : find(logicalId));
	return {
		ref: (logicalId) => known(logicalId)?.physicalId ?? unknown,
		attribute: (logicalId, attribute): Json => known(logicalId)?.attributes[attribute] ?? unknown,
	};
};
