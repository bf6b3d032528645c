import type { Json } from '../../json.ts';

/** A policy as services take it. Templates write it as an object, or as its text. */
export const textOf = (document: Json): string => (typeof document === 'string' ? document : JSON.stringify(document));

/** A policy as templates write it. */
export const documentIn = (text: string): Json => JSON.parse(text) as Json;

/** The same of IAM's answers, which are URL-encoded. */
export const decoded = (document: string | undefined): Json => documentIn(decodeURIComponent(document ?? ''));
