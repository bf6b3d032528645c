import type { Lab } from '../../labs/lab.ts';
import { output } from '../child.ts';

/** A program that labs may want. */
interface Tool {
	/** How it says its version. */
	ask: readonly string[];
	version: RegExp;
	/** The one line that installs it, by platform; `other` where it depends. */
	install: { linux?: string; darwin?: string; other: string };
}

const tools: Record<string, Tool> = {
	aws: {
		ask: ['aws', '--version'],
		version: /aws-cli\/(\d+(?:\.\d+)+)/,
		install: {
			linux:
				'curl -sSo /tmp/aws.zip https://awscli.amazonaws.com/awscli-exe-linux-$(uname -m).zip && unzip -qo /tmp/aws.zip -d /tmp && sudo /tmp/aws/install --update',
			darwin: 'brew install awscli',
			other: 'https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html',
		},
	},
	git: {
		ask: ['git', '--version'],
		version: /git version (\d+(?:\.\d+)+)/,
		install: {
			linux: 'sudo apt-get install -y git',
			darwin: 'xcode-select --install',
			other: 'https://git-scm.com/downloads',
		},
	},
	docker: {
		ask: ['docker', '--version'],
		version: /version (\d+(?:\.\d+)+)/,
		install: {
			linux: 'sudo apt-get install -y docker.io',
			darwin: 'brew install --cask docker',
			other: 'https://docs.docker.com/get-started/get-docker/',
		},
	},
	kubectl: {
		ask: ['kubectl', 'version', '--client'],
		version: /v(\d+(?:\.\d+)+)/,
		install: { darwin: 'brew install kubectl', other: 'https://kubernetes.io/docs/tasks/tools/' },
	},
	python3: {
		ask: ['python3', '--version'],
		version: /Python (\d+(?:\.\d+)+)/,
		install: {
			linux: 'sudo apt-get install -y python3',
			darwin: 'brew install python3',
			other: 'https://www.python.org/downloads/',
		},
	},
};

export interface Found {
	name: string;
	/** Undefined where it is not there. */
	version: string | undefined;
	/** Whether it is at least what was asked for. */
	enough: boolean;
	install: string;
}

/** Looks for one program. One that this list does not know is looked for by `<name> --version`. */
export async function findTool(name: string, atLeast?: string): Promise<Found> {
	const tool = Object.hasOwn(tools, name) ? tools[name] : undefined;
	const [program, ...args] = tool?.ask ?? [name, '--version'];
	const said = await output(program!, args);
	const version =
		(said?.exit === 127 ? undefined : said) &&
		((tool?.version ?? /(\d+(?:\.\d+)+)/).exec(said!.text)?.[1] ?? 'unknown');
	return {
		name,
		version,
		enough: version !== undefined && (atLeast === undefined || compareVersions(version, atLeast) >= 0),
		install: installLine(tool) ?? `install ${name}`,
	};
}

/** What a lab wants and this machine lacks. */
export async function missingTools(lab: Lab): Promise<{ name: string; optional: boolean; install: string }[]> {
	const found = await Promise.all(
		(lab.tools ?? []).map(async ({ name, atLeast, optional = false }) => ({
			...(await findTool(name, atLeast)),
			optional,
		})),
	);
	return found.filter(({ enough }) => !enough).map(({ name, optional, install }) => ({ name, optional, install }));
}

/** Below zero where `a` is older. `unknown` counts as old. */
export function compareVersions(a: string, b: string): number {
	const [left, right] = [a, b].map((text) => text.split('.').map((part) => Number.parseInt(part, 10) || 0));
	for (let index = 0; index < Math.max(left!.length, right!.length); index++) {
		const difference = (left![index] ?? 0) - (right![index] ?? 0);
		if (difference !== 0) return difference;
	}
	return 0;
}

const installLine = (tool: Tool | undefined) =>
	tool && (tool.install[process.platform as 'linux' | 'darwin'] ?? tool.install.other);
