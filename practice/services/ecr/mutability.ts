import { Fault } from '../../fault.ts';

interface Mutability {
	imageTagMutability?: string | undefined;
	imageTagMutabilityExclusionFilters?: { filterType?: string | undefined; filter?: string | undefined }[] | undefined;
}

const kinds = ['IMMUTABLE', 'IMMUTABLE_WITH_EXCLUSION', 'MUTABLE', 'MUTABLE_WITH_EXCLUSION'];

/** Exclusions go with the `_WITH_EXCLUSION` kinds, and with those only. */
export function checkMutability({
	imageTagMutability = 'MUTABLE',
	imageTagMutabilityExclusionFilters,
}: Mutability): void {
	if (!kinds.includes(imageTagMutability)) {
		throw new Fault(
			'InvalidParameterException',
			`Invalid parameter at 'imageTagMutability' failed to satisfy constraint: 'Member must satisfy enum value set: [${kinds.join(', ')}]'`,
		);
	}
	const excludes = imageTagMutability.endsWith('_WITH_EXCLUSION');
	if (excludes !== (imageTagMutabilityExclusionFilters ?? []).length > 0) {
		throw new Fault(
			'InvalidParameterException',
			excludes
				? `Invalid parameter at 'imageTagMutabilityExclusionFilters' failed to satisfy constraint: 'Must be provided when imageTagMutability is ${imageTagMutability}'`
				: `Invalid parameter at 'imageTagMutabilityExclusionFilters' failed to satisfy constraint: 'Must not be provided when imageTagMutability is ${imageTagMutability}'`,
		);
	}
}
