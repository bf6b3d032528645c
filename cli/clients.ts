import type { Target } from '../lib/target.ts';

/** What an SDK client needs in order to speak to the target, with the learner's own rights. */
export function clientConfig(target: Target, region = target.region) {
	if (target.kind === 'practice') {
		return { region, endpoint: target.endpoint, credentials: target.credentials };
	}
	return { region, ...(target.profile && { profile: target.profile }) };
}

export type ClientConfig = ReturnType<typeof clientConfig>;
