import { randomBytes } from 'node:crypto';
import type { LifecycleRule } from '@aws-sdk/client-s3';
import type { Clock } from '../../../account/clock.ts';
import { Fault } from '../../../fault.ts';
import { day } from './rules.ts';

const invalid = (message: string) => new Fault('InvalidArgument', message);
const malformed = () =>
	new Fault(
		'MalformedXML',
		'The XML you provided was not well-formed or did not validate against our published schema',
	);

/** Refuses rules that S3 refuses, and names those that have no name. */
export function checkedRules(rules: LifecycleRule[] | undefined, clock: Clock): LifecycleRule[] {
	if (!rules || rules.length === 0 || rules.length > 1000) throw malformed();
	const named = rules.map((rule) => ({ ...rule, ID: rule.ID || randomBytes(36).toString('base64url') }));
	for (const rule of named) checkRule(rule, clock);
	if (new Set(named.map(({ ID }) => ID)).size < named.length) {
		throw invalid('Rule ID must be unique. Found same ID for more than one rule');
	}
	return named;
}

function checkRule(rule: LifecycleRule, clock: Clock): void {
	const { Expiration, Transitions = [], NoncurrentVersionExpiration, AbortIncompleteMultipartUpload } = rule;
	if (rule.ID!.length > 255) throw invalid('ID length should not exceed allowed limit of 255');
	if (rule.Status !== 'Enabled' && rule.Status !== 'Disabled') throw malformed();
	if ((rule.Filter === undefined) === (rule.Prefix === undefined)) throw malformed();
	const actions = [Expiration, NoncurrentVersionExpiration, AbortIncompleteMultipartUpload];
	const lists = [rule.Transitions, rule.NoncurrentVersionTransitions];
	if (!actions.some(Boolean) && !lists.some((list) => list && list.length > 0)) {
		throw new Fault('InvalidRequest', 'At least one action needs to be specified in a rule');
	}
	if (Expiration) {
		const ways = [Expiration.Days, Expiration.Date, Expiration.ExpiredObjectDeleteMarker];
		if (ways.filter((way) => way !== undefined).length !== 1) throw malformed();
		positive(Expiration.Days, 'Days', 'Expiration');
	}
	for (const date of [Expiration?.Date, ...Transitions.map((each) => each.Date)]) {
		if (date && clock.toWire(date.getTime()) % day !== 0) throw invalid("'Date' must be at midnight GMT");
	}
	for (const { Days, Date: date, StorageClass } of Transitions) {
		if ((Days === undefined) === (date === undefined) || !StorageClass) throw malformed();
		if (Days !== undefined && Days < 0) throw invalid("'Days' in Transition action must be nonnegative");
		if (Days !== undefined && /_IA$/.test(StorageClass) && Days < 30) {
			throw invalid(
				`'Days' in Transition action must be greater than or equal to 30 for storageClass '${StorageClass}'`,
			);
		}
	}
	positive(NoncurrentVersionExpiration?.NoncurrentDays, 'NoncurrentDays', 'NoncurrentVersionExpiration');
	positive(
		AbortIncompleteMultipartUpload?.DaysAfterInitiation,
		'DaysAfterInitiation',
		'AbortIncompleteMultipartUpload',
	);
	if (AbortIncompleteMultipartUpload && (rule.Filter?.Tag || rule.Filter?.And?.Tags)) {
		throw new Fault('InvalidRequest', 'AbortIncompleteMultipartUpload cannot be specified with Tags.');
	}
}

function positive(days: number | undefined, name: string, action: string): void {
	if (days !== undefined && !(days > 0)) throw invalid(`'${name}' for ${action} action must be a positive integer`);
}
