import getReady from './get-ready/lab.ts';
import type { Lab } from './lab.ts';

/** Every lab, in the order of the course. */
export const labs: readonly Lab[] = [getReady];

/** The lab of that slug, or undefined. */
export const findLab = (slug: string): Lab | undefined => labs.find((lab) => lab.slug === slug);
