const token = /\s*(?:("(?:[^"\\\n]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)|([{}[\],:]))/y;

/** Where text stops being JSON. The engine's own message does not always say. Only asked about text that is not JSON. */
export function jsonFaultAt(text: string): number {
	const open: string[] = [];
	// What may come next: a value, a key, what parts key and value, or what follows a value.
	let next: 'value' | 'key' | 'colon' | 'after' = 'value';
	let offset = 0;
	for (;;) {
		token.lastIndex = offset;
		const [whole, scalar, sign] = token.exec(text) ?? [];
		const at = offset + /^\s*/.exec(text.slice(offset))![0].length;
		if (whole === undefined) return at;
		const inside = open.at(-1);
		if (scalar !== undefined) {
			if (next === 'key' && scalar.startsWith('"')) next = 'colon';
			else if (next === 'value') next = 'after';
			else return at;
		} else if (sign === ':') {
			if (next !== 'colon') return at;
			next = 'value';
		} else if (sign === ',') {
			if (next !== 'after' || !inside) return at;
			next = inside === '{' ? 'key' : 'value';
		} else if (sign === '{' || sign === '[') {
			if (next !== 'value') return at;
			open.push(sign);
			next = sign === '{' ? 'key' : 'value';
		} else {
			const empty = /[{[]\s*$/.test(text.slice(0, at));
			if ((next !== 'after' && !empty) || inside !== (sign === '}' ? '{' : '[')) return at;
			open.pop();
			next = 'after';
		}
		offset += whole.length;
	}
}
