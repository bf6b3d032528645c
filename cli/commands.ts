import type { Command } from './command.ts';

/** Every command, one line each: what a person types, what it is for, and where it is. */
// biome-ignore lint/suspicious/noExplicitAny: each command has options of its own
export const commands: Record<string, { summary: string; load: () => Promise<Command<any>> }> = {
	start: {
		summary: 'open the workshop: site, practice account and terminal at one URL',
		load: () => import('./commands/start.ts').then((m) => m.start),
	},
	test: {
		summary: 'run every test, the proof of every lab included',
		load: () => import('./commands/test.ts').then((m) => m.test),
	},
	doctor: {
		summary: 'is this machine (and account) ready?',
		load: () => import('./commands/doctor.ts').then((m) => m.doctor),
	},
	lab: { summary: 'prepare your copy of a lab', load: () => import('./commands/lab.ts').then((m) => m.lab) },
	shell: {
		summary: "your shell in a lab's workspace, pointed at its account",
		load: () => import('./commands/shell.ts').then((m) => m.shell),
	},
	deploy: { summary: "deploy a lab's workspace", load: () => import('./commands/deploy.ts').then((m) => m.deploy) },
	validate: {
		summary: 'check what you have done, with a diagnosis',
		load: () => import('./commands/validate.ts').then((m) => m.validate),
	},
	cleanup: {
		summary: 'clear a lab away, and prove that nothing is left',
		load: () => import('./commands/cleanup.ts').then((m) => m.cleanup),
	},
	practice: {
		summary: 'the practice account by itself',
		load: () => import('./commands/practice.ts').then((m) => m.practice),
	},
	target: {
		summary: 'show or choose the account that commands work on',
		load: () => import('./commands/target.ts').then((m) => m.target),
	},
	prove: {
		summary: 'prove that a lab works as its page says',
		load: () => import('./commands/prove.ts').then((m) => m.prove),
	},
	'new-lab': {
		summary: 'write the files of a new lab',
		load: () => import('./commands/new-lab.ts').then((m) => m.newLab),
	},
	bench: {
		summary: 'measure what the design promises',
		load: () => import('./commands/bench.ts').then((m) => m.bench),
	},
};
