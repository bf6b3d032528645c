import starlight from '@astrojs/starlight';
import { defineConfig } from 'astro/config';
import { externalScripts } from './site/build/external-scripts.ts';
import { labPages } from './site/build/lab-pages.ts';
import { sidebar } from './site/build/sidebar.ts';

const override = (name) => `./site/overrides/${name}.astro`;
const overridden = ['Footer', 'Head', 'Hero', 'PageFrame', 'PageTitle', 'Search', 'SiteTitle', 'TableOfContents'];

export default defineConfig({
	srcDir: './site',
	publicDir: './site/public',
	outDir: './dist',
	devToolbar: { enabled: false },
	trailingSlash: 'always',
	vite: {
		plugins: [labPages()],
		build: { assetsInlineLimit: 0, rolldownOptions: { checks: { moduleLevelDirective: false } } },
		server: { watch: { ignored: ['**/workspace/**', '**/.slipway/**', '**/cdk.out/**', '**/dist/**'] } },
	},
	integrations: [
		starlight({
			title: 'Slipway',
			description: 'A DevOps-on-AWS workshop that you can clone.',
			favicon: '/favicon.svg',
			locales: { root: { label: 'English', lang: 'en' }, vi: { label: 'Tiếng Việt', lang: 'vi' } },
			customCss: [
				'./site/styles/tokens.css',
				'./site/styles/site.css',
				'./site/styles/lab.css',
				'./site/styles/dock.css',
			],
			components: Object.fromEntries(overridden.map((name) => [name, override(name)])),
			sidebar: sidebar(),
			markdown: { processedDirs: ['./labs'] },
			tableOfContents: { minHeadingLevel: 2, maxHeadingLevel: 3 },
			pagination: true,
		}),
		externalScripts(),
	],
});
