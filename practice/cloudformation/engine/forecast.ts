import type { Change, ResourceChange, ResourceChangeDetail } from '@aws-sdk/client-cloudformation';
import type { Call } from '../../operation.ts';
import { type Json, type JsonObject, same } from '../json.ts';
import { type Difference, differences } from '../properties/differences.ts';
import { typeSpec } from '../spec/spec.ts';
import type { Deployed, Kept } from '../state/resources.ts';
import type { Blueprint, Output } from '../state/stack.ts';
import type { Scope } from '../template/evaluate.ts';
import type { ParameterValue } from '../template/parameters.ts';
import { inOrder, references } from '../template/references.ts';
import { activeResources } from '../template/scope.ts';
import type { Template } from '../template/template.ts';
import { dependencies } from '../template/validate.ts';
import { resourceTypes } from '../types/index.ts';
import { desired } from './desired.ts';
import { outputsOf } from './outputs.ts';
import { scopeFor } from './run.ts';
import { unknownResources } from './unknown.ts';

/** What a deployment would do. */
export interface Forecast {
	changes: Change[];
	outputs: Output[];
	/** Sees resources that are not there yet as unknown. */
	scope: Scope;
}

interface Proposal {
	stack: { id: string; name: string; region: string };
	template: Template;
	parameters: Record<string, ParameterValue>;
	tags: Blueprint['tags'];
	notificationArns: string[];
	existing: Kept[];
	previous?: { template: Template; parameters: Record<string, ParameterValue> };
}

/** Says what deploying a template would change, resource by resource. */
export function forecast(proposal: Proposal, call: Call): Forecast {
	const { template, stack, parameters, notificationArns, tags } = proposal;
	const existing = new Map(proposal.existing.map((row) => [row.logicalId, row]));
	const renewed = new Set<string>();
	const resources = unknownResources(
		(logicalId) => existing.get(logicalId),
		(logicalId) => renewed.has(logicalId),
	);
	const scope = scopeFor({ ...stack, parameters, notificationArns }, template, call, resources);
	const active = activeResources(template, scope);
	const changes: ResourceChange[] = [];
	for (const logicalId of inOrder(active, (name) => dependencies(template, name)).order) {
		const { type } = template.resources[logicalId]!;
		const next = desired(template, logicalId, scope, tags);
		const row = existing.get(logicalId);
		if (!row) {
			changes.push(addition(logicalId, type, next));
			continue;
		}
		const change = modification(row, next, proposal, renewed);
		if (change?.Replacement === 'True') renewed.add(logicalId);
		if (change) changes.push(change);
	}
	const wanted = new Set(active);
	for (const row of existing.values()) if (!wanted.has(row.logicalId)) changes.push(removal(row));
	return {
		changes: changes.map((ResourceChange) => ({ Type: 'Resource' as const, ResourceChange })),
		outputs: outputsOf(template, scope),
		scope,
	};
}

const context = ({ properties, metadata, deletionPolicy }: Deployed): string =>
	JSON.stringify({
		Properties: properties,
		...(metadata !== undefined && { Metadata: metadata }),
		...(deletionPolicy !== undefined && { DeletionPolicy: deletionPolicy }),
	});

const addition = (logicalId: string, type: string, next: Deployed): ResourceChange => ({
	Action: 'Add',
	LogicalResourceId: logicalId,
	ResourceType: type,
	Scope: [],
	Details: [],
	AfterContext: context(next),
});

const removal = (row: Kept): ResourceChange => ({
	Action: 'Remove',
	LogicalResourceId: row.logicalId,
	...(row.physicalId !== undefined && { PhysicalResourceId: row.physicalId }),
	ResourceType: row.type,
	PolicyAction: /^Retain/.test(row.deletionPolicy ?? '') ? 'Retain' : 'Delete',
	Scope: [],
	Details: [],
	BeforeContext: context(row),
});

