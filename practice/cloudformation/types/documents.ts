import { type Json, same } from '../json.ts';

/** A policy or the like as the services want it: JSON text. Templates may have either. */
export const asText = (document: Json | object): string =>
	typeof document === 'string' ? document : JSON.stringify(document);

/** A document that a service answers, as templates have it. */
export const asDocument = (text: string): Json => JSON.parse(text) as Json;

/** A live document; the very text of the template where that says the same. */
export function liveDocument(text: string, declared: Json | undefined): NonNullable<Json> {
	const live = asDocument(text)!;
	return typeof declared === 'string' && saysSame(declared, live) ? declared : live;
}

/** The live document of several places; one that differs from the declared where there is one. */
export const farthest = (live: NonNullable<Json>[], declared: Json): NonNullable<Json> =>
	live.find((each) => !same(each, declared)) ?? live[0]!;

function saysSame(text: string, live: Json): boolean {
	try {
		return same(asDocument(text), live);
	} catch {
		return false;
	}
}
