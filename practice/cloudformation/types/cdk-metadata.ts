import { resource } from '../resource.ts';

/** What the CDK adds to tell AWS which constructs are used. It makes nothing. */
export const metadata = resource<{ Analytics?: string }>('AWS::CDK::Metadata', {
	properties: ['Analytics'],
	create: (_properties, { stack, name }) => ({ id: name(64) || stack.id }),
	update: () => undefined,
	delete: () => undefined,
});
