import { setTimeout as wait } from 'node:timers/promises';
import type { CloudFormation, Stack } from '@aws-sdk/client-cloudformation';

/** As much of a template as mistakes change. */
export interface Template {
	Resources: Record<string, { Type: string; Properties: Record<string, unknown> }>;
	Outputs: Record<string, unknown>;
}

/** Waits until a stack is at rest, however that ended. Undefined when it is gone. */
export async function atRest(cloudformation: CloudFormation, stack: string): Promise<Stack | undefined> {
	for (let pause = 100; ; pause = Math.min(pause * 2, 5_000)) {
		const found = await describe(cloudformation, stack);
		if (!found?.StackStatus?.endsWith('_IN_PROGRESS')) return found;
		await wait(pause);
	}
}

async function describe(cloudformation: CloudFormation, stack: string): Promise<Stack | undefined> {
	try {
		return (await cloudformation.describeStacks({ StackName: stack })).Stacks?.[0];
	} catch (error) {
		if ((error as Error).message.includes('does not exist')) return undefined;
		throw error;
	}
}

/** The template that a stack was deployed from last, as text. */
export async function templateOf(cloudformation: CloudFormation, stack: string): Promise<string> {
	return (await cloudformation.getTemplate({ StackName: stack, TemplateStage: 'Original' })).TemplateBody!;
}

/** Updates a stack to a template, as a deployment would, and waits for its end. Returns the status that it ended in. */
export async function update(cloudformation: CloudFormation, stack: string, template: string): Promise<string> {
	const { Parameters = [] } = (await describe(cloudformation, stack))!;
	await cloudformation.updateStack({
		StackName: stack,
		TemplateBody: template,
		Parameters: Parameters.map(({ ParameterKey }) => ({ ParameterKey, UsePreviousValue: true })),
		Capabilities: ['CAPABILITY_IAM'],
	});
	return (await atRest(cloudformation, stack))!.StackStatus!;
}

/** Deletes a stack and waits for its end. */
export async function destroy(cloudformation: CloudFormation, stack: string): Promise<Stack | undefined> {
	await cloudformation.deleteStack({ StackName: stack });
	return atRest(cloudformation, stack);
}

/** A template with a change made to it. */
export function changed(template: string, change: (template: Template) => void): string {
	const copy = JSON.parse(template) as Template;
	change(copy);
	return JSON.stringify(copy, undefined, 1);
}

/** The resource whose logical id is a construct's name and the CDK's letters. */
export function resource(template: Template, construct: string) {
	const found = Object.entries(template.Resources).find(([id]) => new RegExp(`^${construct}[0-9A-F]{8}$`).test(id));
	if (!found) throw new Error(`The template has no ${construct}.`);
	return found[1];
}
