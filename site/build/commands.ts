import { definePlugin, type ExpressiveCodePlugin, PluginTexts } from '@astrojs/starlight/expressive-code';
import { h, select } from '@astrojs/starlight/expressive-code/hast';
import english from '../content/i18n/en.json' with { type: 'json' };
import vietnamese from '../content/i18n/vi.json' with { type: 'json' };

/** Our texts on commands, in a language. */
const textsOf = (all: typeof english) => ({
	run: all['slip.run'],
	runLabel: all['slip.runLabel'],
	guarded: all['slip.copyGuarded'],
	fails: all['slip.fails'],
	background: all['slip.background'],
});
const texts = new PluginTexts(textsOf(english));
texts.addLocale('vi', textsOf(vietnamese));

/** Gives the `sh` fences of lab pages a Run button and a guarded copy. */
export const commands = (): ExpressiveCodePlugin =>
	definePlugin({
		name: 'slipway:commands',
		hooks: {
			postprocessRenderedBlock: ({ codeBlock, renderData, locale }) => {
				const { metaOptions, code, language } = codeBlock;
				const frame = renderData.blockAst;
				if (metaOptions.getBoolean('edit')) select('.copy', frame)?.children.splice(0);
				const [lab, step] = [metaOptions.getString('lab'), metaOptions.getString('step')];
				if (language !== 'sh' || !lab || !step) return;
				const text = texts.get(locale);

				const copy = select('.copy button', frame);
				const toCopy = guarded(code, lab);
				if (copy) copy.properties['dataCode'] = toCopy.replaceAll('\n', '\x7f');
				if (copy && toCopy !== code) copy.properties['title'] = text.guarded;

				const marks = (['fails', 'background'] as const).filter((mark) => metaOptions.getBoolean(mark));
				frame.properties['data-command'] = '';
				select('figcaption', frame)?.children.push(
					h('div', { className: 'slip-bar' }, [
						h(
							'button',
							{
								type: 'button',
								className: 'slip-run',
								title: text.runLabel,
								'data-run': code,
								'data-step': step,
								'data-n': metaOptions.getString('n') ?? '0',
								'data-pagefind-ignore': '',
							},
							[text.run],
						),
						...marks.map((mark) => h('span', { className: 'slip-mark', 'data-mark': mark }, [text[mark]])),
						h('span', { className: 'slip-exit' }),
					]),
				);
			},
		},
	});

/**
 * The command as it is copied: in a shell whose target is not set it stops before anything runs, so that no line of a lab
 * reaches the account of somebody's employer. `npm run` chooses its target by itself.
 */
export function guarded(code: string, lab: string): string {
	const lines = code.split('\n').filter((line) => line.trim() && !line.trim().startsWith('#'));
	if (lines.every((line) => /^npm (run|start|test)\b[^;&|`$]*$/.test(line.trim()))) return code;
	const guard = `: "\${SLIPWAY_TARGET:?Open the lab shell first: npm run shell -- ${lab}}"`;
	return /[\n;&|]/.test(code) ? `${guard} && {\n${code}\n}` : `${guard} && ${code}`;
}
