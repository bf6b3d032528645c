import { mkdirSync, mkdtempSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Target } from '../lib/target.ts';
import type { Call, ReadSession, Reads } from './reads.ts';

export const practiceTarget: Target = {
	kind: 'practice',
	account: '111122223333',
	region: 'us-east-1',
	endpoint: 'http://127.0.0.1:4566',
	credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
};

type Answers = { [Service in keyof Reads]?: { [Method in keyof Reads[Service]]?: (input: never) => unknown } };

/** A read session that answers from functions, for tests of the runner. A question without an answer is an error. */
export function answering(answers: Answers, elsewhere: Record<string, Answers> = {}): ReadSession {
	const calls: Call[] = [];
	const aws = new Proxy({} as Reads, {
		get: (_, service: keyof Reads) =>
			new Proxy(
				{},
				{
					get: (_, method: string) => {
						const answer = (answers[service] as Record<string, ((input: unknown) => unknown) | undefined>)?.[method];
						const ask = async (input: unknown) => {
							calls.push({ service, operation: method });
							if (!answer) throw new TypeError(`The test has no answer to ${service}.${method}.`);
							return answer(input);
						};
						if (!method.startsWith('paginate')) return ask;
						return async function* (input: unknown) {
							yield await ask(input);
						};
					},
				},
			),
	});
	return {
		aws,
		calls,
		close() {},
		elsewhere: (region) => answering(elsewhere[region] ?? { cloudformation: { describeStacks: noStack } }),
	};
}

/** An error as the SDK throws it. */
export const said = (name: string, message: string, more: object = {}) =>
	Object.assign(new Error(message), { name }, more);

/** What CloudFormation says of a stack that is not there. */
export const noStack = ({ StackName }: { StackName?: string }) => {
	throw said('ValidationError', `Stack with id ${StackName} does not exist`);
};

/** A folder of files for a workspace. `at` sets when each was saved. */
export function folderOf(files: Record<string, { text: string; at?: Date } | string>): string {
	const folder = mkdtempSync(join(tmpdir(), 'slipway-workspace-'));
	for (const [name, file] of Object.entries(files)) {
		const path = join(folder, name);
		mkdirSync(dirname(path), { recursive: true });
		writeFileSync(path, typeof file === 'string' ? file : file.text);
		if (typeof file !== 'string' && file.at) utimesSync(path, file.at, file.at);
	}
	return folder;
}
