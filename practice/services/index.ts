import type { Service } from '../service.ts';

/** Every service, by the name in the scope of signatures. Each is loaded on its first request. */
const loaders: Record<string, () => Promise<{ default: Service }>> = {
	cloudformation: () => import('./cloudformation/index.ts'),
	ecr: () => import('./ecr/index.ts'),
	logs: () => import('./logs/index.ts'),
	sns: () => import('./sns/index.ts'),
	sqs: () => import('./sqs/index.ts'),
	iam: () => import('./iam/index.ts'),
	s3: () => import('./s3/index.ts'),
	ssm: () => import('./ssm/index.ts'),
	sts: () => import('./sts/index.ts'),
};

const loaded = new Map<string, Promise<Service>>();

/** The service of that signing name, or undefined when the practice account has none. */
export function loadService(name: string): Promise<Service> | undefined {
	const load = Object.hasOwn(loaders, name) ? loaders[name] : undefined;
	if (!load) return undefined;
	let service = loaded.get(name);
	if (!service) {
		service = load().then((module) => module.default);
		loaded.set(name, service);
	}
	return service;
}

export const serviceNames = Object.keys(loaders);
