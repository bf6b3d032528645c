import { Documents } from '../../../account/documents.ts';
import { notImplemented } from '../../../fault.ts';
import { awsManagedPolicies } from '../aws-managed/index.ts';
import { invalidInput, noSuchEntity } from '../faults.ts';
import { Groups } from './groups.ts';
import { Roles } from './roles.ts';
import { Users } from './users.ts';

export interface PolicyVersion {
	/** `v1` */
	id: string;
	/** JSON */
	document: string;
	created: number;
}

export interface ManagedPolicy {
	name: string;
	path: string;
	id: string;
	arn: string;
	created: number;
	updated: number;
	description?: string;
	defaultVersion: string;
	/** Oldest first; at most five. */
	versions: PolicyVersion[];
	/** The number of its newest version ever. */
	newest: number;
	tags: Record<string, string>;
}

/** Managed policies by ARN: the account's own, and those of AWS that every account has. */
export class ManagedPolicies extends Documents<ManagedPolicy> {
	static override kind = 'iam.policy';
	static override global = true;

	override get(arn: string): ManagedPolicy | undefined {
		if (arn.startsWith(awsPrefix)) return awsPolicy(arn);
		return super.get(arn);
	}

	/** The policy of that ARN; throws when there is none. `say` is IAM's sentence, which depends on what was asked. */
	find(arn: string, say: (arn: string) => string = (each) => `Policy ${each} was not found.`): ManagedPolicy {
		if (!/^arn:aws:iam::(aws|\d{12}):policy\/.+$/.test(arn)) throw invalidInput(`ARN ${arn} is not valid.`);
		const found = this.get(arn);
		if (found) return found;
		if (arn.startsWith(awsPrefix)) throw notImplemented(`the AWS managed policy ${arn.slice(awsPrefix.length)}`);
		throw noSuchEntity(say(arn));
	}

	/** The one that is about to be attached, or to bound somebody. */
	attachable(arn: string): ManagedPolicy {
		return this.find(arn, (each) => `Policy ${each} does not exist or is not attachable.`);
	}

	/** The document that counts, as JSON. */
	document(arn: string): string | undefined {
		const policy = this.get(arn);
		return policy?.versions.find(({ id }) => id === policy.defaultVersion)?.document;
	}

	/** AWS's own, in the order of their ARNs. */
	get ofAws(): ManagedPolicy[] {
		return Object.keys(awsManagedPolicies)
			.map((name) => awsPolicy(awsPrefix + name)!)
			.sort((a, b) => (a.arn < b.arn ? -1 : 1));
	}

	/** Who has it attached. */
	holders(arn: string): { roles: string[]; users: string[]; groups: string[] } {
		const names = (all: { name: string; attached: string[] }[]) =>
			all.filter(({ attached }) => attached.includes(arn)).map(({ name }) => name);
		return {
			roles: names(this.account.store(Roles).list()),
			users: names(this.account.store(Users).list()),
			groups: names(this.account.store(Groups).list()),
		};
	}

	/** Whom it bounds. */
	bounded(arn: string): { roles: string[]; users: string[] } {
		const names = (all: { name: string; boundary?: string }[]) =>
			all.filter(({ boundary }) => boundary === arn).map(({ name }) => name);
		return { roles: names(this.account.store(Roles).list()), users: names(this.account.store(Users).list()) };
	}
}

const awsPrefix = 'arn:aws:iam::aws:policy/';
/** When AWS made it is no fact that anything here rests on; all of them have been there for long. */
const longAgo = Date.UTC(2015, 1, 6);

const made = new Map<string, ManagedPolicy>();
function awsPolicy(arn: string): ManagedPolicy | undefined {
	const policy = made.get(arn) ?? makeAwsPolicy(arn);
	if (policy) made.set(arn, policy);
	return policy;
}

function makeAwsPolicy(arn: string): ManagedPolicy | undefined {
	const key = arn.slice(awsPrefix.length);
	const document = Object.hasOwn(awsManagedPolicies, key) ? awsManagedPolicies[key] : undefined;
	if (!document) return undefined;
	const slash = key.lastIndexOf('/');
	return {
		name: key.slice(slash + 1),
		path: `/${key.slice(0, slash + 1)}`,
		id: `ANPA${[...key.toUpperCase()]
			.filter((letter) => /[A-Z]/.test(letter))
			.join('')
			.padEnd(17, 'A')
			.slice(-17)}`,
		arn,
		created: longAgo,
		updated: longAgo,
		defaultVersion: 'v1',
		versions: [{ id: 'v1', document: JSON.stringify(document), created: longAgo }],
		newest: 1,
		tags: {},
	};
}
