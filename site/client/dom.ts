type Child = Node | string | false | undefined;

/** An element with attributes and children. Attributes that are false or undefined are left out; functions listen. */
export function el<Tag extends keyof HTMLElementTagNameMap>(
	tag: Tag,
	attributes: Record<string, string | boolean | undefined | ((event: Event) => void)> = {},
	...children: Child[]
): HTMLElementTagNameMap[Tag] {
	const element = document.createElement(tag);
	for (const [name, value] of Object.entries(attributes)) {
		if (typeof value === 'function') element.addEventListener(name, value);
		else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : value);
	}
	element.append(...children.filter((child) => child !== undefined && child !== false));
	return element;
}

/** Says something to screen readers without moving the focus. */
export function announce(message: string): void {
	const region = document.getElementById('slip-announce');
	if (!region) return;
	region.textContent = '';
	// Emptied first, so that the same sentence twice is said twice.
	requestAnimationFrame(() => (region.textContent = message));
}

/** Remembers a small thing in this browser; forgets it silently where storage is off. */
export const memory = {
	get(key: string): string | null {
		try {
			return localStorage.getItem(`slipway.${key}`);
		} catch {
			return null;
		}
	},
	set(key: string, value: string): void {
		try {
			localStorage.setItem(`slipway.${key}`, value);
		} catch {
			// A private window: it lasts as long as the page.
		}
	},
};
