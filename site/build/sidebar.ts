import { globSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { StarlightUserConfig } from '@astrojs/starlight/types';
import { chapters, course } from '../course.ts';

type Sidebar = NonNullable<StarlightUserConfig['sidebar']>;

/** The sidebar: the reading pages, then one group a chapter with the labs that exist. Labels come from each page's title. */
export function sidebar(): Sidebar {
	const written = new Set(globSync('labs/*/index.mdx').map((page) => basename(dirname(page))));
	const groups = chapters.map(({ id, title }) => {
		const listed = course.filter(({ chapter, slug }) => chapter === id && written.has(slug)).map(({ slug }) => slug);
		return {
			label: title.en,
			translations: { vi: title.vi },
			items: listed.map((slug) => ({ slug: `labs/${slug}` })),
		};
	});
	return [
		{
			label: 'Before you begin',
			translations: { vi: 'Trước khi bắt đầu' },
			items: [{ slug: 'how-it-works' }, { slug: 'commands' }, { slug: 'practice-account' }],
		},
		...groups.filter(({ items }) => items.length > 0),
	];
}