function modification(
	row: Kept,
	next: Deployed,
	proposal: Proposal,
	renewed: ReadonlySet<string>,
): ResourceChange | undefined {
	const spec = typeSpec(row.type);
	const changed = differences(spec, row.properties, next.properties);
	const tagsChanged = !same(row.tags, next.tags);
	const attributes = (
		[
			['Metadata', 'metadata'],
			['DeletionPolicy', 'deletionPolicy'],
			['UpdateReplacePolicy', 'updateReplacePolicy'],
		] as const
	).filter(([, name]) => !same(row[name], next[name]));
	if (changed.length === 0 && !tagsChanged && attributes.length === 0) return undefined;
	const type = resourceTypes[row.type];
	const settled = changed.map((each) => decided(each, row, next));
	const replaces = settled.some(({ recreates }) => recreates === 'Always') || (settled.length > 0 && !type?.update);
	const maybe = settled.some(({ recreates }) => recreates === 'Conditionally');
	const tagsName = spec?.tags?.property;
	const own = settled.filter(({ name }) => name !== tagsName);
	const scope = [
		...(own.length > 0 ? ['Properties'] : []),
		...(tagsChanged ? ['Tags'] : []),
		...attributes.map(([name]) => name),
	] as ResourceChange['Scope'];
	const details = [
		...own.flatMap((each) => propertyDetails(each, row, proposal, renewed)),
		...(tagsChanged ? [tagsDetail(row, next)] : []),
		...attributes.map(([Attribute, name]) => attributeDetail(Attribute, row[name], next[name])),
	];
	return {
		...(replaces && { PolicyAction: next.updateReplacePolicy === 'Retain' ? 'ReplaceAndRetain' : 'ReplaceAndDelete' }),
		Action: 'Modify',
		LogicalResourceId: row.logicalId,
		...(row.physicalId !== undefined && { PhysicalResourceId: row.physicalId }),
		ResourceType: row.type,
		Replacement: replaces ? 'True' : maybe ? 'Conditional' : 'False',
		Scope: scope,
		Details: details,
		BeforeContext: context(row),
		AfterContext: context(next),
	};
}

/** Where the schema says "maybe", the type itself may know. */
function decided(difference: Difference, row: Kept, next: Deployed): Difference {
	const type = resourceTypes[row.type];
	if (difference.recreates !== 'Conditionally' || !type?.replaces) return difference;
	const recreates = type.replaces(row.properties, next.properties) ? 'Always' : 'Never';
	return { ...difference, recreates };
}

/** One detail for each cause: the template itself, a parameter, a resource that will be another. */
function propertyDetails(
	{ name, before, after, recreates }: Difference,
	row: Kept,
	{ template, parameters, previous }: Proposal,
	renewed: ReadonlySet<string>,
): ResourceChangeDetail[] {
	const target = {
		Attribute: 'Properties' as const,
		Name: name,
		RequiresRecreation: recreates,
		Path: `/Properties/${name}`,
		AttributeChangeType:
			before === undefined ? ('Add' as const) : after === undefined ? ('Remove' as const) : ('Modify' as const),
		...(before !== undefined && { BeforeValue: text(before) }),
		...(after !== undefined && { AfterValue: text(after) }),
	};
	const expression = template.resources[row.logicalId]!.properties[name];
	const was = previous?.template.resources[row.logicalId]?.properties[name];
	const causes: ResourceChangeDetail[] = [];
	for (const reference of expression === undefined ? [] : references(expression)) {
		const { name: cause, attribute } = reference;
		if (Object.hasOwn(parameters, cause)) {
			if (same(previous?.parameters[cause], parameters[cause])) continue;
			causes.push({ Target: target, Evaluation: 'Static', ChangeSource: 'ParameterReference', CausingEntity: cause });
		} else if (renewed.has(cause)) {
			causes.push({
				Target: target,
				Evaluation: 'Dynamic',
				ChangeSource: attribute ? 'ResourceAttribute' : 'ResourceReference',
				CausingEntity: attribute ? `${cause}.${attribute}` : cause,
			});
		}
	}
	if (!same(expression, was) || causes.length === 0) {
		causes.push({ Target: target, Evaluation: 'Static', ChangeSource: 'DirectModification' });
	}
	return causes;
}

const tagsDetail = (row: Kept, next: Deployed): ResourceChangeDetail => ({
	Target: {
		Attribute: 'Tags',
		RequiresRecreation: 'Never',
		Path: '/Properties/Tags',
		BeforeValue: JSON.stringify(row.tags),
		AfterValue: JSON.stringify(next.tags),
		AttributeChangeType: 'Modify',
	},
	Evaluation: 'Static',
	ChangeSource: 'DirectModification',
});

const attributeDetail = (
	attribute: 'Metadata' | 'DeletionPolicy' | 'UpdateReplacePolicy',
	before: Json | undefined,
	after: Json | undefined,
): ResourceChangeDetail => ({
	Target: {
		Attribute: attribute,
		RequiresRecreation: 'Never',
		Path: `/${attribute}`,
		AttributeChangeType: before === undefined ? 'Add' : after === undefined ? 'Remove' : 'Modify',
		...(before !== undefined && { BeforeValue: text(before) }),
		...(after !== undefined && { AfterValue: text(after) }),
	},
	Evaluation: 'Static',
	ChangeSource: 'DirectModification',
});

const text = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** Whether deploying would change nothing at all. */
export const changesNothing = (
	{ changes, outputs }: Pick<Forecast, 'changes' | 'outputs'>,
	stack: Pick<Blueprint, 'outputs' | 'tags'>,
	tags: Blueprint['tags'],
): boolean => changes.length === 0 && same(outputs as unknown as JsonObject[], stack.outputs) && same(tags, stack.tags);
