import { defineEcConfig } from '@astrojs/starlight/expressive-code';
import { commands } from './site/build/commands.ts';

export default defineEcConfig({
	plugins: [commands()],
	// A command is read whole before it is run.
	defaultProps: { overridesByLang: { 'sh,console': { wrap: true } } },
	themes: ['github-dark-default', 'github-light-default'],
	useStarlightUiThemeColors: false,
	// Lab pages lie outside of the docs folder, so their language is in their own name.
	getBlockLocale: ({ file }) => (/(\/vi\.mdx|\/docs\/vi\/.*)$/.test(file.path ?? '') ? 'vi' : 'en'),
	frames: { removeCommentsWhenCopyingTerminalFrames: false },
	styleOverrides: {
		borderRadius: 'var(--radius)',
		borderColor: 'var(--line)',
		borderWidth: '1px',
		codeBackground: 'var(--code)',
		codeFontFamily: 'var(--font-mono)',
		codeFontSize: '0.875rem',
		codeLineHeight: '1.65',
		uiFontFamily: 'var(--font-label)',
		frames: {
			shadowColor: 'transparent',
			frameBoxShadowCssValue: 'none',
			editorActiveTabBackground: 'transparent',
			editorActiveTabBorderColor: 'transparent',
			editorActiveTabIndicatorTopColor: 'transparent',
			editorActiveTabIndicatorBottomColor: 'transparent',
			editorTabBarBackground: 'var(--panel)',
			editorTabBarBorderBottomColor: 'var(--line)',
			editorBackground: 'var(--code)',
			terminalBackground: 'var(--code)',
			terminalTitlebarBackground: 'var(--panel)',
			terminalTitlebarForeground: 'var(--ink-2)',
			terminalTitlebarBorderBottomColor: 'var(--line)',
		},
	},
});
