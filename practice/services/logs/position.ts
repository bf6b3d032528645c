import type { Position } from './events.ts';
import { invalid } from './groups.ts';

/** A place that comes after every event. */
export const end: Position = { time: Number.MAX_SAFE_INTEGER, id: 0 };

/** 56 digits, as AWS's tokens and event ids have. */
export const digits = ({ time, id }: Position) => String(time).padStart(20, '0') + String(id).padStart(36, '0');

/** A token that goes on forwards (`f`) or backwards (`b`) from a place. */
export const token = (direction: 'f' | 'b', position: Position) => `${direction}/${digits(position)}/s`;

export function readToken(text: string): { direction: 'f' | 'b'; position: Position } {
	const [, direction, time, id] = /^([fb])\/(\d{20})(\d{36})\/s$/.exec(text) ?? [];
	if (!direction) throw invalid('The specified nextToken is invalid.');
	return { direction: direction as 'f' | 'b', position: { time: Number(time), id: Number(id) } };
}
