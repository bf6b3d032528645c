import * as client from '@aws-sdk/client-cloudformation';
import { sendNotification } from '../../cloudformation/engine/notify.ts';
import { work } from '../../cloudformation/engine/work.ts';
import { service } from '../../service.ts';
import {
	createChangeSet,
	deleteChangeSet,
	describeChangeSet,
	executeChangeSet,
	listChangeSets,
} from './operations/change-sets.ts';
import { createStack } from './operations/create-stack.ts';
import { deleteStack } from './operations/delete-stack.ts';
import { describeEvents, describeStackEvents } from './operations/describe-stack-events.ts';
import { describeStacks, listStacks } from './operations/describe-stacks.ts';
import { listExports, listImports } from './operations/exports.ts';
import {
	cancelUpdateStack,
	continueUpdateRollback,
	rollbackStack,
	updateTerminationProtection,
} from './operations/stack-control.ts';
import { describeStackResource, describeStackResources, listStackResources } from './operations/stack-resources.ts';
import { getTemplate, getTemplateSummary, validate } from './operations/templates.ts';
import { updateStack } from './operations/update-stack.ts';

/** CloudFormation. The operations are here; the engine, templates and resource types are in practice/cloudformation. */
export default service({
	client: client as unknown as Record<string, unknown>,
	operations: [
		...[createStack, updateStack, deleteStack, describeStacks, listStacks],
		...[cancelUpdateStack, continueUpdateRollback, rollbackStack, updateTerminationProtection],
		...[describeStackEvents, describeEvents],
		...[describeStackResource, describeStackResources, listStackResources],
		...[getTemplate, getTemplateSummary, validate],
		...[createChangeSet, describeChangeSet, executeChangeSet, deleteChangeSet, listChangeSets],
		...[listExports, listImports],
	],
	workers: {
		run: (account, job, { endpoint, bug }) => work(account, job, { endpoint, bug }),
		notify: sendNotification,
	},
});
