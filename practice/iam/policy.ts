import { conditionOperator } from './operators.ts';

/** What a policy is attached to; each kind has its own grammar. */
export type PolicyKind = 'identity' | 'resource' | 'trust';

/** A policy document as evaluation reads it: every element that may be one or many is a list. */
export interface Policy {
	/** `2008-10-17` (also when absent) knows no policy variables. */
	version: '2008-10-17' | '2012-10-17';
	statements: Statement[];
}

export interface Statement {
	sid?: string;
	effect: 'Allow' | 'Deny';
	/** Resource and trust policies only. */
	principal?: Principals;
	notPrincipal?: Principals;
	action?: string[];
	notAction?: string[];
	resource?: string[];
	notResource?: string[];
	conditions: Condition[];
}

/** `'*'`, or names by their kind: `{ AWS: ['111122223333'], Service: ['sns.amazonaws.com'] }`. */
export type Principals = '*' | Partial<Record<PrincipalKind, string[]>>;
export type PrincipalKind = 'AWS' | 'Service' | 'Federated' | 'CanonicalUser';

export interface Condition {
	/** As written: `ForAllValues:StringLikeIfExists`. */
	operator: string;
	key: string;
	values: string[];
}

/** A document that its service refuses. The service that was handed it gives the error its own code. */
export class MalformedPolicy extends Error {
	override readonly name = 'MalformedPolicy';
}

/**
 * Reads a policy document and refuses what IAM refuses, in its words.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function parsePolicy(text: string, kind: PolicyKind): Policy {
	const say = sentences[kind];
	let document: unknown;
	try {
		document = JSON.parse(text);
	} catch {
		throw new MalformedPolicy(say.json);
	}
	if (!isObject(document) || unknownKey(document, ['Version', 'Id', 'Statement']))
		throw new MalformedPolicy(say.syntax);
	const version = document['Version'] ?? '2008-10-17';
	if (version !== '2008-10-17' && version !== '2012-10-17') throw new MalformedPolicy(say.version);
	const written = Array.isArray(document['Statement']) ? document['Statement'] : [document['Statement']];
	if (document['Statement'] === undefined || written.length === 0) throw new MalformedPolicy(say.empty);

	const statements = written.map((statement) => parseStatement(statement, kind));
	const sids = statements.flatMap(({ sid }) => (sid ? [sid] : []));
	if (new Set(sids).size < sids.length) throw new MalformedPolicy(say.sids);
	return { version, statements };
}

/** What IAM says, depending on where the document goes. */
const sentences = {
	identity: {
		json: 'Syntax errors in policy.',
		syntax: 'Syntax errors in policy.',
		version: 'Syntax errors in policy.',
		empty: 'Syntax errors in policy.',
		sids: 'Statement IDs (SID) in a single policy must be unique.',
		action: 'Policy statement must contain actions.',
	},
	trust: {
		json: 'This policy contains invalid Json',
		syntax: 'Syntax error in policy.',
		version: 'The policy must contain a valid version string',
		empty: 'Could not parse the policy: Statement is empty!',
		sids: 'The Statement Ids in the policy are not unique',
		action: 'Missing required field Action',
	},
	resource: {
		json: 'This policy contains invalid Json',
		syntax: 'Policy has invalid syntax',
		version: 'The policy must contain a valid version string',
		empty: 'Could not parse the policy: Statement is empty!',
		sids: 'The Statement Ids in the policy are not unique',
		action: 'Missing required field Action',
	},
} satisfies Record<PolicyKind, Record<string, string>>;

const elements = [
	...['Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction'],
	...['Resource', 'NotResource', 'Condition'],
];

function parseStatement(written: unknown, kind: PolicyKind): Statement {
	const say = sentences[kind];
	if (!isObject(written) || unknownKey(written, elements)) throw new MalformedPolicy(say.syntax);
	const sid = written['Sid'];
	if (sid !== undefined && typeof sid !== 'string') throw new MalformedPolicy(say.syntax);
	if (kind === 'identity' && sid && !/^[0-9A-Za-z]*$/.test(sid)) {
		throw new MalformedPolicy(
			'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*',
		);
	}
	const statement: Statement = {
		...(sid !== undefined && { sid }),
		effect: effect(written['Effect'], kind),
		...principals(written, kind),
		...either(written, 'Action', 'NotAction', say.syntax),
		...either(written, 'Resource', 'NotResource', say.syntax),
		conditions: conditions(written['Condition'], say.syntax),
	};
	checkActions(statement, kind);
	checkResources(statement, kind);
	return statement;
}

function effect(written: unknown, kind: PolicyKind): 'Allow' | 'Deny' {
	if (written === 'Allow' || written === 'Deny') return written;
	if (kind === 'identity') throw new MalformedPolicy('Syntax errors in policy.');
	throw new MalformedPolicy(written === undefined ? 'Missing required field Effect' : `Invalid effect: ${written}`);
}

