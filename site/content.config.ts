import { defineCollection } from 'astro:content';
import { i18nLoader } from '@astrojs/starlight/loaders';
import { docsSchema, i18nSchema } from '@astrojs/starlight/schema';
import { glob } from 'astro/loaders';
import { z } from 'astro/zod';
import english from './content/i18n/en.json' with { type: 'json' };

// One loader for both folders: two in one collection would delete each other's entries.
const pages = glob({
	base: '.',
	pattern: ['site/content/docs/**/[^_]*.{md,mdx}', 'labs/*/{index,vi}.mdx'],
	generateId: ({ entry }) =>
		entry
			.replace(/\.mdx?$/, '')
			.replace(/^site\/content\/docs\//, '')
			.replace(/^labs\/([^/]+)\/(index|vi)$/, (_, slug, page) => `${page === 'vi' ? 'vi/' : ''}labs/${slug}`)
			.replace(/(^|\/)index$/, '$1')
			.replace(/\/$/, '') || 'index',
});

const ours = Object.keys(english).filter((key) => key.startsWith('slip.'));

export const collections = {
	docs: defineCollection({ loader: pages, schema: docsSchema() }),
	i18n: defineCollection({
		loader: i18nLoader(),
		schema: i18nSchema({ extend: z.object(Object.fromEntries(ours.map((key) => [key, z.string().optional()]))) }),
	}),
};
