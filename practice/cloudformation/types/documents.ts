import type { Json } from '../json.ts';

/** A policy or the like as the services want it: JSON text. Templates may have either. */
export const asText = (document: Json | object): string =>
	typeof document === 'string' ? document : JSON.stringify(document);

/** A document that a service answers, as templates have it. */
export const asDocument = (text: string): Json => JSON.parse(text) as Json;
