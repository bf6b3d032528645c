import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { S3 } from '@aws-sdk/client-s3';
import { SNS } from '@aws-sdk/client-sns';
import { SQS } from '@aws-sdk/client-sqs';
import { SSM } from '@aws-sdk/client-ssm';
import type { Lab } from '../../labs/lab.ts';
import type { Mistake, MistakeTools } from '../../labs/mistake.ts';
import { labFolder, workspaceFolder } from '../../lib/paths.ts';
import type { Target } from '../../lib/target.ts';
import { UserError } from '../../lib/user-error.ts';
import type { Result } from '../../validators/check.ts';
import { clientConfig } from '../clients.ts';
import type { Bash } from './bash.ts';

/** What came of one mistake. */
export interface Made {
	name: string;
	check: string;
	cause: string;
	status: 'passed' | 'failed';
	/** What went otherwise than it names. */
	problem?: string;
}

/** The mistakes that a lab declares. */
export async function mistakesOf(lab: Lab): Promise<readonly Mistake[]> {
	const file = join(labFolder(lab.slug), 'mistakes.ts');
	if (!existsSync(file)) return [];
	const { mistakes } = (await import(pathToFileURL(file).href)) as { mistakes?: readonly Mistake[] };
	if (mistakes) return mistakes;
	throw new UserError(`labs/${lab.slug}/mistakes.ts exports no list.`, 'Write `export const mistakes = [ … ];`.');
}

/** Makes a mistake, holds the diagnosis against the one that it names, and heals it. */
export async function make(
	mistake: Mistake,
	{ lab, target, bash, look }: { lab: Lab; target: Target; bash: Bash; look: (check: string) => Promise<Result> },
): Promise<Made> {
	const { check, cause, status = cause === 'pending' ? 'pending' : 'failed' } = mistake.expect;
	const made = { name: mistake.name, check, cause };
	const problems: string[] = [];
	const before = await look(check);
	try {
		await mistake.run(await tools(lab, target, bash));
		const after = await look(check);
		if (after.status !== status || after.cause !== cause) {
			problems.push(`expected ${status} (${cause}), and ${check} says ${inWords(after)}`);
		} else {
			const lacking = (['expected', 'found', 'next'] as const).filter((part) => !after[part]);
			if (lacking.length > 0) problems.push(`the diagnosis lacks ${lacking.join(' and ')}`);
		}
	} catch (error) {
		problems.push(`it could not be made: ${message(error)}`);
	}
	try {
		await mistake.heal(await tools(lab, target, bash));
		const healed = await look(check);
		if (healed.status !== before.status || healed.cause !== before.cause) {
			problems.push(`healed, ${check} says ${inWords(healed)}; before the mistake it said ${inWords(before)}`);
		}
	} catch (error) {
		problems.push(`it could not be healed: ${message(error)}`);
	}
	return problems.length === 0
		? { ...made, status: 'passed' }
		: { ...made, status: 'failed', problem: problems.join('; ') };
}

async function tools(lab: Lab, target: Target, bash: Bash): Promise<MistakeTools> {
	const workspace = workspaceFolder(lab.slug);
	return {
		aws(region = target.region) {
			const config = clientConfig(target, region);
			return {
				cloudformation: new CloudFormation(config),
				s3: new S3({ ...config, forcePathStyle: true }),
				sns: new SNS(config),
				sqs: new SQS(config),
				ssm: new SSM(config),
			};
		},
		outputs: await outputsOf(lab, target),
		async sh(command, { fails = false, env = {} } = {}) {
			const set = Object.entries(env).map(([name, value]) => `export ${name}='${value.replaceAll("'", "'\\''")}'\n`);
			// In a subshell, so that a mistake's variables end with it.
			const { exit, output } = await bash.run(set.length > 0 ? `(\n${set.join('')}${command}\n)` : command);
			const text = output.map(([, part]) => part).join('');
			if (fails !== (exit !== 0)) throw new Error(`\`${command}\` exited ${exit}:\n${text.trim()}`);
			return text;
		},
		async edit(file, from, to) {
			const path = join(workspace, file);
			const text = await readFile(path, 'utf8');
			if (!text.includes(from)) throw new Error(`${file} does not hold ${JSON.stringify(from)}`);
			await writeFile(
				path,
				text.replace(from, () => to),
			);
		},
	};
}

async function outputsOf(lab: Lab, target: Target): Promise<Record<string, string>> {
	try {
		const { Stacks } = await new CloudFormation(clientConfig(target)).describeStacks({ StackName: lab.stacks[0]! });
		return Object.fromEntries(
			(Stacks?.[0]?.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey!, OutputValue!]),
		);
	} catch (error) {
		if ((error as Error).name === 'ValidationError') return {};
		throw error;
	}
}

export const inWords = ({ status, cause, found }: Result) =>
	`${status}${cause ? ` (${cause})` : ''}${found ? `: ${found}` : ''}`;

const message = (error: unknown) => (error instanceof Error ? error.message : String(error));
