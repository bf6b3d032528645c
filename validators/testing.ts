import { mkdirSync, mkdtempSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { lab } from '../labs/lab.ts';
import type { Target } from '../lib/target.ts';
import { type Check, check } from './check.ts';
import type { Call, ReadSession, Reads } from './reads.ts';
import { type ValidateOptions, validate } from './run.ts';
import { openWorkspace } from './workspace.ts';

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

/** The time at which the tests of the runner take place. */
export const now = new Date('2026-11-22T14:05:11Z');
export const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

/** A lab of one stack. */
export const shop = lab({
	slug: 'shop',
	chapter: 'start',
	title: 'A shop',
	summary: 'A shop.',
	minutes: 5,
	services: [],
	steps: ['deploy', 'use', 'repair', 'clean-up'],
	stacks: ['Shop'],
	cost: { pass: 0, hour: 0, drivers: [] },
});

/** A check that passes, unless told otherwise. */
export const one = (id: string, step: string, more: Partial<Check> = {}) =>
	check({
		id,
		step,
		title: `${id} is so`,
		docs: 'https://docs',
		causes: { no: 'Not yet' },
		hint: [],
		run: async () => undefined,
		...more,
	});

/** The lab's stack as CloudFormation describes it. */
export const stack = (status: string, more: object = {}) => ({
	StackName: 'Shop',
	StackId: 'arn:aws:cloudformation:us-east-1:111122223333:stack/Shop/1',
	StackStatus: status,
	CreationTime: minutesAgo(60),
	LastUpdatedTime: minutesAgo(3),
	Outputs: [{ OutputKey: 'Url', OutputValue: 'http://shop' }],
	...more,
});
export const standing = { cloudformation: { describeStacks: () => ({ Stacks: [stack('CREATE_COMPLETE')] }) } };

/** Runs checks of the lab, of which the stack stands. */
export const run = (options: Partial<ValidateOptions>) =>
	validate({
		lab: shop,
		checks: [one('stands', 'deploy')],
		target: practiceTarget,
		progress: undefined,
		workspace: openWorkspace('/nowhere'),
		session: answering(standing),
		...options,
	});
/** What the first check says. */
export const only = async (options: Partial<ValidateOptions>) => (await run(options)).checks[0];
