const texts: Record<string, string> = JSON.parse(document.getElementById('slip-texts')?.textContent ?? '{}');

/** A text of the user interface in the page's language, with its `{{places}}` filled. */
export function text(key: string, values: Record<string, string | number> = {}): string {
	const template = texts[key] ?? key;
	return template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? '')).trim();
}

const language = document.documentElement.lang;

/** A time of day as people of the page's language write it; with the date when it is not today. */
export function clockTime(iso: string): string {
	const date = new Date(iso);
	const today = date.toDateString() === new Date().toDateString();
	return date.toLocaleString(language, { ...(today ? {} : { dateStyle: 'medium' }), timeStyle: 'medium' });
}

/** A length of time in two units at most: `1 d 2 h`, `10 min`. */
export function duration(ms: number): string {
	const minutes = Math.round(ms / 60_000);
	const parts = [
		[Math.floor(minutes / 1440), 'day'],
		[Math.floor(minutes / 60) % 24, 'hour'],
		[minutes % 60, 'minute'],
	] as const;
	return parts
		.filter(([count]) => count > 0)
		.slice(0, 2)
		.map(([count, unit]) =>
			new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }).format(count),
		)
		.join(' ');
}
