/** The process that a command runs in. Node 24; started by run.mjs with the same arguments. */
import { nearest } from '../lib/nearest.ts';
import { exitCodes, UserError } from '../lib/user-error.ts';
import { help, read, typed } from './command.ts';
import { commands } from './commands.ts';
import { explain, note, say } from './terminal.ts';

// They speed up this process only; what it starts gets the environment that the person had.
delete process.env['NODE_COMPILE_CACHE'];
delete process.env['SLIPWAY_HANDED_OVER'];

for (const event of ['uncaughtException', 'unhandledRejection']) process.on(event, end);

main(process.argv.slice(2)).then((exit) => process.exit(exit), end);

async function main([name, ...args]: string[]): Promise<number> {
	if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
		say(list());
		return name === undefined ? exitCodes.usage : exitCodes.done;
	}
	const entry = Object.hasOwn(commands, name) ? commands[name] : undefined;
	if (!entry) {
		const near = nearest(name, Object.keys(commands));
		throw new UserError(
			`There is no command ${JSON.stringify(name)}.`,
			near ? `Did you mean \`${typed(near)}\`?` : '`node cli/run.mjs --help` lists the commands.',
			{ exitCode: exitCodes.usage },
		);
	}
	const command = await entry.load();
	const own = args.includes('--') && command.passesOn ? args.slice(0, args.indexOf('--')) : args;
	if (own.includes('--help') || own.includes('-h')) {
		say(help(command));
		return exitCodes.done;
	}
	return (await command.run(read(command, args))) ?? exitCodes.done;
}

function list(): string {
	const lines = Object.entries(commands).map(([name, { summary }]) => `  ${typed(name).padEnd(22)}${summary}`);
	return [
		'Slipway: a DevOps-on-AWS workshop with a practice account of its own.',
		'',
		...lines,
		'',
		'Each takes --help.',
	].join('\n');
}

async function end(error: unknown): Promise<never> {
	const { text, exit } = explain(await known(error));
	if (text) note(text);
	process.exit(exit);
}

/** What AWS or the network said when a command asked: nobody's bug. */
async function known(error: unknown): Promise<unknown> {
	if (!(error instanceof Error) || error instanceof UserError || !('$metadata' in error || 'code' in error))
		return error;
	const { targetInUse } = await import('./target.ts');
	const target = targetInUse();
	if (!target) return error;
	const { asUserError } = await import('./aws/identity.ts');
	return asUserError(error, target) ?? error;
}