function principals(written: Document, kind: PolicyKind): Pick<Statement, 'principal' | 'notPrincipal'> {
	const { Principal, NotPrincipal, Effect } = written;
	if (kind === 'identity') {
		if (Principal === undefined && NotPrincipal === undefined) return {};
		throw new MalformedPolicy('Policy document should not specify a principal.');
	}
	if (NotPrincipal !== undefined) {
		if (Principal !== undefined) throw new MalformedPolicy(sentences[kind].syntax);
		if (Effect === 'Allow') throw new MalformedPolicy('Allow with NotPrincipal is not allowed.');
		if (kind === 'trust') throw new MalformedPolicy('AssumeRole policy must not contain NotPrincipal field.');
		return { notPrincipal: named(NotPrincipal, kind) };
	}
	if (Principal === undefined) throw new MalformedPolicy('Missing required field Principal');
	return { principal: named(Principal, kind) };
}

const principalKinds: readonly string[] = ['AWS', 'Service', 'Federated', 'CanonicalUser'] satisfies PrincipalKind[];

function named(written: unknown, kind: PolicyKind): Principals {
	if (written === '*' && kind === 'resource') return '*';
	if (typeof written === 'string') throw new MalformedPolicy('Principal must be a JSON object.');
	if (!isObject(written)) throw new MalformedPolicy(sentences[kind].syntax);
	const found: Partial<Record<PrincipalKind, string[]>> = {};
	for (const [key, value] of Object.entries(written)) {
		const names = listOf(value);
		if (!names) throw new MalformedPolicy(sentences[kind].syntax);
		if (!principalKinds.includes(key)) throw new MalformedPolicy(`Invalid principal in policy: "${key}"`);
		if (names.length > 0) found[key as PrincipalKind] = names;
	}
	if (Object.keys(found).length === 0) throw new MalformedPolicy('Missing required field Principal cannot be empty!');
	return found;
}

function either<Name extends 'Action' | 'Resource'>(
	written: Document,
	name: Name,
	not: `Not${Name}`,
	syntax: string,
): Partial<Statement> {
	if (written[name] !== undefined && written[not] !== undefined) throw new MalformedPolicy(syntax);
	const value = written[name] ?? written[not];
	if (value === undefined) return {};
	const list = listOf(value);
	if (!list) throw new MalformedPolicy(syntax);
	const member = written[name] !== undefined ? name.toLowerCase() : `not${name}`;
	return { [member]: list };
}

function checkActions({ action, notAction }: Statement, kind: PolicyKind): void {
	const actions = action ?? notAction ?? [];
	if (actions.length === 0) throw new MalformedPolicy(sentences[kind].action);
	for (const each of actions) {
		if (kind === 'trust' && !/^sts:/i.test(each)) {
			throw new MalformedPolicy('AssumeRole policy may only specify STS AssumeRole actions.');
		}
		if (each === '*') continue;
		const [vendor, name] = each.split(':');
		if (name === undefined) {
			throw new MalformedPolicy('Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.');
		}
		if (!/^[\w-]+$/.test(vendor!)) throw new MalformedPolicy(`Vendor ${vendor} is not valid`);
	}
}

function checkResources({ resource, notResource }: Statement, kind: PolicyKind): void {
	const resources = resource ?? notResource ?? [];
	if (kind === 'trust') {
		if (resource) throw new MalformedPolicy('Has prohibited field Resource');
		if (notResource) throw new MalformedPolicy('AssumeRole policy must not contain resources.');
		return;
	}
	// Which resources a resource policy may name is its service's to say; S3, for one, wants the bucket's own.
	if (kind === 'resource') return;
	if (resources.length === 0) throw new MalformedPolicy('Policy statement must contain resources.');
	for (const each of resources) {
		if (each === '*') continue;
		const [arn, partition, , ...rest] = each.split(':');
		if (partition === undefined) throw new MalformedPolicy(`Resource ${each} must be in ARN format or "*".`);
		if (arn !== 'arn' || !/^(aws(-[a-z]+)*|\*|\$\{.*)$/.test(partition)) {
			throw new MalformedPolicy(`Partition "${partition}" is not valid for resource "${each}".`);
		}
		if (rest.length < 3 && !each.endsWith('*')) throw new MalformedPolicy('The policy failed legacy parsing');
	}
}

function conditions(written: unknown, syntax: string): Condition[] {
	if (written === undefined) return [];
	if (!isObject(written)) throw new MalformedPolicy(syntax);
	return Object.entries(written).flatMap(([operator, keys]) => {
		if (!conditionOperator(operator) || !isObject(keys)) throw new MalformedPolicy(syntax);
		return Object.entries(keys).map(([key, value]) => {
			const values = listOf(value, ['string', 'number', 'boolean']);
			if (!values) throw new MalformedPolicy(syntax);
			return { operator, key, values };
		});
	});
}

type Document = Record<string, unknown>;
const isObject = (value: unknown): value is Document =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
const unknownKey = (document: Document, known: readonly string[]) =>
	Object.keys(document).some((key) => !known.includes(key));

/** One or many, as a list of texts; undefined when something else is among them. */
function listOf(value: unknown, types: readonly string[] = ['string']): string[] | undefined {
	const list = Array.isArray(value) ? value : [value];
	return list.every((each) => types.includes(typeof each)) ? list.map(String) : undefined;
}
