import { same } from '../../json.ts';
import type { ResourceContext } from '../../resource.ts';
import { ifThere } from './there.ts';

/** A property that has operations of its own. */
export interface Setting<V> {
	/** Puts a value; AWS's default where there is none any more. */
	write(id: string, value: V | undefined, context: ResourceContext, before: V | undefined): void;
	/** The live value. A fault that says that there is none is none. */
	read?(id: string, context: ResourceContext, declared: V | undefined): V | undefined;
}

export type Settings<P> = { [K in keyof P]?: Setting<NonNullable<P[K]>> };

/** Writes those that differ, in the order of the settings. */
export function write<P>(
	settings: Settings<P>,
	id: string,
	after: P,
	context: ResourceContext,
	before = {} as P,
): void {
	for (const [name, setting] of entriesOf(settings)) {
		if (!same(before[name], after[name])) setting.write(id, after[name], context, before[name]);
	}
}

/** Those that have a live value. */
export function read<P>(settings: Settings<P>, id: string, context: ResourceContext & { declared: P }): Partial<P> {
	const live: Partial<P> = {};
	for (const [name, setting] of entriesOf(settings)) {
		const value = ifThere(() => setting.read?.(id, context, context.declared[name]));
		if (value !== undefined) live[name] = value as P[keyof P];
	}
	return live;
}

const entriesOf = <P>(settings: Settings<P>) => Object.entries(settings) as [keyof P, Setting<P[keyof P]>][];
