import type { Reads } from './reads.ts';
import type { Template } from './workspace.ts';

/** The template that a stack was deployed from last. */
export async function deployedTemplate(aws: Reads, stack: string): Promise<Template> {
	const { TemplateBody = '{}' } = await aws.cloudformation.getTemplate({ StackName: stack, TemplateStage: 'Original' });
	if (TemplateBody.trimStart().startsWith('{')) return JSON.parse(TemplateBody) as Template;
	const { parse } = await import('yaml');
	// The short forms of intrinsic functions (`!Ref`) are read as their bare arguments: checks compare literals only.
	return parse(TemplateBody, { logLevel: 'silent' }) as Template;
}
