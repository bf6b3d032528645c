/** The condition keys of one request. Keys are in lower case: IAM does not tell `aws:SourceIp` from `aws:sourceip`. */
export type Context = ReadonlyMap<string, readonly string[]>;

/** Condition keys as one writes them. A key without a value is absent from the request. */
export type ContextValues = Record<string, string | number | boolean | readonly string[] | undefined>;

/** Makes a request's context out of several sets of keys; the later ones win. */
export function contextOf(...sets: ContextValues[]): Context {
	const context = new Map<string, readonly string[]>();
	for (const set of sets) {
		for (const [key, value] of Object.entries(set)) {
			if (value !== undefined) context.set(key.toLowerCase(), typeof value === 'object' ? value : [String(value)]);
		}
	}
	return context;
}

/** `aws:RequestTag/team` and its like, one key a tag: `tagKeys('aws:RequestTag', { team: 'blue' })`. */
export const tagKeys = (prefix: string, tags: Record<string, string> = {}): ContextValues =>
	Object.fromEntries(Object.entries(tags).map(([key, value]) => [`${prefix}/${key}`, value]));
