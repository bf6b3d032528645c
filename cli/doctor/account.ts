import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../../lib/user-error.ts';
import { looksLikeProduction } from '../aws/guard.ts';
import { identified, looking } from '../aws/identity.ts';
import { clientConfig } from '../clients.ts';
import { bootstrapVersion, oldestBootstrap } from '../lab/bootstrap.ts';
import { runningPractice } from '../practice.ts';
import { getTarget, scratch } from '../target.ts';
import type { Finding, Look } from './finding.ts';

/** Real credentials that this machine has. On practice they are out of reach; that they are seen is said. */
export const credentials: Look = async ({ target }) => {
	const seen = [...(await profiles()), ...variables()];
	const used = target === 'aws' ? '' : '; not used unless you say --target aws';
	return {
		what: 'credentials',
		state: 'ready',
		found:
			seen.length > 0
				? `seen: ${seen.join(', ')}${used}`
				: 'none on this machine, and none are needed for the practice account',
		shareable: seen.length > 0 ? 'seen' : 'none',
	};
};

/** The names of profiles; nothing else of the files is read on. */
async function profiles(): Promise<string[]> {
	const files = [
		process.env['AWS_SHARED_CREDENTIALS_FILE'] ?? join(homedir(), '.aws', 'credentials'),
		process.env['AWS_CONFIG_FILE'] ?? join(homedir(), '.aws', 'config'),
	];
	const texts = await Promise.all(files.map((file) => readFile(file, 'utf8').catch(() => '')));
	const names = texts.flatMap((text) =>
		[...text.matchAll(/^\s*\[\s*(?:profile\s+)?([^\]\s]+)\s*\]/gm)].map(([, name]) => name!),
	);
	return [...new Set(names)].map((name) => `profile ${name}`);
}

function variables(): string[] {
	// In a shell of the workshop these are the practice account's.
	if (process.env['SLIPWAY_TARGET'] === 'practice') return [];
	return [
		'AWS_ACCESS_KEY_ID',
		'AWS_PROFILE',
		'AWS_WEB_IDENTITY_TOKEN_FILE',
		'AWS_CONTAINER_CREDENTIALS_FULL_URI',
	].filter((name) => process.env[name]);
}

/** The practice process, if it runs. To look must not start it. */
export const practiceAccount: Look = async ({ target }) => {
	if (target === 'aws') return [];
	const running = await runningPractice();
	return {
		what: 'practice',
		state: 'ready',
		found: running ? `runs on ${running.endpoint}` : 'starts with the first command that needs it',
	};
};

/** On the target aws: who one is there, and whether labs can be deployed. */
export const realAccount: Look = async ({ target, profile, region }) => {
	if (target !== 'aws') return [];
	const findings: Finding[] = [];
	try {
		const found = await getTarget({ target, ...(profile && { profile }), ...(region && { region }) }, scratch);
		if (found.kind !== 'aws') return [];
		findings.push({ what: 'region', state: 'ready', found: found.region });
		const known = await identified(found);
		findings.push({ what: 'identity', state: 'ready', found: `${known.arn} in ${known.account}`, shareable: 'known' });
		const config = clientConfig(known);
		const version = await looking(known, () => bootstrapVersion(config));
		findings.push(bootstrapFinding(version));
		const production = await looking(known, () => looksLikeProduction(config));
		findings.push(
			production
				? {
						what: 'account',
						state: 'fix',
						found: `looks like production: ${production}`,
						next: 'Use one of your own; labs refuse this one unless told its id by --account.',
					}
				: { what: 'account', state: 'ready', found: 'one to practise in, as far as can be seen' },
			{
				what: 'plan',
				state: 'note',
				found:
					'not looked at. A new account is on the Free Plan: six months or until its credits end, and joining an organization ends it',
				next: 'https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/free-tier-plans.html',
			},
		);
	} catch (error) {
		if (!(error instanceof UserError)) throw error;
		const denied = /refused the question/.test(error.message);
		findings.push({
			what: 'account',
			state: denied ? 'admin' : 'fix',
			found: error.message,
			shareable: denied ? 'access denied' : 'could not look',
			next: error.hint,
		});
	}
	return findings;
};

function bootstrapFinding(version: number | undefined): Finding {
	if (version === undefined)
		return { what: 'bootstrap', state: 'note', found: 'not yet; `npm run lab` does it, and asks first' };
	if (version >= oldestBootstrap) return { what: 'bootstrap', state: 'ready', found: `version ${version}` };
	return {
		what: 'bootstrap',
		state: 'fix',
		found: `version ${version}, older than ${oldestBootstrap}`,
		next: '`npx cdk bootstrap` with your own credentials',
	};
}
