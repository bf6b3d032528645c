import type { Lab } from '../../labs/lab.ts';
import type { Target } from '../../lib/target.ts';

/**
 * `ready`: as it should be. `note`: worth knowing, stops nobody. `fix`: you can put it right. `admin`: it takes somebody
 * with more rights.
 */
export type State = 'ready' | 'note' | 'fix' | 'admin';

/** What one look found. */
export interface Finding {
	/** What was looked at: `Node`, `disk`. */
	what: string;
	state: State;
	/** For the person at this screen; may name a profile or an account. */
	found: string;
	/** The same for the block to paste: nothing private. Default: `found`. */
	shareable?: string;
	/** What to do, where something is to be done. */
	next?: string;
}

export interface Patient {
	target: Target['kind'];
	profile?: string;
	region?: string;
	/** The lab that it is about, if one was named. */
	lab: Lab | undefined;
}

/** Looks at one thing. */
export type Look = (patient: Patient) => Promise<Finding | Finding[]>;
