import type { Text } from '../course.ts';

/** The part of Astro's global that texts need. */
interface Page {
	locals: App.Locals;
}

/** A text of the user interface in the page's language. */
export const ui = ({ locals }: Page, key: string, values: Record<string, string | number> = {}): string =>
	(locals.t as unknown as (key: string, values: object) => string)(`slip.${key}`, values);

/** The page's language: `en` or `vi`. */
export const language = ({ locals }: Page): keyof Text => (locals.starlightRoute.lang === 'vi' ? 'vi' : 'en');

/** The text in the page's language. */
export const inLanguage = (page: Page, text: Text): string => text[language(page)];

/** A path of the site in the page's language. */
export const path = (page: Page, to: string): string => `${language(page) === 'vi' ? '/vi' : ''}${to}`;

/** The slug of the lab whose page this is, or undefined elsewhere. */
export const labOfPage = ({ locals }: Page): string | undefined =>
	/^(?:vi\/)?labs\/([^/]+)$/.exec(locals.starlightRoute.id)?.[1];

/** Every text that the client may need, for its one JSON block. */
export function clientTexts({ locals }: Page): Record<string, string> {
	const all = Object.entries(locals.t.all()) as [string, string][];
	return Object.fromEntries(
		all
			.filter(([key]) => key.startsWith('slip.client.'))
			.map(([key, text]) => [key.slice('slip.client.'.length), text]),
	);
}
