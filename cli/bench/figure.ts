/** Something that the design promises, and how it is measured. */
export interface Figure {
	id: string;
	what: string;
	unit: 's' | 'MB' | 'requests/s' | 'kB' | 'points';
	goal: number;
	/** Default: `least`. */
	better?: 'most' | 'least';
	/** Measured in surroundings of the benchmark's own. */
	measure(): Promise<number>;
	/** What another program takes for the same on this machine, measured right after: ratios hold where absolute times do not. */
	peer?: { what: string; measure(): Promise<number> };
}

/** A figure as it was measured. */
export interface Measured {
	id: string;
	what: string;
	value: number | undefined;
	unit: Figure['unit'];
	goal: number;
	met: boolean;
	/** What a peer takes for the same, and the ratio of ours to its. */
	peer: { what: string; value: number; ratio: number } | null;
	/** Why there is no value. */
	problem?: string;
}

/** Declares a figure: `goal` is the most that it may be, or with `better: 'most'` the least that it must be. */
export const figure = (definition: Figure): Figure => definition;

/** The middle of several measurements. */
export async function median(times: number, measure: () => Promise<number>): Promise<number> {
	const values: number[] = [];
	for (let time = 0; time < times; time++) values.push(await measure());
	return values.sort((a, b) => a - b)[Math.floor(times / 2)]!;
}

/** How long something takes, in seconds. */
export async function seconds(work: () => Promise<unknown>): Promise<number> {
	const since = performance.now();
	await work();
	return (performance.now() - since) / 1_000;
}
