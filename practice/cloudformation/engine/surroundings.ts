import type { AccountInRegion } from '../../account/account.ts';
import type { Principal } from '../../account/principal.ts';
import { notImplemented } from '../../fault.ts';
import { type Call, callAs } from '../../operation.ts';
import { getParameter } from '../../services/ssm/operations/get-parameter.ts';
import { serviceSession } from '../../services/sts/sessions.ts';
import { Exports } from '../state/exports.ts';
import { Stacks } from '../state/stacks.ts';
import { invalid } from '../template/faults.ts';
import type { Surroundings } from '../template/scope.ts';

const service = 'cloudformation.amazonaws.com';

/** Calls in the name of whoever deploys: the stack's role where it has one, else the one who asked. */
export function deployer(
	account: AccountInRegion,
	who: { principal: Principal; roleArn?: string | undefined },
	endpoint: string,
): Call {
	const principal = who.roleArn ? roleSession(account, who.roleArn) : who.principal;
	return callAs(account, principal, { endpoint, userAgent: service, sourceIp: service });
}

/** CloudFormation's session of a stack's role. */
export function roleSession(account: AccountInRegion, roleArn: string): Principal {
	const session = serviceSession(account, roleArn, service, 'AWSCloudFormation');
	if (typeof session === 'string') throw invalid(`Role ${roleArn} is invalid or cannot be assumed`);
	return session;
}

/** What a template's functions ask of the account. `imported` is told of every export that is used. */
export function surroundings(call: Call, imported: (name: string) => void = () => {}): Surroundings {
	const { account } = call;
	return {
		importValue(name) {
			const found = account.store(Exports).get(name);
			if (!found) throw invalid(`No export named ${name} found.`);
			imported(name);
			return found.value;
		},
		stackOutput({ stackName, outputName, region = account.region }) {
			const stack = account.account.in(region).store(Stacks).find(stackName);
			if (!stack) throw invalid(`Stack with id ${stackName} does not exist`);
			const output = stack.outputs.find(({ key }) => key === outputName);
			if (!output) throw invalid(`Output ${outputName} not found in stack ${stackName}`);
			return output.value;
		},
		dynamic(reference) {
			const [kind, ...rest] = reference.split(':');
			if (kind !== 'ssm' && kind !== 'ssm-secure') {
				throw notImplemented(`dynamic references to ${kind} in templates`);
			}
			return ssmValue(call, rest.join(':'), kind === 'ssm-secure');
		},
	};
}

/** An SSM parameter's value, as the caller may read it. */
export function ssmValue(call: Call, name: string, decrypt = false): string {
	try {
		return call.call(getParameter, { Name: name, WithDecryption: decrypt }).Parameter!.Value!;
	} catch (error) {
		if ((error as Error).name === 'ParameterNotFound') {
			throw invalid(`Unable to fetch parameters [${name}] from parameter store for this account.`);
		}
		throw error;
	}
}
