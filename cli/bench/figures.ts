import { deployOverSynth } from './deploy.ts';
import type { Figure } from './figure.ts';
import { lighthousePerformance, lighthouseRest } from './lighthouse.ts';
import { pageScript } from './page-script.ts';
import { practiceListening } from './practice-listening.ts';
import { practiceMemory } from './practice-memory.ts';
import { practiceRequests } from './practice-requests.ts';
import { proofOfAllLabs } from './proof.ts';
import { siteBuild } from './site-build.ts';
import { validateFromShell } from './validate.ts';

/** Every figure, one line each. */
export const figures: readonly Figure[] = [
	practiceListening,
	practiceMemory,
	practiceRequests,
	validateFromShell,
	deployOverSynth,
	siteBuild,
	pageScript,
	lighthousePerformance,
	lighthouseRest,
	proofOfAllLabs,
];
