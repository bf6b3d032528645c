import type { Document } from './index.ts';

/** A document of these statements. */
export const document = (...statements: object[]): Document => ({ Version: '2012-10-17', Statement: statements });

/** Allows these actions; on everything unless told otherwise. */
export const allow = (actions: string | string[], resource: string | string[] = '*', condition?: object): object => ({
	Effect: 'Allow',
	Action: actions,
	Resource: resource,
	...(condition && { Condition: condition }),
});
