import type { Lab } from '../../labs/lab.ts';
import { workspaceFolder } from '../../lib/paths.ts';
import type { Target } from '../../lib/target.ts';
import { exitCodes, UserError } from '../../lib/user-error.ts';
import { forTheRecord, takeInventory } from '../../validators/inventory.ts';
import { begin, readProgress, writeProgress } from '../../validators/progress.ts';
import { openReads } from '../../validators/reads.ts';
import { type Consent, mayWrite } from '../aws/guard.ts';
import { clientConfig } from '../clients.ts';
import { rememberLab } from '../labs.ts';
import { during } from '../progress.ts';
import { bootstrap, bootstrapVersion, oldestBootstrap } from './bootstrap.ts';
import { costNotice } from './cost.ts';
import { deployWorkspace } from './deploy.ts';
import { changeProgress, progressFile } from './progress.ts';
import { isPrepared, makeWorkspace } from './workspace.ts';

export interface Prepared {
	workspace: string;
	/** The target with its account. */
	target: Target;
	/** What was done now: the rest was there already. */
	did: string[];
}

/**
 * Makes what a lab needs and is not there yet: its workspace, the account's bootstrap, the baseline that clean-up is held
 * against, and the starter's first deployment where the lab says so. Doing it twice does it once.
 */
export async function prepareLab(lab: Lab, found: Target, consent: Consent = {}): Promise<Prepared> {
	const did: string[] = [];
	let expires: string | undefined;
	if (!isPrepared(lab.slug)) {
		expires = await makeWorkspace(lab);
		did.push(`copied the starter to ${workspaceFolder(lab.slug)}`);
	}
	let target = await bootstrapped(found, consent, did);
	const file = progressFile(target, lab.slug);
	const before = await readProgress(file);
	if (!before?.baseline) {
		const baseline = await during('looking what the account holds already', () => inventoryOf(target));
		await writeProgress(file, {
			...(before ?? begin(lab.slug)),
			baseline: forTheRecord(baseline),
			...(expires && { expires }),
		});
		if (lab.deployed) {
			target = await mayWrite(target, `Deploy the starter of ${lab.slug} (${lab.stacks.join(', ')})`, consent);
			await deployStarter(lab, target);
			did.push(`deployed ${lab.stacks.join(', ')}`);
		}
	}
	rememberLab(lab.slug);
	return { workspace: workspaceFolder(lab.slug), target, did };
}

/** Deploys and remembers when: files that are newer than this were edited and not deployed. */
export async function deployAndRemember(lab: Lab, target: Target, more: readonly string[] = []): Promise<number> {
	const deployedAt = new Date().toISOString();
	const exit = await deployWorkspace(lab, target, more);
	if (exit === 0) await changeProgress(target, lab.slug, (progress) => ({ ...progress, deployedAt }));
	return exit;
}

async function deployStarter(lab: Lab, target: Target): Promise<void> {
	const cost = costNotice(lab, target);
	if (cost) process.stderr.write(`${cost}\n`);
	const exit = await deployAndRemember(lab, target);
	if (exit === 0) return;
	throw new UserError(
		`The starter of ${lab.slug} was not deployed: cdk ended with ${exit}, and says above why.`,
		`Put that right, then \`npm run deploy -- ${lab.slug}\`.`,
	);
}

/** What the account holds now. */
export async function inventoryOf(target: Target) {
	const reads = openReads(target);
	try {
		return await takeInventory(reads.aws, {
			region: target.region,
			...(target.account && { account: target.account }),
		});
	} finally {
		reads.close();
	}
}

async function bootstrapped(target: Target, consent: Consent, did: string[]): Promise<Target> {
	const version = await bootstrapVersion(clientConfig(target));
	if (version !== undefined && version >= oldestBootstrap) return target;
	if (version !== undefined && target.kind === 'aws') {
		throw new UserError(
			`The account's CDK bootstrap is version ${version}, and the labs need ${oldestBootstrap} or newer.`,
			'Whoever bootstrapped it should say `npx cdk bootstrap` again.',
			{ exitCode: exitCodes.blocked },
		);
	}
	const what = `Bootstrap the account for the CDK (a bucket, a repository and five roles, free while empty)`;
	const allowed = await mayWrite(target, what, consent);
	if (allowed.kind === 'practice')
		await during('bootstrapping the practice account for the CDK', () => bootstrap(allowed));
	else await bootstrap(allowed);
	did.push('bootstrapped the account for the CDK');
	return allowed;
}
